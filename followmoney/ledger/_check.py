"""Rows as found → rows taken and rows refused, by the rules of the schema; every row ends in exactly one of the two."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import dataframely as dy
import polars as pl

from followmoney.errors import InputError, unknown
from followmoney.ledger._reading import FOUND_BROKEN, FOUND_ROW, Part
from followmoney.schema import key, table
from followmoney.schema.rules import RULES

REFUSED = {
    "table": pl.String, "source": pl.String, "row": pl.Int64, "rule": pl.String, "rules": pl.String,
    "values": pl.String,
}  # fmt: skip
"""Columns of `Ledger.refused`: the first rule broken, all of them, and the cells as found (JSON)."""

_PROVENANCE = ("source", "row")
_BROKEN = "broken"
_ENDS = ("originator", "beneficiary")  # may be empty one at a time: see the rule one_end_known


def no_refused() -> pl.DataFrame:
    """An empty table of refused rows."""
    return pl.DataFrame(schema=REFUSED)


def check(
    part: Part, sources: pl.Enum, finish: Callable[[pl.LazyFrame], pl.LazyFrame] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split one part into rows taken (typed, `source` and `row` last) and rows refused.

    One pass evaluates every rule of the columns present; only the rows that fail are looked at rule by rule. `finish`
    is applied in the same pass. Optional columns that are absent or all empty are left out of the taken rows.
    """
    columns = table(part.table).columns()
    found = part.rows.collect_schema()
    _no_strangers(part, found, columns)
    given = {name: column for name, column in columns.items() if name in found and name not in _PROVENANCE}
    rules = _rules(part.table, given, found)
    kept = pl.all_horizontal(rules.values()) if rules else pl.lit(value=True)
    if _BROKEN in found:
        kept &= pl.col(_BROKEN).is_null()
    provenance = (pl.lit(part.source).cast(sources).alias("source"), pl.col("row").cast(pl.Int64))
    rows = part.rows.select(
        *(typed(n, c.dtype, found[n]).alias(n) for n, c in given.items()), *provenance, kept.alias("_kept")
    )
    taken = _collected(part, finish(rows) if finish else rows)
    if taken["_kept"].all():
        return _without_empty(taken.drop("_kept")), no_refused()
    broken = _collected(part, part.rows.filter(~kept))
    return _without_empty(taken.filter("_kept").drop("_kept")), _named(part, broken, rules)


def _collected(part: Part, rows: pl.LazyFrame) -> pl.DataFrame:
    try:
        return rows.collect(engine="streaming")
    except (pl.exceptions.ComputeError, OSError) as error:
        raise InputError(
            f"{part.source} cannot be read to its end ({str(error).splitlines()[0]}). Copy or export it again."
        ) from None


def typed(name: str, wanted: pl.DataType, found: pl.DataType) -> pl.Expr:
    """The column in the schema's type; a cell that cannot be read so becomes empty (and breaks `<column>|dtype`)."""
    column = pl.col(name)
    if found == wanted:
        return column
    if isinstance(wanted, pl.Datetime):
        return _instant(column, found)
    if isinstance(wanted, pl.Date) and found == pl.String:
        return column.str.to_date("%Y-%m-%d", strict=False)
    if isinstance(wanted, pl.Enum):
        return column.cast(pl.String, strict=False).cast(wanted, strict=False)
    if isinstance(wanted, pl.Int64) and (found.is_float() or found.is_decimal()):
        whole = pl.when(column == column.cast(pl.Int64, strict=False)).then(column)  # 12.5 is never cut to 12
        return whole.cast(pl.Int64, strict=False)
    return column.cast(wanted, strict=False)


def _instant(column: pl.Expr, found: pl.DataType) -> pl.Expr:
    """A moment in UTC; text and times without a zone are taken as UTC."""
    if found == pl.String:
        return column.str.to_datetime(time_unit="us", time_zone="UTC", strict=False)
    if isinstance(found, pl.Datetime) and found.time_zone is not None:
        return column.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
    return column.cast(pl.Datetime("us"), strict=False).dt.replace_time_zone("UTC")


def _no_strangers(part: Part, found: pl.Schema, columns: Mapping[str, dy.Column]) -> None:
    known = [c for c in columns if c not in _PROVENANCE]
    for name in found:
        if name not in columns and name != _BROKEN:
            raise InputError(f"{part.source}: table {part.table}: {unknown('column', name, known)}")
    for name in known:
        if name not in found and not columns[name].nullable and name not in _ENDS:
            raise InputError(
                f"{part.source}: table {part.table} has no column {name!r} ({columns[name].description}) It has: "
                f"{', '.join(c for c in found if c != 'row')}. Name the column in an import specification, or add it."
            )


def _rules(name: str, given: Mapping[str, dy.Column], found: pl.Schema) -> dict[str, pl.Expr]:
    """Every rule by name, true where it is kept."""
    rules: dict[str, pl.Expr] = {}
    for at, column in given.items():
        value = typed(at, column.dtype, found[at])
        if found[at] != column.dtype:
            rules[f"{at}|dtype"] = value.is_not_null() | pl.col(at).is_null()
        for rule, kept in column.validation_rules(value).items():
            if rule == "nullability":
                if at not in _ENDS:
                    rules[f"{at}|empty"] = pl.col(at).is_not_null()
            else:
                rules[f"{at}|{rule}"] = kept.fill_null(value=True)
    for rule, (roots, keeps) in RULES.get(name, {}).items():
        if set(roots) & set(given):
            rules[rule] = keeps(*(typed(c, given[c].dtype, found[c]) if c in given else pl.lit(None) for c in roots))
    return rules


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
    if part.found is not None:
        row = pl.col("row").cast(pl.Int64).alias(FOUND_ROW)
        there = part.found.join(broken.lazy().select(row), on=FOUND_ROW, how="semi").collect()
        cells = broken.select(row).join(there, on=FOUND_ROW, how="left", maintain_order="left")
        cells = cells.drop(FOUND_ROW, FOUND_BROKEN, strict=False)
    return pl.Series([as_json(row) for row in cells.iter_rows(named=True)], dtype=pl.String)


def as_json(cells: Mapping[str, object]) -> str:
    """The cells of a refused row as found; empty ones left out."""
    cells = {name: cell for name, cell in cells.items() if cell is not None}
    return json.dumps(cells, default=str, ensure_ascii=False, sort_keys=True)


def _without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    empty = [c for c in frame.columns if c not in _PROVENANCE and len(frame) and frame[c].null_count() == len(frame)]
    return frame.drop(empty)


def unique(name: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Refuse every further row that claims an identifier already taken; the first by (source, row) is kept."""
    column = key(name)
    if column is None or not len(frame):
        return frame, no_refused()
    if frame[column].hash(seed=0).n_unique() == len(frame):  # different hashes: different identifiers, for certain
        return frame, no_refused()
    order = (
        frame.select(column, pl.col("source").cast(pl.String), "row").with_row_index("at").sort(column, "source", "row")
    )
    again = order.filter(~pl.col(column).is_first_distinct())["at"].sort()
    rule = pl.lit(f"{column}|unique")
    refused = frame[again].select(
        pl.lit(name).alias("table"),
        pl.col("source").cast(pl.String),
        pl.col("row").cast(pl.Int64),
        rule.alias("rule"),
        rule.alias("rules"),
        pl.struct(pl.exclude(_PROVENANCE)).map_elements(as_json, return_dtype=pl.String).alias("values"),
    )
    keep = pl.repeat(value=True, n=len(frame), eager=True).scatter(again, values=False)
    return frame.filter(keep), refused
