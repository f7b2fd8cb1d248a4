"""What a detail of an entry says: its share of the amount, the other end, the purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from followmoney.readers._camt_channel import channel
from followmoney.readers._camt_other import Account, other
from followmoney.readers._iso_fields import minor_units
from followmoney.readers._iso_people import People
from followmoney.readers._iso_shape import NOTHING, Found, meant
from followmoney.readers._iso_text import purpose, reference_of

_DIRECTIONS = {"CRDT": True, "DBIT": False}
_FOREIGN = tuple((name, f"{name}@") for name in ("InstdAmt", "TxAmt", "CntrValAmt"))

Share = tuple[Found, int, bool]
"""A detail, its amount in minor units, and whether it is credited to the statement's account."""


def shares(notes: Counter[str], total: int, currency: str, credit: bool, details: Sequence[Found]) -> list[Share]:
    """What of the entry each detail is: all of it where there is one, its own amount where they add up.

    A detail may go against the entry (a return in a batch). Where they do not add up, what all of them say alike stands
    for the whole.
    """
    if len(details) <= 1:
        return [(details[0] if details else NOTHING, total, credit)]
    found: list[Share] = []
    left = total
    for detail in details:
        amount = _amount(detail, currency)
        gains = _DIRECTIONS.get(detail.get("CdtDbtInd", ""), credit)
        if not amount:
            break
        left -= amount if gains == credit else -amount
        found.append((detail, amount, gains))
    if left == 0 and len(found) == len(details):
        return found
    notes["not added up"] += 1
    alike = {key: value for key, value in details[0].items() if all(d.get(key) == value for d in details)}
    return [(alike, total, credit)]


def _amount(detail: Found, currency: str) -> int | None:
    """A detail's amount in the entry's currency, wherever it stands."""
    for name in ("Amt", "TxAmt", "InstdAmt", "CntrValAmt"):
        if detail.get(f"{name}@") == currency:
            return minor_units(detail[name], currency)[0]
    return None


def fill(
    row: dict[str, Any],
    entry: Found,
    detail: Found,
    own: Account,
    people: People,
    *,
    gains: bool,
    turned: bool,
    alone: bool,
    at: tuple[str, int],
) -> None:
    """Write into a row both ends, what the other side paid or got in its currency, and what the payment was for."""
    there = other(people, own, detail, gains=gains, turned=turned, at=at)
    row["originator"], row["beneficiary"] = (there, own.number) if gains else (own.number, there)
    foreign = _foreign(detail, row["currency"])
    if foreign is None and alone:
        foreign = _foreign(entry, row["currency"])
    if foreign is not None:
        here = row["amount"], row["currency"]
        (row["amount"], row["currency"]), received = (foreign, here) if gains else (here, foreign)
        row["amount_received"], row["currency_received"] = received
    card = "card" if "card" in detail or "card" in entry else None
    row["channel"] = channel(detail if "domain" in detail else entry) or card
    row["purpose"] = purpose(detail, detail.get("added") or entry.get("added"))
    row["reference"] = reference_of(detail)
    row["terminal"] = detail.get("terminal") or entry.get("terminal")
    row["conductor"] = meant(detail, "UltmtDbtr.name")


def _foreign(found: Found, currency: str) -> tuple[int, str] | None:
    """The amount on the other side, where it is in another currency."""
    for name, at in _FOREIGN:
        there = found.get(at)
        if there and there != currency and (value := minor_units(found[name], there)[0]):
            return value, there
    return None
