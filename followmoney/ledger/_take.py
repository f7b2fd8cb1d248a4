"""Readings → the numbered transactions, the other tables, and the refused rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from followmoney.ledger._check import check, no_refused, unique
from followmoney.ledger._mentioned import OWN, completed
from followmoney.ledger._mirrors import paired, renamed
from followmoney.ledger._number import CASH, UNKNOWN, in_order, number, with_ends
from followmoney.ledger._reading import Part, Reading
from followmoney.schema import TABLES, table


@dataclass(frozen=True)
class Taken:
    """What came out of the readings."""

    numbered: pl.DataFrame
    tables: dict[str, pl.DataFrame]
    refused: pl.DataFrame
    taken: Counter[str]
    """Rows taken, by source; a row that gave rows of several tables counts once."""
    lost: Counter[str]
    """Rows refused, by source."""
    unpaired: int
    """Rows that may be the other side of a transfer and could not be told apart; each was taken as its own."""
    unlike: int
    """Pairs of rows that may be the two sides of a transfer but for their references; both were taken."""
    notes: list[str]
    """What sources say differently of one account or party."""


def take(readings: Sequence[Reading]) -> Taken:
    """Check every part, number the transactions, complete the accounts."""
    sources = pl.Enum(["", *sorted({s.name for r in readings for s in r.sources})])
    categories = pl.Categories.random(), pl.Categories.random()
    taken, lost, counted = Counter[str](), Counter[str](), set[tuple[str, str]]()
    refused: list[pl.DataFrame] = []
    found, mentioned = ({name: list[pl.DataFrame]() for name in TABLES} for _ in range(2))
    for part in (p for r in readings for p in r.parts):
        rows, broken = _checked(part, sources, categories)
        taken[part.source] += part.used
        if part.mention:
            mentioned[part.table].append(rows.with_columns(pl.lit(part.own).alias(OWN)))
        else:
            found[part.table].append(rows)
        refused.append(broken)
        if not part.derived:
            taken[part.source] += len(rows)
            lost[part.source] += len(broken)
            counted.add((part.table, part.source))
        del rows
    tables: dict[str, pl.DataFrame] = {}
    for name in [name for name, frames in found.items() if frames]:
        tables[name], again = unique(name, _together(found[name]))
        refused.append(again)
        for source, times in again["source"].value_counts().iter_rows():
            if (name, source) in counted:
                taken[source] -= times
                lost[source] += times
    notes = list[str]()
    for name in [name for name, frames in mentioned.items() if frames]:
        tables[name], said = completed(name, tables.get(name, pl.DataFrame()), _together(mentioned[name]))
        notes += said
    if not len(tables.get("transactions", ())):
        tables["transactions"] = _no_transactions(sources, categories[0])
    pairs = _mirrored(tables)
    numbered, ids = number(in_order(tables.pop("transactions")))  # nothing else holds the rows while they are moved
    tables = {name: tables[name] for name in TABLES if len(tables.get(name, ()))}
    tables["accounts"] = _accounts(ids, tables.get("accounts"), sources)
    order = pl.concat([no_refused(), *refused]).sort("source", "table", "row", "rule")
    return Taken(_shrink(numbered), tables, order, taken, lost, *pairs, notes)


def _checked(
    part: Part, sources: pl.Enum, categories: tuple[pl.Categories, pl.Categories]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    if part.table != "transactions":
        return check(part, sources)
    accounts, currencies = (pl.Categorical(c) for c in categories)
    codes = dict.fromkeys(_ACCOUNTS, accounts) | dict.fromkeys(_CURRENCIES, currencies)
    rows, broken = check(part, sources, codes | {"row": pl.UInt32()})  # small types while rows are read
    return with_ends(rows, accounts), broken


def _mirrored(tables: dict[str, pl.DataFrame]) -> tuple[int, int]:
    """Each transfer once, where the statements of both its ends show it; who names the other row names the one kept.

    Returns `Taken.unpaired` and `Taken.unlike`.
    """
    found = paired(tables["transactions"])
    if not len(found.mirrors):
        return found.left, found.unlike
    tables["transactions"], tables["mirrors"] = found.rows, found.mirrors
    for name, frame in tables.items():
        if len(frame) and name != "mirrors":
            naming = [c for c, column in table(name).columns().items() if (column.metadata or {}).get("ref") == _ID]
            tables[name] = renamed(frame, naming, found.mirrors)
    return found.left, found.unlike


def _together(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """One frame of all parts of a table; the list is emptied."""
    frame = pl.concat(frames, how="diagonal")
    frames.clear()
    return frame


def _no_transactions(sources: pl.Enum, categories: pl.Categories) -> pl.DataFrame:
    columns = {n: c.dtype for n, c in table("transactions").columns().items() if not c.nullable}
    frame = pl.DataFrame(schema=columns | {"source": sources, "row": pl.UInt32()})
    return frame.with_columns(pl.col("originator", "beneficiary").cast(pl.Categorical(categories)))


_ID = "transactions"
_ACCOUNTS, _CURRENCIES = ("originator", "beneficiary"), ("currency", "currency_received")


def _accounts(ids: pl.Series, known: pl.DataFrame | None, sources: pl.Enum) -> pl.DataFrame:
    """Every account, in number order: those that moved money, then those only named by a source."""
    seen = ids.to_frame()
    if known is None:
        frame = seen
    else:
        rest = known.join(seen, on="id", how="anti").select("id").sort("id")
        frame = pl.concat([seen, rest]).join(known, on="id", how="left", maintain_order="left")
    scheme = table("accounts").columns()["scheme"].dtype
    wanted = {"scheme": scheme, "currency": pl.String(), "source": sources, "row": pl.Int64()}
    derived = [pl.lit(None, dtype=d).alias(c) for c, d in wanted.items() if c not in frame.columns]
    outside = pl.col("id").str.extract_groups(rf"^\((?<kind>{CASH}|{UNKNOWN}) (?<currency>[A-Z]{{3,5}})\)$")
    kind, currency = outside.struct.field("kind"), outside.struct.field("currency")
    return frame.with_columns(*derived).with_columns(
        pl.coalesce("scheme", kind.cast(scheme)), pl.coalesce("currency", currency),
        pl.col("source").fill_null(pl.lit("").cast(sources)), pl.col("row").fill_null(0),
    )  # fmt: skip


def _shrink(numbered: pl.DataFrame) -> pl.DataFrame:
    """Small types for columns with few values, so that a ledger of 10^8 transactions fits a laptop."""
    there = [c for c in _CURRENCIES if c in numbered.columns]
    known = pl.Enum(sorted({code for c in there for code in numbered[c].unique().to_list()} - {None}))
    return numbered.with_columns(pl.col(there).cast(known))
