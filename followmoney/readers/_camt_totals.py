"""Does a statement agree with itself? Its totals with its entries, its closing balance with its opening one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from followmoney.readers._adds_up import unexplained
from followmoney.readers._iso_fields import minor_units
from followmoney.readers._iso_shape import Found
from followmoney.schema.codes import money
from followmoney.schema.sentence import in_number

_STRANGE = (
    "{what}: {n:,} [entry is|entries are] in another currency than the account and its balances ({strange}, not "
    "{known}): no balance counts [it|them]."
)


class Stated(Protocol):
    """A balance."""

    amount: int
    currency: str


def elsewhere(what: str, entries: Mapping[str, int], known: Collection[str]) -> list[str]:
    """A sentence on booked entries (how many, by currency) that no balance of the statement can count."""
    strange = {currency: n for currency, n in entries.items() if currency not in known}
    if not known or not strange:
        return []
    number = sum(strange.values())
    said = in_number(_STRANGE, number)
    return [said.format(what=what, n=number, strange=", ".join(sorted(strange)), known=", ".join(sorted(known)))]


def differences(
    what: str,
    entries: int,
    sums: Mapping[str, Sequence[int]],
    summary: Found,
    *,
    opening: Stated | None,
    closing: Stated | None,
) -> list[str]:
    """A sentence for everything that does not agree; `sums` are credits and debits by currency, of booked entries."""
    found: list[str] = []
    number = summary.get("NbOfNtries")
    if number is not None and not (number.isascii() and number.isdigit() and int(number[:18]) == entries):
        found.append(f"{what} says that it has {number[:18]} entries, and has {entries:,}.")
    if opening is not None and closing is not None and opening.currency == closing.currency:
        credit, debit = sums.get(closing.currency, (0, 0))
        gap = unexplained(what, opening.amount, credit - debit, closing.amount, closing.currency)
        if gap:
            found.append(gap)
    if len(sums) == 1:
        currency, (credit, debit) = next(iter(sums.items()))
        for name, value in (("TtlCdtNtries", credit), ("TtlDbtNtries", debit)):
            text = summary.get(name)
            if text is not None and minor_units(text, currency)[0] != value:
                word = "credits" if name == "TtlCdtNtries" else "debits"
                found.append(
                    f"{what} says that its {word} are {text[:30]} together; those booked are {money(value, currency)}."
                )
    return found
