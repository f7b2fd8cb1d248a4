"""Accounts and their holders as messages name them: one row each, however often they are named."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from followmoney.readers._iso_fields import read_moment
from followmoney.readers._iso_paths import Side
from followmoney.readers._iso_shape import Found, each, meant
from followmoney.readers._parts import Made

UNNUMBERED = " (no account number)"
_SCHEMES = {"BBAN": "BBAN", "IBAN": "IBAN", "CARD": "card", "CPAN": "card"}
_REGISTERS = {"TXID": "vat", "COID": "register_number"}
_LEI = re.compile("[A-Z0-9]{20}")
_REMEMBERED = 100_000  # accounts as last named: what is named again in the same words is not looked at again


class People:
    """Collects them over all files; what was said first stays, what was not said yet is added."""

    def __init__(self, notes: Counter[str]) -> None:
        self.notes = notes
        self._accounts: dict[str, dict[str, Any]] = {}
        self._parties: dict[str, dict[str, Any]] = {}
        self._addresses: dict[tuple[str | None, ...], dict[str, Any]] = {}
        self._stated: set[str] = set()
        self._own: set[str] = set()
        self._last: dict[str, int] = {}
        self._unnumbered: set[str] = set()
        self._otherwise: set[str] = set()

    def account(
        self, found: Found, end: Side, *, at: tuple[str, int], own: bool = False
    ) -> tuple[str | None, str | None]:
        """The account's identifier (None where neither number nor name is said) and its holder's name."""
        number, scheme = identified(found, end)
        name = meant(found, end.name) or meant(found, end.account_name)
        if number is None:
            name = name or _institution(found, end.bic, end.member)
            if name is None:
                return None, None
            number = name + UNNUMBERED
            self._unnumbered.add(number)
        given = hash(tuple(map(found.get, end.all)))
        if self._last.get(number) != given:
            if len(self._last) >= _REMEMBERED:
                self._last.clear()
            self._last[number] = given
            self._add(number, scheme, name, found, end, at=at, own=own)
        return number, name

    def _add(
        self,
        number: str,
        scheme: str | None,
        name: str | None,
        found: Found,
        end: Side,
        *,
        at: tuple[str, int],
        own: bool,
    ) -> None:
        country = number[:2] if scheme == "IBAN" else found.get(end.bank_country)
        currency = _code(found.get(end.currency), 3)
        known = self._accounts.setdefault(number, {"id": number, "_at": at})
        if own:
            self._own.add(number)
        if currency and known.get("currency", currency) != currency:
            currency = known["currency"] = None  # one number, several currencies
        bank = _institution(found, end.bank_bic, end.bank_name, end.bank_member)
        _fill(known, scheme=scheme, institution=bank, country=_code(country, 2), currency=currency)
        about = _about(found, end)
        if name is None and not about:
            return
        lei, bic = about.get("lei"), meant(found, end.bic)
        holder = known.get("holder") or (f"LEI {lei}" if lei else f"BIC {bic}" if bic else f"holder of {number}")
        known["holder"] = holder
        person = self._parties.setdefault(holder, {"id": holder, "_at": at})
        if name and person.get("name", name) != name:
            self._otherwise.add(holder)
            if own and holder not in self._stated:
                person["name"] = name  # the account's own statement knows best
        if name and own:
            self._stated.add(holder)
        _fill(person, name=name, **about)
        place = _address(found, end)
        if place:
            self._addresses.setdefault((holder, *place.values()), {"party": holder, **place, "_at": at})

    def rows(self) -> dict[tuple[str, bool], Iterator[Made]]:
        """The rows of accounts, parties and addresses by the source they were found in first; then they are used up.

        With each source: whether the account's own statement says so.
        """
        by_source: defaultdict[tuple[str, bool], list[Made]] = defaultdict(list)
        every: tuple[tuple[str, dict[Any, dict[str, Any]]], ...] = (
            ("accounts", self._accounts), ("parties", self._parties), ("addresses", self._addresses)
        )  # fmt: skip
        for table, some in every:
            for row in some.values():
                source, number = row.pop("_at")
                own = row.get("id") in (self._own if table == "accounts" else self._stated)
                by_source[source, own].append((table, {**row, "row": number}))
        self.notes["unnumbered"] += len(self._unnumbered)
        self.notes["otherwise"] += len(self._otherwise)
        return {where: iter(found) for where, found in sorted(by_source.items())}


def identified(found: Found, end: Side) -> tuple[str | None, str | None]:
    """An account's number and what kind of number it is."""
    if (iban := meant(found, end.iban)) is not None:
        return iban.replace(" ", "").upper(), "IBAN"
    if (number := meant(found, end.number)) is not None:
        return number, _SCHEMES.get(found.get(end.number_kind, ""))
    if (number := meant(found, end.bban)) is not None:
        return number, "BBAN"
    return meant(found, end.proxy), None


def _institution(found: Found, *keys: str) -> str | None:
    """An institution's BIC; else its name, else its number in a clearing system."""
    for key in keys:
        if (name := meant(found, key)) is not None:
            return name
    return None


def _about(found: Found, end: Side) -> dict[str, Any]:
    """What is said of a party beside its name."""
    about: dict[str, Any] = {"country": _code(found.get(end.residence) or found.get(end.country), 2)}
    lei = meant(found, end.lei)
    about["lei"] = lei if lei and _LEI.fullmatch(lei) else None
    numbers, kinds = each(found, end.other), each(found, end.other_kind)
    if len(numbers) == len(kinds):  # or nobody knows which is which
        for number, kind in zip(reversed(numbers), reversed(kinds), strict=True):
            about[_REGISTERS.get(kind, "")] = number
        about.pop("", None)
    if end.private in found:
        about["kind"] = "person"
        born = read_moment(found.get(end.born, ""))
        about["founded"] = born[1] if born else None
    return {column: value for column, value in about.items() if value is not None}


def _address(found: Found, end: Side) -> dict[str, str | None]:
    """Where a party is, lines without parts as the street; a country alone is no address."""
    street = " ".join(part for key in (end.street, end.house) if (part := meant(found, key)))
    street = street or ", ".join(each(found, end.line))
    postcode, city = meant(found, end.postcode), meant(found, end.city)
    if not street and not postcode and not city:
        return {}
    country = _code(found.get(end.country), 2)
    return {"street": street or None, "postcode": postcode, "city": city, "country": country}


def _code(code: str | None, length: int) -> str | None:
    """A country or currency of so many letters."""
    code = (code or "").upper()
    return code if len(code) == length and code.isascii() and code.isalpha() else None


def _fill(row: dict[str, Any], **values: object) -> None:
    """Add what is not known yet."""
    for column, value in values.items():
        if value is not None and row.get(column, "") == "":
            row[column] = value
