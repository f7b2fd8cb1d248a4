"""One statement → its entries and balances, as the bank means them; nothing is yet a row of our tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from followmoney.readers._account_ids import account_id, is_bic
from followmoney.readers._mt940_details import Details, read
from followmoney.readers._mt940_library import Balance, Entry, FieldError, balance, bank_lines, entry
from followmoney.readers._mt940_text import Field, Statement
from followmoney.readers._period import inside

_CURRENCY = re.compile(r"[A-Z]{3}")
_WITH_CURRENCY = re.compile(r"(?P<account>.*\d)\s*/?\s*(?P<currency>[A-Z]{3})", re.DOTALL)
_PAGE = re.compile(r"(?P<number>[0-9]{1,5})/(?P<page>[0-9]{1,5})")
_OPENING, _CLOSING = ("60F", "60", "60M"), ("62F", "62", "62M")


@dataclass(frozen=True)
class Own:
    """Whose statement it is."""

    account: str | None
    currency: str | None
    holder: str | None
    institution: str | None
    interim: bool
    """A report of the day (MT942), not a statement: its entries come again in the statement."""


@dataclass(frozen=True)
class Read:
    """One entry; where it could not be read, the rule it breaks, and the text."""

    line: int
    text: str
    entry: Entry | None
    details: Details
    broken: str | None = None


@dataclass(frozen=True)
class Stated:
    """A balance the statement states."""

    line: int
    final: bool
    balance: Balance | None
    text: str


@dataclass
class Group:
    """A field 61 and the fields 86 and NS that go with it."""

    line: Field
    texts: list[str] = field(default_factory=list[str])
    lines: list[str] = field(default_factory=list[str])


def own(statement: Statement) -> Own:
    """The account and its currency: of the balances, of the floor limit, or written behind the number."""
    given = [line.strip() for one in statement.of("25")[:1] for line in one.text.split("\n") if line.strip()]
    number = given[0] if given else ""
    said = [(b.balance.currency if b.balance else "") for b in [*opening(statement), *closing(statement)]]
    said += [one.text.strip()[:3] for one in statement.of("34")] + [
        one.text.strip()[1 + 6 : 10] for one in statement.of("64", "65")
    ]
    currencies = [c for c in said if _CURRENCY.fullmatch(c)]
    behind = _WITH_CURRENCY.fullmatch(number)
    if behind and (not currencies or behind["currency"] in currencies):
        number = behind["account"]
        currencies.append(behind["currency"])
    names = [bank_lines(one.text) for one in _before_entries(statement)]
    holder = " ".join(" ".join(said.get("22", "") for said in names).split())
    interim = not statement.of("60", "62") and bool(statement.of("34", "13", "90"))
    bic = given[1] if len(given) > 1 and is_bic(given[1]) else None
    return Own(account_id(number), currencies[0] if currencies else None, holder or None, bic, interim)


def _before_entries(statement: Statement) -> Iterator[Field]:
    for one in statement.fields:
        if one.tag[:2] == "61":
            return
        if one.tag == "NS":
            yield one


def entries(statement: Statement) -> Iterator[Read]:
    """The entries in the order of the statement."""
    group: Group | None = None
    for one in statement.fields:
        if one.tag == "61":
            if group is not None:
                yield _read(group)
            group = Group(one)
        elif one.tag[:2] in ("60", "62", "64", "65", "90"):  # what follows is about the statement
            if group is not None:
                yield _read(group)
            group = None
        elif group is not None:
            if one.tag == "86":
                group.texts.append(one.text)
            elif one.tag == "NS":
                group.lines.append(one.text)
    if group is not None:
        yield _read(group)


def _read(group: Group) -> Read:
    text = group.line.text
    try:
        found, rest = entry(text)
    except FieldError as error:
        return Read(group.line.line, text, None, Details(), str(error))
    debit = found.mark in ("D", "RC", "ED")
    texts = group.texts if not rest else [*group.texts, rest]
    return Read(group.line.line, text, found, read(texts, group.lines, debit=debit))


def opening(statement: Statement) -> list[Stated]:
    """The balances it opens with."""
    return [_stated(one) for one in statement.of(*_OPENING)]


def closing(statement: Statement) -> list[Stated]:
    """The balances it closes with."""
    return [_stated(one) for one in statement.of(*_CLOSING)]


def _stated(one: Field) -> Stated:
    try:
        found = balance(one.text)
    except FieldError:
        found = None
    return Stated(one.line, not one.tag.endswith("M"), found, one.text)


def page(statement: Statement) -> tuple[str, int] | None:
    """The statement's number and which of its pages this is; None where it opens and closes finally, so stands alone.

    Field 28C has both; a balance that is carried from page to page is an intermediate one (60M, 62M).
    """
    tags = {one.tag for one in statement.of("60", "62")}
    said = [_PAGE.fullmatch(one.text.strip()) for one in statement.of("28")[:1]]
    found = said[0] if said else None
    if found is None or not tags & {"60M", "62M"} or (int(found["page"]) <= 1 and "62F" in tags):
        return None
    return found["number"].lstrip("0"), int(found["page"])


def period(days: Collection[date], opened: Balance | None, closed: Balance | None) -> tuple[date | None, date | None]:
    """The days a statement covers: banks date the opening balance on the last day of the statement before."""
    within = inside(days, opened and opened.day, closed and closed.day)
    ends = [*within, closed.day] if closed else within
    end = max(ends) if ends else None
    begins = [*within, *([opened.day + timedelta(days=1)] if opened else []), *([end] if end else [])]
    return min(begins) if begins else None, end
