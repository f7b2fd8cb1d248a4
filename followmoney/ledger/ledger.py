"""`Ledger`: checked tables, refused rows, and where every row came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from followmoney.errors import InputError, unknown
from followmoney.ledger import _saved
from followmoney.ledger._merges import digest, no_merges
from followmoney.ledger._reading import Reading
from followmoney.ledger._take import Taken, take
from followmoney.ledger._unnamed import unnamed
from followmoney.schema import TABLES, table

_SOURCES = {
    "source": pl.String, "sha256": pl.String, "size": pl.Int64, "reader": pl.String, "specification": pl.String,
    "rows": pl.Int64, "taken": pl.Int64, "refused": pl.Int64,
}  # fmt: skip

_NAMED = 5  # identifiers a note lists


@dataclass(frozen=True)
class Ledger:
    """What the sources say: checked tables that never change, and the rows that were refused, each with its rule."""

    numbered: pl.DataFrame
    """Transactions in order of (booked_at, sequence, id); the two ends are numbers of rows in `accounts`. Optional
    columns that no row fills are absent. For people, use `transactions`."""
    tables: Mapping[str, pl.DataFrame]
    """Every other table, by name; `accounts` holds every account seen, numbered by its row."""
    refused: pl.DataFrame
    """Rows not taken in: table, source, row, rule, rules, values."""
    sources: pl.DataFrame
    """Files read: source, sha256, size, reader, specification, rows, taken, refused (rows = taken + refused; a row that
    gave rows of two tables, a movement and the balance after it, or none of its own, counts once)."""
    notes: tuple[str, ...] = ()
    """What readers assumed, in sentences."""
    merges: pl.DataFrame = field(default_factory=no_merges)
    """Parties that are counted with another, each with the reason: see `followmoney.resolve`. Empty as loaded."""

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Ledger:
        """Check what readers found and number it. Cost: one pass over the files, one sort where needed."""
        readings = list(readings)
        names = [s.name for r in readings for s in r.sources]
        if len(set(names)) != len(names):
            raise InputError("Two files have the same name within what was loaded; load the folder above them.")
        found = take(readings)
        rows = [
            (*astuple(s), found.taken[s.name] + found.lost[s.name], found.taken[s.name], found.lost[s.name])
            for r in readings
            for s in r.sources
        ]
        sources = pl.DataFrame(rows, schema=_SOURCES, orient="row").sort("source")
        notes = (
            *(n for r in readings for n in r.notes),
            *_not_booked(found.numbered),
            *unnamed(found),
            *_twice(found),
            *_reworded(found.refused),
            *found.notes,
        )
        return cls(found.numbered, found.tables, found.refused, sources, notes)

    @property
    def transactions(self) -> pl.DataFrame:
        """Every transaction with the identifiers of its two accounts, and every column of the schema."""
        ids = self.accounts["id"]
        frame = self.numbered.with_columns(
            ids.gather(self.numbered["originator"]).alias("originator"),
            ids.gather(self.numbered["beneficiary"]).alias("beneficiary"),
        )
        return _complete("transactions", frame)

    @property
    def accounts(self) -> pl.DataFrame:
        """Every account named by a source or seen as a counterparty; row number = account number."""
        return self.tables["accounts"]

    def __getitem__(self, name: str) -> pl.DataFrame:
        """A table by name, with every column of the schema."""
        if name not in TABLES:
            raise InputError(unknown("table", name, TABLES))
        if name == "transactions":
            return self.transactions
        if name not in self._whole:
            self._whole[name] = _complete(name, self.tables.get(name, pl.DataFrame()))
        return self._whole[name].clone()  # so that a column put in by a reader is his own

    @cached_property
    def _whole(self) -> dict[str, pl.DataFrame]:
        """Tables that were asked for, with every column: a trace asks for the same ones again and again."""
        return {}

    @property
    def parties(self) -> pl.DataFrame:
        """Persons and legal entities."""
        return self["parties"]

    @property
    def interests(self) -> pl.DataFrame:
        """Who owns or controls what share of whom, as registers say it now.

        What a register once said and has corrected since is in `ledger["interests"]`, with a `known_to`.
        """
        every = self["interests"]
        return every if every["known_to"].null_count() == len(every) else every.filter(pl.col("known_to").is_null())

    @property
    def assets(self) -> pl.DataFrame:
        """Things money was turned into."""
        return self["assets"]

    @property
    def balances(self) -> pl.DataFrame:
        """What statements say stood on accounts."""
        return self["balances"]

    def purchases(self) -> pl.DataFrame:
        """Which transaction paid for which asset: transaction, asset, assets; several paid at once read "a1 + a2".

        A loan (an asset of kind receivable) is left out: the money lent is not gone into it, it is with the borrower.
        """
        bought = self.assets.filter(pl.col("kind").cast(pl.String) != "receivable").sort("id")
        paid = (
            bought.select("id", "acquired_by")
            .explode("acquired_by", empty_as_null=True)
            .drop_nulls()
            .unique(maintain_order=True)
        )
        named = paid.group_by("acquired_by", maintain_order=True).agg(
            pl.col("id").str.join(" + ").alias("asset"), pl.col("id").alias("assets")
        )
        return named.rename({"acquired_by": "transaction"}).sort("transaction")

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the files' fingerprints and the way they were read: the same for the same evidence.

        Merged parties make another ledger of it.
        """
        lines = self.sources.sort("sha256", "reader", "specification").select(
            "sha256", "reader", pl.col("specification").fill_null("")
        )
        text = "\n".join([*(" ".join(row) for row in lines.iter_rows()), *digest(self.merges)])
        return hashlib.sha256(text.encode()).hexdigest()

    def summary(self) -> pl.DataFrame:
        """Per table: rows in, taken and refused; rows in = taken + refused."""
        taken = {"transactions": len(self.numbered)} | {
            n: int((f["source"].cast(pl.String) != "").sum()) for n, f in self.tables.items() if len(f)
        }
        lost = dict(self.refused.group_by("table").len().iter_rows())
        names = [n for n in TABLES if taken.get(n, 0) or lost.get(n, 0)]
        rows = [(n, taken.get(n, 0) + lost.get(n, 0), taken.get(n, 0), lost.get(n, 0)) for n in names]
        schema = {"table": pl.String, "rows": pl.Int64, "taken": pl.Int64, "refused": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def totals(self) -> pl.DataFrame:
        """Per currency: transactions, payments they stand for, their exact sum (minor units), the first and last."""
        stated = "count" in self.numbered.columns
        payments = pl.col("count").cast(pl.Int128).sum() if stated else pl.len().cast(pl.Int128)
        amount = pl.col("amount").cast(pl.Int128).sum()
        frame = self.numbered.lazy()
        totals = frame.group_by("currency").agg(
            pl.len().cast(pl.Int64).alias("transactions"),
            payments.alias("payments"),
            amount.alias("amount"),
            pl.col("booked_at").min().alias("first"),
            pl.col("booked_at").max().alias("last"),
        )
        return totals.sort("currency").collect()

    def between(self, start: str | date | datetime, end: str | date | datetime) -> Ledger:
        """Only transactions booked from `start` up to and including `end` (days count whole)."""
        from followmoney.ledger.when import first, last

        return self._keep((pl.col("booked_at") >= first(start)) & (pl.col("booked_at") <= last(end)))

    def touching(self, *accounts: str) -> Ledger:
        """Only transactions that debit or credit one of these accounts, or an account held by one of these parties."""
        known = self.accounts
        holder = pl.col("holder").is_in(accounts) if "holder" in known.columns else pl.lit(value=False)
        wanted = known.with_row_index("number").filter(pl.col("id").is_in(accounts) | holder)["number"]
        if not len(wanted):
            raise InputError(unknown("account or holder", accounts[0] if accounts else "", known["id"].head(10_000)))
        return self._keep(pl.col("originator").is_in(wanted.implode()) | pl.col("beneficiary").is_in(wanted.implode()))

    def only(self, *ids: str) -> Ledger:
        """Only these transactions."""
        missing = set(ids) - set(self.numbered.filter(pl.col("id").is_in(ids))["id"])
        if missing:
            raise InputError(unknown("transaction", min(missing), self.numbered["id"].head(10_000)))
        return self._keep(pl.col("id").is_in(ids))

    def _keep(self, which: pl.Expr) -> Ledger:
        return replace(self, numbered=self.numbered.filter(which))

    def save(self, folder: str | Path) -> Path:
        """Write the checked, numbered ledger to a folder that `load` reopens at a small fraction of the first cost."""
        return _saved.save(self, Path(folder))

    def __repr__(self) -> str:
        """One line: how much was taken and refused."""
        counts = f"{len(self.numbered):,} transactions, {len(self.accounts):,} accounts"
        return f"Ledger({counts}, {len(self.refused):,} rows refused)"

    def _repr_html_(self) -> str:
        from html import escape

        tables = "".join(frame._repr_html_() for frame in (self.totals(), self.summary()))  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(repr(self))}</b></p>{tables}"


