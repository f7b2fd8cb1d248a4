"""Entries and balances of statements → rows of our tables."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from followmoney.ledger import Part
from followmoney.readers._account_ids import (
    account_id,
    account_row,
    holder_of,
    iban,
    is_bic,
    named_only,
    without_number,
)
from followmoney.readers._adds_up import unexplained
from followmoney.readers._mentions import Mentions
from followmoney.readers._mt940_channels import channel
from followmoney.readers._mt940_details import given
from followmoney.readers._mt940_library import Balance, Entry
from followmoney.readers._mt940_statement import Own, Read, Stated, closing, entries, opening, own, page, period
from followmoney.readers._mt940_text import Statement
from followmoney.readers._pages import Page, Pages, lacking, merged
from followmoney.readers._parts import Made, parts
from followmoney.readers._whole_units import AmountError, whole_units, within
from followmoney.schema.codes import exponent
from followmoney.schema.spots import spot

Row = dict[str, Any]
_EMPTY: Row = dict.fromkeys(["booked_at", "amount", "currency"])


class Rows:
    """The rows of statement after statement, and what must be known of those before."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions
        self._on_day: Counter[tuple[str | None, date]] = Counter()
        self._alike: Counter[str] = Counter()
        self._interim_alike: Counter[str] = Counter()
        self._closed: dict[tuple[str | None, str], tuple[int, str | None]] = {}
        self._booked: set[str] = set()
        self._interim: list[tuple[str, Row]] = []
        self._named, self._names = 0, set[str]()
        self._moved = self._bare = 0
        self._unexplained: list[str] = []
        self._pages: Pages[Page] = Pages()
        self._last_page: dict[str | None, tuple[str, int]] = {}
        self._new_file = False

    def of(self, source: str, statement: Statement) -> Iterator[Made]:
        """The rows of one statement; those of a report of the day are held back."""
        whose = own(statement)
        paged = page(statement)
        self._begin(whose.account, paged)
        found = list(entries(statement))
        made = [self._transaction(source, whose, one) for one in found]
        _undone(found, made)
        if whose.account is not None:
            self._mention(source, whose.account, whose.holder, made, whose)
        if whose.interim:
            self._interim += [(source, row) for row in made]
            return
        self._booked |= {str(row["id"]) for row in made}
        yield from (("transactions", row) for row in made)
        yield from self._balances(source, whose, statement, made, paged)

    def end_of_file(self) -> None:
        """A new file counts anew: entries that agree in all things are the first, the second... of their own file."""
        self._new_file = True

    def _begin(self, account: str | None, paged: tuple[str, int] | None) -> None:
        """Count anew in a new file, but for the account of which it begins with the next page of a statement."""
        before = self._last_page.get(account)
        goes_on = paged is not None and before is not None and paged == (before[0], before[1] + 1)
        if self._new_file:
            kept = account if goes_on else None
            self._on_day = Counter({k: n for k, n in self._on_day.items() if kept and k[0] == kept})
            self._alike = Counter({k: n for k, n in self._alike.items() if kept and k.startswith(f"{kept}/")})
            self._interim_alike.clear()
            self._closed = {k: balance for k, balance in self._closed.items() if kept and k[0] == kept}
            self._new_file = False
        if paged is None:
            self._last_page.pop(account, None)
        else:
            self._last_page[account] = paged

    def whole(self, notes: list[str]) -> Iterator[Part]:
        """The statements that came in pages."""
        for pages in self._pages.together():
            if (missing := lacking(pages)) is not None:
                notes.append(missing)
            yield from parts(pages[0].source, [merged(pages)], frozenset(["statements"]))

    def held_back(self) -> Iterator[Part]:
        """What reports of the day said; entries that a statement has as well are refused."""
        for source, rows in groupby(self._interim, key=lambda held: held[0]):
            made: list[Made] = []
            for _, row in rows:
                again = {"broken": "id|unique"} if row["id"] in self._booked and "broken" not in row else {}
                made.append(("transactions", row | again))
            yield from parts(source, made)

    def notes(self) -> list[str]:
        """What was assumed."""
        found = without_number(self._named, len(self._names))
        if self._interim:
            found.append(
                f"{len(self._interim):,} entries come from reports of the day (MT942), without their order; those that "
                "a statement has as well were taken from the statement."
            )
        found += self._unexplained
        if self._bare:
            found.append(
                f"{self._bare:,} entries have an amount without its decimal comma; read as whole units (500 as 500.00)."
            )
        if self._moved:
            found.append(
                f"{self._moved:,} entries are dated on days that February does not have; read as its last day."
            )
        return found

    def _transaction(self, source: str, whose: Own, one: Read) -> Row:
        if one.entry is None:
            mark = hashlib.sha256(one.text.encode()).hexdigest()[:12]
            return _EMPTY | {
                "row": one.line,
                "id": f"{source}:{one.line} {mark}",
                "purpose": one.text,
                "broken": one.broken,
            }
        entry, said = one.entry, one.details
        self._moved += entry.moved
        self._bare += entry.bare
        debit = entry.mark in ("D", "RC", "ED")
        other = self._other(source, whose, one)
        ends = (whose.account, other) if debit else (other, whose.account)
        row: Row = _EMPTY | {
            "row": one.line,
            "id": self._name(whose, one),
            "booked_at": _midnight(entry.booked),
            "value_date": entry.value,
            "originator": ends[0],
            "beneficiary": ends[1],
            "side": "originator" if debit else "beneficiary",
            "currency": whose.currency,
            "channel": channel(entry.code, said.code),
            "purpose": said.purpose or entry.extra or None,
            "reference": given(said.reference) or given(entry.customer_reference) or None,
            "conductor": said.behind or None,
            "status": "pending" if entry.mark.startswith("E") else "booked",
        }
        if not whose.interim:
            self._on_day[whose.account, entry.booked] += 1
            row["sequence"] = self._on_day[whose.account, entry.booked]
        if whose.account is None or whose.currency is None:
            return row | {"broken": "own|empty" if whose.account is None else "currency|empty"}
        try:
            row["amount"] = _whole(entry.amount, whose.currency)
        except AmountError as error:
            row["broken"] = f"amount|{error}"
        return row

    def _name(self, whose: Own, one: Read) -> str:
        """What the entry is called: the same wherever it stands again."""
        entry = one.entry
        assert entry is not None
        reference = given(entry.bank_reference)
        if not reference:
            said = f"{one.text}\n{one.details.purpose}\n{one.details.name}\n{one.details.account}"
            reference = f"~{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        name = f"{whose.account}/{entry.booked:%Y%m%d}/{entry.mark}{entry.amount.normalize():f}/{reference}"
        counter = self._interim_alike if whose.interim else self._alike
        counter[name] += 1
        return name if counter[name] == 1 else f"{name}/{counter[name]}"

    def _other(self, source: str, whose: Own, one: Read) -> str | None:
        """The account on the other side, named by number, else by name; empty where the statement names neither."""
        assert one.entry is not None
        said, entry = one.details, one.entry
        first = entry.extra.split(" ")[0]
        number = account_id(said.account) or iban(first) or iban(entry.customer_reference)
        if number is not None and number == whose.account:
            number = None
        if number is None and not said.name:
            return None
        other = number or named_only(said.name)
        if number is None:
            self._named += 1
            self._names.add(other)
        row = account_row(other, named=number is None) | {"institution": said.bank if is_bic(said.bank) else None}
        self._holder(source, other, said.name or None, row, one.line)
        return other

    def _mention(self, source: str, account: str, holder: str | None, made: list[Row], whose: Own) -> None:
        row = account_row(account) | {"currency": whose.currency, "institution": whose.institution}
        self._holder(source, account, holder, row, made[0]["row"] if made else 0, own=True)

    def _holder(self, source: str, account: str, name: str | None, row: Row, line: int, *, own: bool = False) -> None:
        party = holder_of(account) if name else None
        self._mentions.add(source, "accounts", row | {"holder": party, "row": line}, own=own)
        if party:
            self._mentions.add(source, "parties", {"id": party, "name": name, "row": line}, own=own)

    def _balances(
        self, source: str, whose: Own, statement: Statement, made: list[Row], paged: tuple[str, int] | None
    ) -> Iterator[Made]:
        """What it opens and closes with, and the period; each balance stands after the entry before it."""
        account = whose.account
        opened, closed = opening(statement), closing(statement)
        days = [row["booked_at"].date() for row in made if row["booked_at"]]
        ordered = sorted((r for r in made if r["booked_at"]), key=lambda r: (r["booked_at"], r.get("sequence", 0)))
        last = str(ordered[-1]["id"]) if ordered else None
        first, end = _readable(opened[:1]), _readable(closed[-1:])
        for one in [*opened[1:], *closed[:-1], *opened[: first is None], *closed[len(closed) - (end is None) :]]:
            yield "balances", _stated(account, one, "stated", _day(one, days), None)
        start, until = period(set(days), first, end)
        before = self._closed.get((account, first.currency)) if first else None
        if first:
            after = before[1] if before and _minor(first) == before[0] else None
            yield "balances", _stated(account, opened[0], "opening", start, after)
        amount = _minor(end) if end else None
        if end:
            yield "balances", _stated(account, closed[-1], "closing" if closed[-1].final else "stated", until, last)
            if amount is not None:
                self._closed[account, end.currency] = amount, last or (before[1] if before else None)
        if account is None or not (first or days):
            return
        known, line = (end, closed[-1].line) if end else (first, opened[0].line if first else made[0]["row"])
        # cut off before its closing balance: its days are those of its entries, without any that of its opening
        start, until = (start, until) if until or known is None else (known.day, known.day)
        currency = known.currency if known else whose.currency
        row: Row = {"row": line, "account": account, "start": start, "end": until, "currency": currency}
        row |= {"opening": _minor(first) if first else None, "closing": amount} | _moved(source, currency, made)
        if first and first.currency == currency:
            self._check(f"{source}: {_called(statement, account)}", row)
        if paged is None:
            yield "statements", row
            return
        called, at = paged
        self._pages.add(
            (account, currency, called),
            Page(source, f"statement {called} of {account}", at, closed[-1].final if end else None, row, counted=True),
        )

    def _check(self, what: str, row: Row) -> None:
        """Keep a sentence where opening balance and entries do not lead to the closing one."""
        opening, change, closing = row["opening"], row["movements"], row["closing"]
        if opening is None or change is None or closing is None:
            return
        if (said := unexplained(what, opening, change, closing, row["currency"])) is not None:
            self._unexplained.append(said)


