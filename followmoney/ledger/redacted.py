"""A ledger for sharing: pseudonyms for identifiers and names, no free text; it traces to the same figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from followmoney.ledger._pseudonyms import Pseudonyms
from followmoney.ledger._redaction import CODE, DROPPED, EITHER, FIRMS, KEPT, RANK, TREATMENTS, WHO, kind_of
from followmoney.schema.rules import RULES
from followmoney.schema.sentence import sentence

if TYPE_CHECKING:
    from followmoney.ledger.ledger import Ledger

_CODE = r"^[A-Z]?\d{1,10}(\.\d{1,2}){0,2}$"
_RULE = r"^[a-z_]+\|[a-z_]+$"
_NUMBERED = ("originator", "beneficiary")  # they are rows of the accounts
_FIRMS = ("company", "trust", "public body")
_NOTES = (
    "Redacted: texts are dropped; identifiers and names are pseudonyms (HMAC-SHA256).",
    "The salt of the pseudonyms has the check value {}; ledgers with the same have the same name for one account.",
    "Amounts, currencies, times and countries are kept: whoever has the bank's own records can tell a payment by them.",
    "Row numbers are kept as they stand in the files: whoever has a file can tell a row by its number.",
)


@dataclass(frozen=True, eq=False)
class Redacted:
    """A redacted ledger, what was done to every column, and the key, which stays with whoever made it."""

    ledger: Ledger
    register: pl.DataFrame
    """Table, column, treatment (kept, dropped, pseudonym …), cells (that were not empty)."""
    check: str
    """Equal for equal salts: whoever compares two copies looks here first."""
    key: pl.DataFrame = field(repr=False)
    """Kind, original, pseudonym: to read answers of others. Never hand it out."""

    def pseudonym(self, kind: str, original: str) -> str | None:
        """What an account, party, transaction or asset is called in the copy; None where it is not in the ledger."""
        found = self.key.filter(pl.col("kind") == kind, pl.col("original") == original)["pseudonym"]
        return found[0] if len(found) else None


def redacted(ledger: Ledger, salt: bytes) -> Redacted:
    """A copy of a ledger for sharing; the same ledger and salt give the same copy.

    Identifiers of accounts, parties, transactions and assets, names, references, terminals, institutions and files
    become pseudonyms; purposes, places, addresses, descriptions, refused cells and notes are dropped; dates of birth
    too. Codes, days, amounts, shares and row numbers are kept, and the order of transactions, so that patterns that
    need no text and every trace give the same figures. What is not known to be safe is dropped: see `_redaction.py`.

    Args:
        ledger: What is to be shared.
        salt: At least 16 secret bytes, agreed on for one operation: whoever has them can try any account number.

    Cost: about 2 µs an identifier.

    Raises:
        SettingsError: The salt is too short, or repeats a few bytes.
    """
    from followmoney.ledger.ledger import Ledger

    names = Pseudonyms(salt)
    ids = ledger.numbered["id"]
    names.named("transaction", ids, _ordered(ledger.numbered, [names.of("transaction", one) for one in ids]))
    files = {one: names.of("source", one) for one in sorted({"", *ledger.sources["source"]}) if one}
    frames = {"transactions": ledger.numbered, **ledger.tables}
    known = (set(ledger.accounts["id"]), set(ledger.parties["id"]))
    made = {name: _table(name, frame, names, files, known) for name, frame in frames.items()}
    register = _register(ledger, frames)
    copy = Ledger(
        made.pop("transactions"),
        made,
        _refused(ledger.refused, files),
        _sources(ledger.sources, names, files),
        tuple(note.format(names.check) for note in _NOTES),
        _merges(ledger.merges, names),
    )
    return Redacted(copy, register, names.check, names.key())


def _ordered(numbered: pl.DataFrame, given: list[str]) -> pl.Series:
    """Pseudonyms that stand in the order of the identifiers wherever that order decides: within one instant."""
    posted = pl.col("sequence") if "sequence" in numbered.columns else pl.lit(None, dtype=pl.Int64)
    tied = numbered.select("booked_at", posted.alias("sequence"), pl.Series("name", given, dtype=pl.String))
    place, of = pl.int_range(pl.len()).over("booked_at", "sequence"), pl.len().over("booked_at", "sequence")
    text = sentence("t{}-{}", (place + 1).cast(pl.String).str.zfill(9), "name")
    return tied.select(pl.when(of > 1).then(text).otherwise("name")).to_series()


def _table(
    name: str, frame: pl.DataFrame, names: Pseudonyms, files: dict[str, str], known: tuple[set[str], set[str]]
) -> pl.DataFrame:
    """A table with every column treated; those that are dropped are absent, as columns without a cell are."""
    columns: list[pl.Series] = []
    for column in frame:
        treatment = TREATMENTS[name].get(column.name, DROPPED)
        kind = kind_of(treatment)
        if column.name == "source":
            columns.append(_renamed(column, files))
        elif treatment == KEPT or (name == "transactions" and column.name in _NUMBERED):
            columns.append(column)
        elif kind is not None:
            columns.append(names.column(kind, column))
        elif treatment != DROPPED:
            columns.append(_treated(treatment, column, frame, names, known))
    return pl.DataFrame([_alone(c) for c in columns if not len(c) or c.null_count() < len(c)])


def _alone(column: pl.Series) -> pl.Series:
    """The column built anew, if it is text: beneath what is left of a column may lie what was there before."""
    return pl.Series(column.name, column.to_list(), dtype=pl.String) if column.dtype == pl.String else column


def _treated(
    treatment: str, column: pl.Series, frame: pl.DataFrame, names: Pseudonyms, known: tuple[set[str], set[str]]
) -> pl.Series:
    at = column.name
    if treatment == RANK:
        return frame.select(pl.col(at).rank("dense").over("booked_at").cast(pl.Int64)).to_series()
    if treatment == FIRMS:
        firm = pl.col("kind").cast(pl.String).is_in(_FIRMS) if "kind" in frame.columns else pl.lit(value=False)
        return frame.select(pl.when(firm).then(pl.col(at)).alias(at)).to_series()
    if treatment == CODE:
        return frame.select(pl.when(pl.col(at).str.contains(_CODE)).then(pl.col(at)).alias(at)).to_series()
    first, kinds = {EITHER: (known[0], ("account", "party")), WHO: (known[1], ("party", "name"))}[treatment]
    told = [None if one is None else names.of(kinds[0] if one in first else kinds[1], one) for one in column]
    return pl.Series(at, told, dtype=pl.String)


def _renamed(column: pl.Series, files: dict[str, str]) -> pl.Series:
    """Names of files by their pseudonyms, in a type that has no other names in it."""
    text = column.cast(pl.String).replace_strict(files, default="", return_dtype=pl.String)
    return text.cast(pl.Enum(["", *sorted(files.values())]))


def _refused(refused: pl.DataFrame, files: dict[str, str]) -> pl.DataFrame:
    """Where rows were refused and by which rule, without their cells."""
    named = pl.col("rule").str.contains(_RULE) | pl.col("rule").is_in([r for some in RULES.values() for r in some])
    rule = pl.when(named).then("rule").otherwise(pl.lit("other"))
    source = _renamed(refused["source"], files).cast(pl.String)
    told = refused.with_columns(source, rule.alias("rule"), rule.alias("rules"), pl.lit("{}").alias("values"))
    return told.sort("source", "table", "row", "rule")


def _sources(sources: pl.DataFrame, names: Pseudonyms, files: dict[str, str]) -> pl.DataFrame:
    hashed = [
        pl.Series(at, [None if one is None else names.hashed(one) for one in sources[at]], dtype=pl.String)
        for at in ("sha256", "specification")
    ]
    source = _renamed(sources["source"], files).cast(pl.String)
    return sources.with_columns(source, *hashed, names.column("reader", sources["reader"])).sort("source")


def _merges(merges: pl.DataFrame, names: Pseudonyms) -> pl.DataFrame:
    parties = [names.column("party", merges[at]) for at in ("party", "into")]
    empty = [pl.lit("", dtype=pl.String).alias(at) for at in ("decided_by", "reason")]
    return merges.with_columns(*parties, *empty).sort("party")


def _register(ledger: Ledger, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    rows = [
        (name, column.name, TREATMENTS[name].get(column.name, DROPPED), len(column) - column.null_count())
        for name, frame in frames.items()
        for column in frame
    ]
    rows += [
        ("refused", "values", DROPPED, len(ledger.refused)), ("notes", "text", DROPPED, len(ledger.notes)),
        *(("merges", at, DROPPED, len(ledger.merges)) for at in ("decided_by", "reason")),
        *(("sources", at, "pseudonym", len(ledger.sources)) for at in ("sha256", "specification", "reader")),
    ]  # fmt: skip
    schema = {"table": pl.String, "column": pl.String, "treatment": pl.String, "cells": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("table", "column")