def _twice(found: Taken) -> list[str]:
    """What was done with transfers that two statements show."""
    notes = list[str]()
    if (mirrors := found.tables.get("mirrors")) is not None:
        notes.append(
            f"{len(mirrors):,} transfers stand on the statements of both their ends: each counts once, and the other "
            "row is in the table mirrors."
        )
    if found.unpaired:
        notes.append(
            f"{found.unpaired:,} rows may be the other side of a transfer on another statement, and nobody can say of "
            "which: all were taken. Look for transfers of one amount between the same two accounts within days."
        )
    if found.unlike:
        notes.append(
            f"{found.unlike:,} transfers may stand on the statements of both their ends under two references: both "
            "rows were taken, so the money may be counted twice. Look for transfers of one amount between the same two "
            "accounts within days."
        )
    return notes


def _reworded(refused: pl.DataFrame) -> list[str]:
    """A sentence where sources repeat transactions in other words."""
    again = refused.filter(pl.col("rule") == "id|wording").sort("source", "row")
    if not len(again):
        return []
    source, row = again.select("source", "row").row(0)
    return [
        (
            f"{len(again):,} rows repeat a transaction in other words, as {source} row {row} does: of each the first "
            "by file and row was taken."
        )
    ]


def _not_booked(numbered: pl.DataFrame) -> list[str]:
    """A sentence for every status in which a row moves no money."""
    if "status" not in numbered.columns:
        return []
    rows = numbered.filter(pl.col("status").cast(pl.String) != "booked").group_by(pl.col("status").cast(pl.String))
    return [
        f"Taken, but moving no money: {len(ids):,} {status} transaction{'' if len(ids) == 1 else 's'} "
        f"({', '.join(ids[:_NAMED])}{' …' if len(ids) > _NAMED else ''})."
        for status, ids in rows.agg(pl.col("id").sort()).sort("status").iter_rows()
    ]


def _complete(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    wanted, there = {n: c.dtype for n, c in table(name).columns().items()}, frame.schema
    if not there:
        return pl.DataFrame(schema=wanted)
    empty = {n: pl.lit(None, dtype=dtype) for n, dtype in wanted.items() if n not in there}
    typed = {n: pl.col(n).cast(dtype) for n, dtype in wanted.items() if n in there and there[n] != dtype}
    return frame.select(empty.get(n, typed.get(n, pl.col(n))).alias(n) for n in wanted)