def _called(statement: Statement, account: str) -> str:
    number = next((one.text.strip() for one in statement.of("28")), "")
    called = number[:20]
    return f"statement {called} of {account}" if called else f"a statement of {account}"


def _readable(some: list[Stated]) -> Balance | None:
    return some[0].balance if some else None


def _day(one: Stated, days: list[date]) -> date | None:
    return one.balance.day if one.balance else max(days, default=None)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _minor(balance: Balance) -> int | None:
    try:
        return _whole(balance.amount, balance.currency)
    except AmountError:
        return None


def _whole(amount: Decimal, currency: str) -> int:
    """In minor units; 1,000 may be a thousand: three decimals that the currency has not are refused even where zero."""
    if -int(amount.as_tuple().exponent) > max(exponent(currency), 2):
        raise AmountError("decimals")
    return whole_units(amount, currency)


def _moved(source: str, currency: str | None, made: list[Row]) -> Row:
    """What its booked entries come to, and where they stand."""
    booked = [row for row in made if row.get("status") == "booked" and "broken" not in row]
    change = sum(-row["amount"] if row["side"] == "originator" else row["amount"] for row in booked)
    told = currency is not None and all(row["currency"] == currency for row in booked)
    return {
        "movements": within(change) if told else None,
        "entries": [spot(source, made[0]["row"], made[-1]["row"])] if made else [],
    }


