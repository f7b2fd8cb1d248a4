"""Rows as found → rows taken and rows refused, by the rules of the schema; every row ends in exactly one of the two."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache

import dataframely as dy
import polars as pl

from followmoney.errors import DamagedError, InputError, unknown
from followmoney.ledger._number import like_outside
from followmoney.ledger._reading import FOUND_BROKEN, FOUND_LINE, FOUND_ROW, Part
from followmoney.ledger._typed import in_range, showable, typed
from followmoney.schema import key, table
from followmoney.schema.refusals import names_accounts
from followmoney.schema.rules import RULES
from followmoney.schema.sentence import sentence

REFUSED = {
    "table": pl.String, "source": pl.String, "row": pl.Int64, "rule": pl.String, "rules": pl.String,
    "values": pl.String,
}  # fmt: skip
"""Columns of `Ledger.refused`: the first rule broken, all of them, and the cells as found (JSON)."""

_PROVENANCE = ("source", "row")
_BROKEN = "broken"
_ENDS = ("originator", "beneficiary")  # may be empty one at a time: see the rule one_end_known


@cache
def no_refused() -> pl.DataFrame:
    """An empty table of refused rows; it is never changed."""
    return pl.DataFrame(schema=REFUSED)


def check(
    part: Part, sources: pl.Enum, stored: Mapping[str, pl.DataType] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split one part into rows taken (typed, `source` and `row` last) and rows refused.

    One pass evaluates every rule of the columns present; only the rows that fail are looked at rule by rule. In the
    same pass a column gets the type it is `stored` in, if not that of the schema. Optional columns that are absent or
    all empty are left out of the taken rows.
    """
    columns = table(part.table).columns()
    found = part.rows.collect_schema()
    _no_strangers(part, found, columns)
    given = {name: column for name, column in columns.items() if name in found and name not in _PROVENANCE}
    rules = _rules(part.table, given, found)
    kept = pl.all_horizontal(rules.values()).fill_null(value=True) if rules else pl.lit(value=True)
    if _BROKEN in found:
        kept &= pl.col(_BROKEN).is_null()
    cells = {name: typed(name, column.dtype, found[name]) for name, column in given.items()}
    cells |= {"source": pl.lit(part.source).cast(sources), "row": pl.col("row").cast(pl.Int64)}
    cells |= {name: cells[name].cast(dtype) for name, dtype in (stored or {}).items() if name in cells}
    taken = _collected(part, part.rows.select(**cells, _kept=kept))
    keep = taken.drop_in_place("_kept")
    if keep.all():
        return _without_empty(taken), no_refused()
    broken = _collected(part, part.rows.filter(~kept))
    return _without_empty(taken.filter(keep)), _named(part, broken, rules)


def _collected(part: Part, rows: pl.LazyFrame) -> pl.DataFrame:
    try:
        return rows.collect(engine="streaming")
    except (pl.exceptions.ComputeError, OSError) as error:
        said = f"{part.source} cannot be read to its end ({str(error).splitlines()[0]}). Copy or export it again."
        raise DamagedError(said, part.source, "it cannot be read to its end") from None


def _no_strangers(part: Part, found: pl.Schema, columns: Mapping[str, dy.Column]) -> None:
    known = [c for c in columns if c not in _PROVENANCE]
    for name in found:
        if name not in columns and name != _BROKEN:
            raise InputError(f"{part.source}: table {part.table}: {unknown('column', name, known)}")
    for name in known:
        if name not in found and not columns[name].nullable and name not in _ENDS:
            raise InputError(
                f"{part.source}: table {part.table} has no column {name!r} ({columns[name].description}) "
                f"{_there(found)} Name the column in an import specification, or add it."
            )
    if set(_ENDS) <= set(columns) and not set(_ENDS) & set(found):
        raise InputError(
            f"{part.source}: table {part.table} has neither of the columns {' and '.join(map(repr, _ENDS))}: it does "
            f"not say who paid whom. {_there(found)} Name one of them in an import specification, or add it."
        )


def _there(found: pl.Schema) -> str:
    names = [c for c in found if c not in ("row", _BROKEN)]
    return f"It has: {', '.join(names)}." if names else "It has no columns at all."


def _rules(name: str, given: Mapping[str, dy.Column], found: pl.Schema) -> dict[str, pl.Expr]:
    """Every rule by name: false where it is broken; empty where there is nothing to judge."""
    rules: dict[str, pl.Expr] = {}
    for at, column in given.items():
        value = typed(at, column.dtype, found[at])
        if found[at] != column.dtype:
            rules[f"{at}|dtype"] = value.is_not_null() | pl.col(at).is_null()
        if isinstance(column, dy.Date | dy.Datetime):
            if found[at].is_temporal():
                rules.pop(f"{at}|dtype", None)  # always read, but for the range
            rules[f"{at}|range"] = in_range(name, at, column.dtype, found[at])
        rules |= _reserved(name, at, column, value)
        for rule, kept in column.validation_rules(value).items():
            if rule == "nullability":
                if at not in _ENDS:
                    rules[f"{at}|empty"] = pl.col(at).is_not_null()
            else:
                rules[f"{at}|{rule}"] = kept
    for rule, (roots, keeps) in RULES.get(name, {}).items():
        if set(roots) & set(given):
            kept = keeps(*(typed(c, given[c].dtype, found[c]) if c in given else pl.lit(None) for c in roots))
            rules[rule] = kept.fill_null(value=False)
    return rules


