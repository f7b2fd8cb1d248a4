"""What can be done to a list of lots, whichever rule is followed. Oldest first, everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from followmoney.tracing.rule import OTHER, Lot, Lots


def total(lots: Iterable[Lot]) -> int:
    """How much it is."""
    return sum(lot.amount for lot in lots)


def claimed(lots: Iterable[Lot]) -> int:
    """How much of it is claim money."""
    return sum(lot.amount for lot in lots if lot.owner != OTHER)


def tidy(lots: Iterable[Lot], *, ordered: bool) -> Lots:
    """No empty lots, neighbours of one owner joined; where age does not matter, one lot an owner, other money last."""
    if not ordered:
        sums: Counter[int] = Counter()
        for owner, amount in lots:
            sums[owner] += amount
        lots = (Lot(owner, sums[owner]) for owner in sorted(sums, key=_other_last))
    joined: Lots = []
    for lot in lots:
        if joined and joined[-1].owner == lot.owner:
            joined[-1] = Lot(lot.owner, joined[-1].amount + lot.amount)
        elif lot.amount:
            joined.append(lot)
    return joined


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
    for owner, amount in lots:
        whole, target, done = share[owner]
        scaled.append(Lot(owner, (done + amount) * target // whole - done * target // whole))
        share[owner][2] = done + amount
    return scaled


def without_newest(held: Sequence[Lot], gone: Iterable[Lot]) -> Lots | None:
    """What stays when as much of every owner's money goes as `gone` says, the newest first; None if it is not there."""
    keep: Counter[int] = Counter()
    for owner, amount in held:
        keep[owner] += amount
    for owner, amount in gone:
        keep[owner] -= amount
    if min(keep.values(), default=0) < 0:
        return None
    stays: Lots = []
    for owner, amount in held:
        part = min(amount, keep[owner])
        keep[owner] -= part
        stays.append(Lot(owner, part))
    return stays


def _other_last(owner: int) -> tuple[bool, int]:
    return owner == OTHER, owner