def _stated(account: str | None, one: Stated, kind: str, day: date | None, after: str | None) -> Row:
    row: Row = {
        "row": one.line,
        "account": account,
        "kind": kind,
        "after": after,
        "at": _midnight(day) if day else None,
    }
    if one.balance is None:
        return row | {"currency": None, "amount": None, "broken": "line|balance"}
    row |= {"currency": one.balance.currency, "amount": _minor(one.balance)}
    return row if row["amount"] is not None else row | {"broken": "amount|dtype"}


def _undone(found: list[Read], made: list[Row]) -> None:
    """A reversal names what it undoes, where one entry of the statement has its amount and reference, the other way."""
    by_mark: defaultdict[tuple[str, Decimal, str], list[str]] = defaultdict(list)
    for one, row in zip(found, made, strict=True):
        for reference in _references(one.entry):
            by_mark[reference].append(str(row["id"]))
    for one, row in zip(found, made, strict=True):
        if one.entry is None or not one.entry.mark.startswith("R"):
            continue
        undone = one.entry._replace(mark=one.entry.mark[1:])
        candidates = {name for reference in _references(undone) for name in by_mark.get(reference, [])}
        if len(candidates) == 1:
            row["reverses"] = candidates.pop()


def _references(entry: Entry | None) -> list[tuple[str, Decimal, str]]:
    given_ones = (given(entry.bank_reference), given(entry.customer_reference)) if entry else ()
    return [(entry.mark, entry.amount, one) for one in given_ones if one] if entry else []
