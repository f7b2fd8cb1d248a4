"""What is compared of every party, as numbers: one entry a party, in order of its identifier; 0 is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.ledger import Ledger
from followmoney.resolution._identifiers import ibans, usable
from followmoney.resolution._legal_forms import forms
from followmoney.resolution._names import parted
from followmoney.schema import table

Codes = NDArray[np.uint32]


@dataclass(frozen=True)
class Many:
    """Several values a party, sorted: those of party p are value[ptr[p] : ptr[p + 1]]."""

    ptr: NDArray[np.int64]
    value: Codes


@dataclass(frozen=True)
class Text:
    """Plain names, one behind the other: letters of name n are letter[ptr[n] : ptr[n + 1]], in ASCII."""

    ptr: NDArray[np.int64]
    letter: NDArray[np.uint8]

    def of(self, names: Codes) -> list[str]:
        """Some of them, as texts."""
        return [self.letter[self.ptr[n] : self.ptr[n + 1]].tobytes().decode() for n in names.tolist()]


FIELDS = (
    "name",
    "number",
    "kind",
    "form",
    "country",
    "born",
    "year",
    "lei",
    "register_number",
    "register",
    "vat",
    "vat_in",
)
"""Columns of `Cards.rows`."""


@dataclass(frozen=True)
class Cards:
    """Everything that is compared; equal numbers are equal values."""

    ids: pl.Series
    order: pl.Series
    """Row of every party in the table of parties."""
    rows: NDArray[np.uint32]
    """A row a party, a column a field of `FIELDS`: what one party says stands together."""
    words: Text
    """Sorted words of every name, by its number (0: no name)."""
    base: Text
    """Words of every party's name in the order written; empty where that is the sorted order."""
    bearers: NDArray[np.int64]
    """How many parties have these words, a name."""
    bits: NDArray[np.float64]
    """How much these words say, a name: log2 of one in how many parties would have them all by chance."""
    tokens: Many
    """Words of every name, by the number of the name."""
    token: pl.Series
    """Every word, by number."""
    says: NDArray[np.float64]
    """How much a word says, a word: log2 of one in how many parties has it in its name."""
    postcode: Many
    iban: Many
    asked: NDArray[np.bool_]
    """Which parties are compared with all; two others are never compared."""

    def field(self, name: str) -> Codes:
        """One field of every party, as numbers; 0: not known.

        name (number of its sorted words), number (those in the name of a company, 1: none), kind, form, country, year
        (of founding or birth), lei, register_number and vat with the countries they count in (register, vat_in).
        """
        return self.rows[:, FIELDS.index(name)]

    @property
    def name(self) -> Codes:
        """Number of the sorted words of the name, a party."""
        return self.field("name")

    @property
    def born(self) -> NDArray[np.int32]:
        """Days from 1970 to the day of founding or birth, a party; `NEVER`: not known."""
        return self.field("born").view(np.int32)

    @property
    def person(self) -> NDArray[np.bool_]:
        """Which parties are persons, of those that have a name: in theirs numbers are not read."""
        return (self.name > 0) & (self.field("number") == 0)

    def __len__(self) -> int:
        """Number of parties."""
        return len(self.ids)


NEVER = -(2**31)
_YEARS = 10_000  # added to every year, so that it is above 0
_AT_A_TIME = 250_000  # names


def cards(ledger: Ledger, *, holders: bool = False) -> Cards:
    """The cards of every party of a ledger; `holders`: only those who hold an account are asked for."""
    parties = columns(ledger, "parties", "id", "name", "kind", "country", "founded", "lei", "register_number", "vat")
    order = parties["id"].arg_sort()
    ids = parties["id"].gather(order)
    kind = parties["kind"].cast(pl.String).replace("unknown", None).gather(order)
    country = parties["country"].gather(order)
    person = (kind == "person").fill_null(value=False)
    accounts = columns(ledger, "accounts", "id", "holder", "scheme").drop_nulls("holder")
    rows = np.zeros((len(ids), len(FIELDS)), np.uint32)

    def say(name: str, value: Codes) -> None:
        rows[:, FIELDS.index(name)] = value

    for name, value in _identified(parties, order):
        say(name, value)
    born = parties["founded"].gather(order)
    say("born", born.cast(pl.Int32).fill_null(NEVER).to_numpy().view(np.uint32))
    say("year", (born.dt.year() + _YEARS).fill_null(0).cast(pl.UInt32).to_numpy())
    say("kind", _codes(kind))
    say("country", _codes(country))
    names = _names(parties["name"], order, person, country)
    say("form", names.form)
    number, words = _numbered(names.words)
    say("name", number)
    say("number", np.where((number > 0) & ~person.to_numpy(), names.numbers + 1, 0).astype(np.uint32))
    base = names.base
    del names
    bearers = np.bincount(number, minlength=len(words)).astype(np.int64)
    tokens, token = _tokens(words)
    says = _says(tokens, bearers, len(token), len(parties))
    return Cards(
        ids=ids,
        order=order,
        rows=rows,
        words=_text(words),
        base=base,
        bearers=bearers,
        bits=_bits(tokens, says),
        tokens=tokens,
        token=token,
        says=says,
        postcode=_many(_postcodes(ledger), ids),
        iban=_many(_held(accounts), ids),
        asked=ids.is_in(accounts["holder"].implode()).to_numpy() if holders else np.ones(len(ids), bool),
    )


