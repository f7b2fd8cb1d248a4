"""Text cells of a file → the columns of one of our tables, by its specification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from followmoney.readers._amounts import Parsed, minor_units
from followmoney.readers._dates import days, instants
from followmoney.readers._records import BROKEN, ROW
from followmoney.readers._specification import TableSpecification
from followmoney.readers._template import filled
from followmoney.schema import key, table

MONEY = {
    "transactions": {"amount": "currency", "amount_received": "currency_received"},
    "parties": {"income": "income_currency"},
    "assets": {"value": "currency", "encumbrance": "currency"},
    "balances": {"amount": "currency"},
    "finances": {"amount": "currency"},
    "trades": {"value": "currency"},
    "statements": {"opening": "currency", "closing": "currency"},
}
"""Columns that are amounts, and the column that says in which currency."""

_OTHERS = "*"  # any other word, in a map of words


@dataclass
class Assumed:
    """What was assumed while a file is read: amounts rounded, empty cells filled."""

    frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    filled: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])

    def add(self, parsed: Parsed) -> None:
        """Remember the roundings of one batch."""
        self.frames.append(parsed.rounded)

    def notes(self, file: str) -> list[str]:
        """A sentence a currency."""
        found = [
            f"{file}: {rows:,} rows have no {column}; the specification reads them as {instead!r}."
            for (column, instead), rows in sorted(self.filled.items())
        ]
        if not self.frames:
            return found
        changes = pl.concat(self.frames).with_columns(pl.col("change").cast(pl.Decimal(38, 18)))
        totals = changes.group_by("currency").agg(pl.col("rows").sum(), pl.col("change").sum()).sort("currency")
        return found + [
            f"{file}: {rows:,} amounts had more decimals than {currency} has and were rounded half to even; together "
            f"they changed by {change.normalize():f} minor units of {currency}."
            for currency, rows, change in totals.iter_rows()
        ]


def text_columns(rows: pl.DataFrame, spec: TableSpecification, file: str, assumed: Assumed) -> pl.DataFrame:
    """Our columns as text: source columns, templates, constants, nulls, value maps and stand-ins applied."""
    null = ["", *spec.layout.null]
    own = [*spec.needs(), *spec.lookup]
    cells = rows.with_columns(pl.when(~pl.col(c).is_in(null)).then(pl.col(c)).alias(c) for c in own)
    made = [filled(text, file).alias(name) for name, text in spec.columns.items()]
    made += [pl.lit(text).alias(name) for name, text in spec.constants.items()]
    identifier = key(spec.table)
    if identifier is not None and identifier not in spec.columns:
        made.append(filled("{file}:{row}", file).alias(identifier))
    frame = cells.select(pl.col(ROW).alias("row"), pl.col(BROKEN).alias("broken"), *made)
    frame = frame.with_columns(_mapped(name, values) for name, values in spec.values.items() if name in frame.columns)
    for name, value in spec.missing.items():
        empty = pl.col(name).is_null() & pl.col("broken").is_null()
        assumed.filled[name, value] += frame.select(empty.sum()).item()
        frame = frame.with_columns(pl.when(empty).then(pl.lit(value)).otherwise(name).alias(name))
    return frame


def typed(frame: pl.DataFrame, spec: TableSpecification, assumed: Assumed, done: tuple[str, ...] = ()) -> pl.DataFrame:
    """Dates and amounts in our types; what cannot be read is empty and named in `broken`. Other columns stay text.

    Columns in `done` already are in our types.
    """
    columns = table(spec.table).columns()
    money = MONEY.get(spec.table, {})
    for name, column in columns.items():
        if name not in frame.columns or name in ("source", "row", *done):
            continue
        if name in money:
            frame = as_money(frame, name, money[name], spec, assumed)
        elif column.dtype == pl.Datetime:
            frame = as_read(frame, name, instants(frame[name], spec.layout.dates, spec.layout.timezone))
        elif column.dtype == pl.Date:
            frame = as_read(frame, name, days(frame[name], spec.layout.dates))
        elif column.dtype == pl.Float64:
            frame = frame.with_columns(_fraction(name, spec.layout.decimal))
        elif column.dtype == pl.List:
            frame = frame.with_columns(pl.col(name).str.replace_all(r"\s", "").str.split(","))
    return frame


def as_money(frame: pl.DataFrame, name: str, currency: str, spec: TableSpecification, assumed: Assumed) -> pl.DataFrame:
    """One column of amounts in minor units; why one cannot be read goes to `broken`."""
    if currency not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(currency))
    parsed = minor_units(frame[name], frame[currency], spec.layout.marks)
    assumed.add(parsed)
    wrong = pl.concat_str(pl.lit(f"{name}|"), parsed.wrong)
    return frame.with_columns(parsed.values.alias(name), pl.coalesce("broken", wrong).alias("broken"))


def as_read(frame: pl.DataFrame, name: str, values: pl.Series) -> pl.DataFrame:
    """One column in its type; a cell that is not empty but could not be read goes to `broken`."""
    wrong = pl.when(pl.col(name).is_not_null() & pl.Series(values).is_null()).then(pl.lit(f"{name}|dtype"))
    return frame.with_columns(pl.coalesce("broken", wrong).alias("broken"), values.alias(name))


def _mapped(name: str, values: Mapping[str, str]) -> pl.Expr:
    """Their words as ours; `*` is for all words that are not listed."""
    words = {word: value or None for word, value in values.items() if word != _OTHERS}
    if _OTHERS not in values:
        return pl.col(name).replace(list(words), list(words.values()))
    known = pl.col(name).replace_strict(
        list(words), list(words.values()), default=values[_OTHERS] or None, return_dtype=pl.String
    )
    return pl.when(pl.col(name).is_not_null()).then(known).alias(name)


def _fraction(name: str, decimal: str) -> pl.Expr:
    """A share as a fraction: 0.25 or 25 %."""
    text = pl.col(name).str.replace(decimal, ".", literal=True)
    bare = text.str.strip_chars("% ").cast(pl.Float64, strict=False)
    share = pl.when(text.str.contains("%", literal=True)).then(bare / 100).otherwise(bare)
    return pl.when(share.is_null()).then(text).otherwise(share.cast(pl.String)).alias(name)
