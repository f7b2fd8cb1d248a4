"""One entry of a statement, with its details → transactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from followmoney.readers._camt_detail import fill, shares
from followmoney.readers._camt_order import Order, reference
from followmoney.readers._camt_other import Account
from followmoney.readers._camt_pages import CamtPage
from followmoney.readers._camt_returns import Returns
from followmoney.readers._iso_fields import Moment, is_set, minor_units, read_moment
from followmoney.readers._iso_people import People
from followmoney.readers._iso_shape import NOTHING, Found, meant
from followmoney.readers._iso_text import purpose, reference_of
from followmoney.readers._pages import Pages

Row = dict[str, Any]
_STATUSES = {"BOOK": "booked", "PDNG": "pending", "INFO": "pending", "FUTR": "pending", None: None}
_DIRECTIONS: dict[str | None, bool] = {"CRDT": True, "DBIT": False}


@dataclass
class Entries:
    """Turns entries into rows; what they have in common over all files is collected beside."""

    notes: Counter[str]
    people: People
    order: Order
    returns: Returns
    again: Callable[[str, int, int], bool]
    """Whether another message has the entry (by name, number of rows and amount), and its rows are taken instead."""
    pages: Pages[CamtPage] = field(default_factory=Pages[CamtPage])


@dataclass
class Booked:
    """What a statement needs to know of an entry: when, how much it changed the balance, what its last row is."""

    day: date
    change: int
    currency: str
    id: str


def transactions(
    every: Entries, own: Account, entry: Found, details: Sequence[Found], at: tuple[str, int]
) -> tuple[list[Row], Booked | None]:
    """The rows of one entry, one a detail where the details add up to it, else one; and what it changed if booked.

    A row that brings back an earlier one is not among them: it waits until all entries are known.
    """
    get = entry.get
    written, currency, status = get("Amt"), get("Amt@"), get("Sts")
    total, wrong = minor_units(written, currency or "") if written else (None, "amount|empty")
    day, value_day = get("BookgDt"), get("ValDt")
    when, valued = read_moment(day or ""), read_moment(value_day or "")
    if day is None and valued is not None:
        day, when = value_day, valued
        every.notes["by value date"] += 1
    broken = "own|empty" if own.number is None else wrong or _broken(entry, when, valued)
    if broken or own.number is None or when is None or total is None or currency is None:
        detail = details[0] if details else NOTHING
        return [
            {
                "row": at[1], "broken": broken, "id": None, "booked_at": day, "value_date": value_day,
                "originator": own.number, "amount": written, "currency": currency, "status": status,
                "purpose": purpose(detail, get("added")), "reference": reference_of(detail),
            }
        ], None  # fmt: skip
    every.notes["no zone"] += when[2]
    every.notes["for information"] += status == "INFO"
    credit, status = _DIRECTIONS[get("CdtDbtInd")], _STATUSES[status]
    turned = is_set(get("RvslInd"))
    parts = shares(every.notes, total, currency, credit, details)
    bank = reference(meant(entry, "AcctSvcrRef"), meant(entry, "NtryRef"))
    date_of = f"{when[1]}/pending" if status == "pending" else f"{when[1]}"
    rows: list[Row] = []
    for number, (detail, amount, gains) in enumerate(parts):
        row: Row = {
            "row": at[1] + number, "id": None, "booked_at": when[0], "value_date": valued[1] if valued else None,
            "sequence": None, "originator": None, "beneficiary": None, "amount": amount, "currency": currency,
            "amount_received": None, "currency_received": None, "channel": None, "purpose": None, "reference": None,
            "terminal": None, "conductor": None, "status": status, "reverses": None, "count": None,
            "side": "beneficiary" if gains else "originator",
        }  # fmt: skip
        back = turned or "returned" in detail
        fill(
            row, entry, detail, own, every.people, gains=gains, turned=back, alone=len(parts) == 1,
            at=(at[0], at[1] + number),
        )  # fmt: skip
        every.notes["charges"] += "charges" in detail or "charges" in entry
        if len(parts) == 1:
            row["count"] = _count(entry, details)
        name = f"{bank}/{number + 1}" if bank and len(parts) > 1 else bank or meant(detail, "AcctSvcrRef")
        row["id"], row["sequence"] = every.order.place(own.number, date_of, name, row)
        rows.append(row)
    last = rows[-1]["id"]
    changed = Booked(when[1], total if credit else -total, currency, last) if status in (None, "booked") else None
    if every.again(f"{own.number}/{date_of}/{bank}" if bank else rows[0]["id"], len(parts), total):
        return [{**row, "broken": "id|unique"} for row in rows], changed
    return _kept(every.returns, own.number, parts, rows, at[0], turned=turned), changed


def _broken(entry: Found, when: Moment | None, valued: Moment | None) -> str | None:
    """The first rule that an entry breaks, beside those of its amount."""
    sign = entry.get("CdtDbtInd")
    return (
        ("currency|empty" if "Amt@" not in entry else None)
        or ("direction|empty" if sign is None else "direction|enum" if sign not in _DIRECTIONS else None)
        or (None if when else "booked_at|dtype" if "BookgDt" in entry or "ValDt" in entry else "booked_at|empty")
        or ("value_date|dtype" if valued is None and "ValDt" in entry else None)
        or ("status|enum" if entry.get("Sts") not in _STATUSES else None)
    )


def _kept(
    returns: Returns, own: str, parts: Sequence[tuple[Found, int, bool]], rows: list[Row], source: str, *, turned: bool
) -> list[Row]:
    """The rows without those that bring an earlier one back."""
    kept: list[Row] = []
    for (detail, _, gains), row in zip(parts, rows, strict=True):
        name = row["reference"]
        if turned or "returned" in detail:
            returns.returned(f"{own}|{not gains}|{name}" if name else None, source, row)
            continue
        if name and row["status"] != "pending":
            returns.original(f"{own}|{gains}|{name}", row)
        kept.append(row)
    return kept


def _count(entry: Found, details: Sequence[Found]) -> int | None:
    """How many payments an entry stands for that is taken as one."""
    number = "" if len(details) == 1 else entry.get("NbOfTxs", "")
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0  # noqa: PLR2004
    count = max(known, len(details))
    return count if count > 1 else None