def columns(ledger: Ledger, name: str, *wanted: str) -> pl.DataFrame:
    """Some columns of a table as the ledger holds it, without making those that no row fills but are not wanted."""
    kinds = table(name).columns()
    frame = ledger.tables.get(name, pl.DataFrame())
    if not frame.columns:
        return pl.DataFrame(schema={column: kinds[column].dtype for column in wanted})
    absent = [pl.lit(None, dtype=kinds[column].dtype).alias(column) for column in wanted if column not in frame.columns]
    return frame.with_columns(absent).select(wanted)


def _identified(parties: pl.DataFrame, order: pl.Series) -> Iterator[tuple[str, Codes]]:
    """Numbers for the identifiers, and for the countries they count in."""
    known = usable(parties.select("country", "lei", "register_number", "vat"))
    for column in known:
        yield column.name, _codes(column)[order.to_numpy()]
    for name, of in (("register", "register_number"), ("vat_in", "vat")):
        yield name, _codes(known[of].str.extract("^([^:]*):"))[order.to_numpy()]


def _text(names: pl.Series) -> Text:
    """The names one behind the other; null is empty."""
    ptr = np.zeros(len(names) + 1, np.int64)
    np.cumsum(names.str.len_bytes().fill_null(0).to_numpy(), out=ptr[1:])
    parts = [
        np.frombuffer(names[at : at + _AT_A_TIME].str.join("").item().encode(), np.uint8)
        for at in range(0, len(names), _AT_A_TIME)
    ]
    return Text(ptr, np.concatenate([np.zeros(0, np.uint8), *parts]))


@dataclass(frozen=True)
class _Names:
    """Every name taken apart; what is not needed as text is numbered at once, to save memory."""

    words: pl.Series
    base: Text
    form: Codes
    numbers: Codes


def _names(written: pl.Series, order: pl.Series, person: pl.Series, country: pl.Series) -> _Names:
    """Every name taken apart, some at a time; `base` only where it is not the sorted words."""
    kinds = pl.Enum(sorted(set(forms().values())))
    words: list[pl.Series] = []
    base: list[Text] = []
    form: list[Codes] = []
    numbers: list[pl.DataFrame] = []
    for at in range(0, max(1, len(order)), _AT_A_TIME):
        here = slice(at, at + _AT_A_TIME)
        told = {"name": written.gather(order[here]).fill_null(""), "person": person[here], "country": country[here]}
        part = parted(pl.DataFrame(told))
        words.append(part["words"])
        base.append(_text(part.select(pl.when(pl.col("base") != pl.col("words")).then("base"))["base"]))
        form.append((part["form"].cast(kinds).to_physical().cast(pl.UInt32) + 1).fill_null(0).to_numpy())
        numbers.append(part.select("numbers").with_row_index("at", at).drop_nulls())
    rare = pl.concat(numbers)
    number = np.zeros(len(order), np.uint32)
    number[rare["at"].to_numpy()] = _codes(rare["numbers"])
    return _Names(pl.concat(words), _one_text(base), np.concatenate(form), number)


def _one_text(parts: list[Text]) -> Text:
    """Several texts, one behind the other."""
    size = np.concatenate([np.diff(part.ptr) for part in parts])
    return Text(np.concatenate([[0], np.cumsum(size)]), np.concatenate([part.letter for part in parts]))


