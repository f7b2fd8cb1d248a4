"""What can be done to a list of lots, whichever rule is followed. Oldest first, everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from followmoney.tracing.rule import OTHER, Lot, Lots, in_proportion


def total(lots: Iterable[Lot]) -> int:
    """How much it is."""
    return sum(lot.amount for lot in lots)


def claimed(lots: Iterable[Lot]) -> int:
    """How much of it is claim money."""
    return sum(lot.amount for lot in lots if lot.owner != OTHER)


def by_owner(lots: Iterable[Lot]) -> Counter[int]:
    """How much of it belongs to whom."""
    sums: Counter[int] = Counter()
    for lot in lots:
        sums[lot.owner] += lot.amount
    return sums


def tidy(lots: Iterable[Lot], *, ordered: bool) -> Lots:
    """No empty lots, neighbours of one owner joined; where age does not matter, one lot an owner, other money last."""
    if not ordered:
        return one_payment(lots, 0)
    joined: Lots = []
    for lot in lots:
        if joined and joined[-1].owner == lot.owner and joined[-1].payment == lot.payment:
            joined[-1] = lot._replace(amount=joined[-1].amount + lot.amount)
        elif lot.amount:
            joined.append(lot)
    return joined


def one_payment(lots: Iterable[Lot], payment: int) -> Lots:
    """All of it as one payment, whose money has no order: a lot an owner, other money last."""
    sums = by_owner(lots)
    return [Lot(owner, sums[owner], payment) for owner in sorted(sums, key=_other_last) if sums[owner]]


def owned(lots: Iterable[Lot], owner: int) -> Lots:
    """The same, with all other money now the money of this owner."""
    return [lot._replace(owner=owner) if lot.owner == OTHER else lot for lot in lots]


def accrue(lots: Iterable[Lot], held: Iterable[Lot]) -> Lots:
    """The same, with other money divided among owners as what is held is: interest follows what earned it."""
    earning = one_payment(held, 0)
    made: Lots = []
    for lot in lots:
        if lot.owner == OTHER and earning:
            parts = in_proportion(earning, lot.amount)
            made += [Lot(part.owner, amount) for part, amount in zip(earning, parts, strict=True) if amount]
        else:
            made.append(lot)
    return made


def convert(lots: Sequence[Lot], received: int) -> Lots:
    """Scale to what arrived, at the executed rate: owner by owner, other money last, then lot by lot.

    Running totals are rounded down, never single lots, so nothing is made or lost.
    """
    paid = total(lots)
    if paid == received:
        return list(lots)
    share: dict[int, list[int]] = {}
    before = after = 0
    for owner in sorted({lot.owner for lot in lots}, key=_other_last):
        amount = sum(lot.amount for lot in lots if lot.owner == owner)
        start, before = after, before + amount
        after = before * received // paid
        share[owner] = [amount, after - start, 0]
    scaled: Lots = []
    for lot in lots:
        whole, target, done = share[lot.owner]
        scaled.append(lot._replace(amount=(done + lot.amount) * target // whole - done * target // whole))
        share[lot.owner][2] = done + lot.amount
    return scaled


def without_newest(held: Sequence[Lot], gone: Iterable[Lot]) -> Lots | None:
    """What stays when as much of every owner's money goes as `gone` says, the newest first; None if it is not there."""
    keep = by_owner(held)
    keep.subtract(by_owner(gone))
    if any(amount < 0 for amount in keep.values()):
        return None
    stays: Lots = []
    for lot in held:
        part = min(lot.amount, keep[lot.owner])
        keep[lot.owner] -= part
        stays.append(lot._replace(amount=part))
    return stays


def _other_last(owner: int) -> tuple[bool, int]:
    return owner == OTHER, owner