def _reserved(name: str, at: str, column: dy.Column, value: pl.Expr) -> dict[str, pl.Expr]:
    """Where the column names accounts: the names of cash and of unknown ends are ours to give."""
    if not names_accounts(name, at, column):
        return {}
    return {f"{at}|reserved": ~like_outside(value)}


def _named(part: Part, broken: pl.DataFrame, rules: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """The refused rows with the rules they broke; what the reader found stands alone, the rest follows from it."""
    names = pl.concat_list(pl.when(~kept).then(pl.lit(rule)) for rule, kept in rules.items()).list.drop_nulls()
    first, every = names.list.first(), names.list.join(", ")
    if _BROKEN in broken.columns:
        first, every = (pl.coalesce(_BROKEN, rule) for rule in (first, every))
    return broken.select(
        pl.lit(part.table).alias("table"),
        pl.lit(part.source).alias("source"),
        pl.col("row").cast(pl.Int64),
        first.alias("rule"),
        every.alias("rules"),
        _cells(part, broken).alias("values"),
    )


def _cells(part: Part, broken: pl.DataFrame) -> pl.Series:
    """The source's own cells of each refused row where the part has them, else the cells of the table."""
    cells = broken.drop("row", _BROKEN, strict=False)
    cells = cells.with_columns(showable(c, d) for c, d in cells.schema.items() if isinstance(d, pl.Date | pl.Datetime))
    if part.found is not None:
        row = pl.col("row").cast(pl.Int64).alias(FOUND_ROW)
        there = part.found.join(broken.lazy().select(row), on=FOUND_ROW, how="semi").collect()
        cells = broken.select(row).join(there, on=FOUND_ROW, how="left", maintain_order="left")
        cells = cells.drop(FOUND_ROW, FOUND_BROKEN, strict=False)
        if "(line)" not in cells.columns:
            cells = cells.rename({FOUND_LINE: "(line)"}, strict=False)
    return pl.Series([as_json(row) for row in cells.iter_rows(named=True)], dtype=pl.String)


def as_json(cells: Mapping[str, object]) -> str:
    """The cells of a refused row as found; empty ones left out."""
    cells = {name: cell for name, cell in cells.items() if cell is not None}
    return json.dumps(cells, default=str, ensure_ascii=False, sort_keys=True)


def _without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    for name in frame.columns if len(frame) else ():
        if name not in _PROVENANCE and frame[name].null_count() == len(frame):
            frame.drop_in_place(name)
    return frame


_MOVED = (
    "originator", "beneficiary", "amount", "currency", "amount_received", "currency_received", "status", "reverses",
    "count",
)  # fmt: skip
"""What a transaction moved, beside the day."""


def unique(name: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Refuse rows that claim an identifier already taken.

    Of rows that are alike in every other cell, the first by (source, row) is kept; of transactions also where they only
    tell otherwise of the same movement (`id|wording`): the money was booked. Where they differ in more, nobody can say
    which is right: all are refused (`id|conflict`).
    """
    column = key(name)
    if column is None or not len(frame):
        return frame, no_refused()
    if frame[column].hash(seed=0).n_unique() == len(frame):  # different hashes: different identifiers, for certain
        return frame, no_refused()
    again = frame.with_row_index("(at)").filter(pl.col(column).is_duplicated())
    again = again.with_columns(pl.col("source").cast(pl.String)).sort(column, "source", "row")
    same = pl.struct(pl.exclude("(at)", *_PROVENANCE)).n_unique().over(column) == 1
    booked = same | _booked_alike(name, again.columns, column)
    rule = pl.when(same).then(pl.lit("unique")).when(booked).then(pl.lit("wording")).otherwise(pl.lit("conflict"))
    again = again.with_columns(sentence(f"{column}|{{}}", rule).alias("(rule)"))
    again = again.filter(~(booked & pl.col(column).is_first_distinct())).sort("(at)")
    refused = again.select(
        pl.lit(name).alias("table"),
        "source",
        pl.col("row").cast(pl.Int64),
        pl.col("(rule)").alias("rule"),
        pl.col("(rule)").alias("rules"),
        pl.struct(pl.exclude("(at)", "(rule)", *_PROVENANCE))
        .map_elements(as_json, return_dtype=pl.String)
        .alias("values"),
    )
    keep = pl.repeat(value=True, n=len(frame), eager=True).scatter(again["(at)"], values=False)
    return frame.filter(keep), refused


def _booked_alike(name: str, columns: Collection[str], column: str) -> pl.Expr:
    """Whether rows with one identifier are the same movement of money on the same day."""
    if name != "transactions":
        return pl.lit(value=False)
    said = [pl.col(c) for c in _MOVED if c in columns]
    return pl.struct(pl.col("booked_at").dt.date(), *said).n_unique().over(column) == 1