def _codes(values: pl.Series) -> Codes:
    """A number for every distinct value; 0 for null. It is the first place of the value, counted from 1.

    Values with one hash are taken together; should two values ever have the same, the slower way is gone.
    """
    key = values.hash().to_numpy()
    order = np.argsort(key, kind="stable").astype(np.uint32)
    new = np.ones(len(key), np.bool_)
    new[1:] = key[order[1:]] != key[order[:-1]]
    first = order[new]
    place = np.empty(len(key), np.uint32)
    place[order] = np.repeat(first, np.diff(np.flatnonzero(new), append=len(key)))
    del key, order, new
    if not all(
        values[at : at + _AT_A_TIME].eq_missing(values.gather(place[at : at + _AT_A_TIME])).all()
        for at in range(0, len(place), _AT_A_TIME)
    ):
        frame = values.alias("value").to_frame().with_row_index("at")
        place = frame.select(pl.col("at").first().over("value"))["at"].to_numpy()
    return np.where(values.is_null().to_numpy(), 0, place + np.uint32(1)).astype(np.uint32)


def _numbered(values: pl.Series) -> tuple[Codes, pl.Series]:
    """Numbers without gaps, and the value of every number; the empty text is number 0."""
    place = _codes(pl.select(pl.when(values != "").then(values)).to_series())
    there = np.zeros(len(values) + 1, np.bool_)
    there[place] = True
    there[0] = True
    number = np.cumsum(there, dtype=np.uint32) - np.uint32(1)
    distinct = values.gather(np.flatnonzero(there[1:]))
    return number[place], pl.concat([pl.Series([""]), distinct]).alias("value")


def _tokens(words: pl.Series) -> tuple[Many, pl.Series]:
    """Every distinct word of every name."""
    split = words.str.split(" ")
    owner = np.repeat(np.arange(len(words), dtype=np.uint32), split.list.len().to_numpy())
    code, token = _numbered(split.explode(empty_as_null=True))
    return _sorted(owner[code > 0], code[code > 0], len(words)), token


def _says(tokens: Many, bearers: NDArray[np.int64], size: int, parties: int) -> NDArray[np.float64]:
    each = np.repeat(bearers, np.diff(tokens.ptr))
    spread = np.bincount(tokens.value, weights=each, minlength=size)
    return np.log2(max(1, parties) / np.maximum(spread, 1))


def _bits(tokens: Many, says: NDArray[np.float64]) -> NDArray[np.float64]:
    names = len(tokens.ptr) - 1
    of = np.repeat(np.arange(names), np.diff(tokens.ptr))
    return np.bincount(of, weights=says[tokens.value], minlength=names).astype(np.float64)


def _postcodes(ledger: Ledger) -> pl.DataFrame:
    code = pl.col("postcode").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    return (
        columns(ledger, "addresses", "party", "postcode")
        .select("party", code.alias("value"))
        .filter(pl.col("value") != "")
    )


def _held(accounts: pl.DataFrame) -> pl.DataFrame:
    """IBANs that stand more than once in different spellings, with who holds them."""
    told = accounts.filter(pl.col("scheme").cast(pl.String) == "IBAN").with_columns(
        pl.col("id").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "").alias("value")
    )
    twice = told.filter(pl.col("value").is_duplicated())
    return twice.select(pl.col("holder").alias("party"), ibans(twice["value"]).alias("value"))


def _many(told: pl.DataFrame, ids: pl.Series) -> Many:
    """The values of every party: columns party, value; those of parties that are not here are left out."""
    rows = told.drop_nulls()
    if not len(ids):
        rows = rows.clear()
    at = np.minimum(ids.search_sorted(rows["party"]).to_numpy(), max(0, len(ids) - 1))
    here = (ids.gather(at) == rows["party"]).to_numpy()
    return _sorted(at[here].astype(np.uint32), _codes(rows["value"])[here], len(ids))


def _sorted(owner: NDArray[np.uint32], value: Codes, size: int) -> Many:
    """Every value of every owner once, in order."""
    ptr = np.zeros(size + 1, np.int64)
    if not len(owner):  # the system gives noughts no memory until they are written over
        return Many(ptr, value)
    both = (owner.astype(np.uint64) << np.uint64(32)) | value
    both.sort()
    both = both[np.append(True, both[1:] != both[:-1])]
    np.cumsum(np.bincount((both >> np.uint64(32)).astype(np.int64), minlength=size), out=ptr[1:])
    return Many(ptr, both.astype(np.uint32))
