"""One statement, report or notification: its account, its entries, its balances, and whether they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from followmoney.errors import DamagedError, InputError
from followmoney.readers._camt_entry import Booked, Entries, transactions
from followmoney.readers._camt_other import Account
from followmoney.readers._camt_pages import CamtPage, page
from followmoney.readers._camt_plain import Plain
from followmoney.readers._camt_shapes import BALANCE, DETAIL, ENTRY, HEAD, MESSAGE
from followmoney.readers._camt_totals import differences, elsewhere
from followmoney.readers._found import File
from followmoney.readers._iso_fields import Moment, minor_units, read_moment
from followmoney.readers._iso_paths import side
from followmoney.readers._iso_shape import NOTHING, Found, meant
from followmoney.readers._parts import Made
from followmoney.readers._period import inside
from followmoney.readers._whole_units import within
from followmoney.readers._xml import Element, elements, local
from followmoney.schema.refusals import days
from followmoney.schema.spots import spot

_CONTAINERS = frozenset({"Stmt", "Rpt", "Ntfctn"})
_WANTED = frozenset({"TxDtls", "Ntry", "Bal"}) | _CONTAINERS
_OWN = side("Acct")
_LIKELY = days("statements")
_MOST = 100_000  # details of one entry kept apart
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


@dataclass
class Balance:
    """A balance as stated."""

    kind: str
    amount: int
    currency: str
    at: Moment
    row: int


@dataclass
class Statement:
    """What is known of a statement while its entries pass."""

    number: int
    container: Element
    head: Found
    own: Account
    page: tuple[int, bool | None, bool] | None
    """See `page`."""
    balances: list[Balance] = field(default_factory=list[Balance])
    before: int = 0
    """Rows of the file that come before its own."""
    entries: int = 0
    sums: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """By currency: what was credited and debited by booked entries."""
    days: set[date] = field(default_factory=set[date])
    """On which entries were booked."""
    last_id: str | None = None
    booked: Counter[str] = field(default_factory=Counter[str])
    """How many entries were booked, by currency."""

    def key(self) -> tuple[str | None, ...]:
        """What pages of one statement have in common."""
        return self.own.number, meant(self.head, "Id"), self.head.get("from")

    def moved(self, currency: str | None) -> dict[str, Any]:
        """What its booked entries come to, in the currency of its balances; without any, in that of its entries."""
        currency = currency or (next(iter(self.sums)) if len(self.sums) == 1 else None)
        credit, debit = self.sums.get(currency or "", (0, 0))
        return {"currency": currency, "movements": within(credit - debit) if currency else None}

    def count(self, booked: Booked) -> None:
        """Take a booked entry into account."""
        credit_debit = self.sums.setdefault(booked.currency, [0, 0])
        credit_debit[booked.change < 0] += abs(booked.change)
        self.booked[booked.currency] += 1
        if _LIKELY[0] <= booked.day <= _LIKELY[1]:  # others are refused
            self.days.add(booked.day)
        self.last_id = booked.id


@dataclass
class Camt:
    """Reads one file; what it finds wrong with whole statements goes to `notes`."""

    file: File
    every: Entries
    notes: list[str]
    covers: bool
    """Whether its statements cover a period, as those of bookings do and notifications do not."""
    row: int = 0
    stated: int = 0
    statements: int = 0
    now: Statement | None = None
    over: int = 0

    def rows(self) -> Iterator[Made]:
        """Rows of transactions, balances and statements, in document order.

        Raises:
            InputError: The file is not whole XML, or hides something in a DTD.
        """
        details: list[Found] = []
        plain = Plain()
        for element in elements(self.file, _WANTED, plain.over):
            name = local(element)
            if name == "TxDtls":
                if len(details) < _MOST:
                    details.append(DETAIL.of(element))
                else:
                    self.over += 1
            elif name == "Ntry":
                entry, some = plain.take(element) or (ENTRY.of(element), [])
                yield from self._entry(self._statement(element.getparent()), entry, [*details, *some])
                details = []
            elif name == "Bal":
                if (parent := element.getparent()) is not None and local(parent) in _CONTAINERS:
                    self._balance(self._statement(parent), BALANCE.of(element))
            else:
                yield from self._end(self._statement(element))
        if not self.statements:
            empty = "has no statement, report or notification in it"
            raise DamagedError(f"{self.file.name} {empty}. Get the file again.", self.file.name, f"it {empty}")

    def _statement(self, container: Element | None) -> Statement:
        """The statement that is being read; a new one where the element stands in another."""
        if self.now is not None and self.now.container is container:
            return self.now
        if container is None:
            raise InputError(
                f"{self.file.name} has an entry around everything else, not a statement around its entries."
            )
        self.statements += 1
        head, message = HEAD.of(container), container.getparent()
        at = self.file.name, self.row + 1
        own = Account(*self.every.people.account(head, _OWN, at=at, own=True))
        paged = page(head, NOTHING if message is None else MESSAGE.of(message))
        name = meant(head, "Id")
        self.now = Statement(
            self.statements, container, head, own, paged if name and own.number else None, before=self.row
        )
        if self.now.page is None:
            self.every.order.new_statement()
        else:
            self.every.order.new_statement(self.now.key(), self.now.page[0])
        return self.now

    def _entry(self, statement: Statement, entry: Found, details: list[Found]) -> Iterator[Made]:
        statement.entries += 1
        if self.over:
            self.every.notes["many details"] += 1
            details, self.over = details[:1], 0
        at = self.file.name, self.row + 1
        self.row += max(1, len(details))
        rows, booked = transactions(self.every, statement.own, entry, details, at)
        if booked is not None:
            statement.count(booked)
        for row in rows:
            yield "transactions", row

    def _balance(self, statement: Statement, found: Found) -> None:
        """Keep a balance of bookings; what was available or is expected is another figure."""
        self.stated += 1
        kind = found.get("kind", "")
        if kind not in (*_OPENING, *_CLOSING, "ITBD"):
            self.every.notes["other balances"] += 1
            return
        currency, sign = found.get("Amt@", ""), found.get("CdtDbtInd")
        value, broken = minor_units(found.get("Amt", ""), currency)
        at = read_moment(found.get("Dt", ""))
        if broken or value is None or at is None or not currency or sign not in ("CRDT", "DBIT"):
            self.every.notes["unread balances"] += 1
            return
        value = value if sign == "CRDT" else -value
        statement.balances.append(Balance(kind, value, currency, at, self.stated))

    def _end(self, statement: Statement) -> Iterator[Made]:
        """Its balances and its period, once all of its entries are known."""
        summary = HEAD.of(statement.container)
        start, end = self._period(statement)
        opening = _one(statement.balances, _OPENING)
        closing = _one(statement.balances, _CLOSING)
        middle = [balance for balance in statement.balances if balance.kind == "ITBD"]
        if opening is None and len(middle) > 1:  # a page of a longer statement
            opening, middle = middle[0], middle[1:]
        own = statement.own.number
        called = meant(statement.head, "Id") or statement.number
        what = f"statement {called} of {own}"
        if statement.page is None:
            self.notes += differences(
                f"{self.file.name}: {what}", statement.entries, statement.sums, summary, opening=opening,
                closing=closing or _last(middle),
            )  # fmt: skip
        known = {*(balance.currency for balance in statement.balances), statement.head.get(_OWN.currency, "")} - {""}
        self.notes += elsewhere(f"{self.file.name}: {what}", statement.booked, known)
        self.now = None
        if own is None:
            return
        for balance in statement.balances:
            if balance.kind in (*_OPENING, *_CLOSING) or balance in middle:
                yield (
                    "balances",
                    self._stated(balance, own, start, statement.last_id if balance is _last(middle) else None),
                )
        row = {
            "row": statement.number, "account": own, "start": start, "end": end,
            "opening": opening.amount if opening else None, "closing": closing.amount if closing else None,
            **statement.moved((closing or opening).currency if closing or opening else None),  # type: ignore[union-attr]
            "entries": [spot(self.file.name, statement.before + 1, self.row)] if self.row > statement.before else [],
        }  # fmt: skip
        if statement.page is not None:
            self.every.pages.add(
                statement.key(),
                CamtPage(
                    self.file.name, what, *statement.page[:2], row, statement.page[2], statement.entries,
                    statement.sums, summary, opening, closing or _last(middle),
                ),
            )  # fmt: skip
        elif self.covers and start is not None and end is not None and start <= end:
            yield "statements", row

    def _stated(self, balance: Balance, own: str, start: date | None, after: str | None) -> dict[str, Any]:
        """A row of the table of balances.

        A statement may date its opening balance on the day before it begins; that day's movements are in it already.
        """
        kind, at = "stated", balance.at[0]
        if balance.kind in _CLOSING or (balance.kind == "PRCD" and start is not None and balance.at[1] < start):
            kind = "closing"
        elif balance.kind in _OPENING:
            kind = "opening"
            if start is not None and balance.at[1] < start:
                at = datetime(start.year, start.month, start.day, tzinfo=UTC)
        return {
            "row": balance.row, "account": own, "at": at, "amount": balance.amount, "currency": balance.currency,
            "kind": kind, "after": after,
        }  # fmt: skip

    def _period(self, statement: Statement) -> tuple[date | None, date | None]:
        """First and last day: as stated, else by its balances; else by its entries.

        An opening balance may be dated on the first day or on the one before: then the first entry from there on tells.
        """
        ends = [read_moment(statement.head.get(name, "")) for name in ("from", "to")]
        opening, closing = (_one(statement.balances, kinds) for kinds in (("OPBD",), _CLOSING))
        within = inside(statement.days, opening and opening.at[1], closing and closing.at[1])
        start = ends[0][1] if ends[0] else min(within, default=opening.at[1] if opening else None)
        end = ends[1][1] if ends[1] else closing.at[1] if closing else max(within, default=None)
        if self.covers and not all(ends) and (start or end):
            self.every.notes["periods inferred"] += 1
        return start or end, end or start


def _one(balances: list[Balance], kinds: tuple[str, ...]) -> Balance | None:
    """The first balance of the first kind that there is."""
    return next((balance for kind in kinds for balance in balances if balance.kind == kind), None)


def _last(balances: list[Balance]) -> Balance | None:
    return balances[-1] if balances else None
