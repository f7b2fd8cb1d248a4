"""Which types the columns of our own Parquet tables may have: what could be misread is an error, never a guess."""

from __future__ import annotations

import polars as pl

from followmoney.errors import InputError
from followmoney.schema import table

_WANTED = {
    "money": "whole minor units (Int64): cents, not euros",
    "whole": "whole numbers (Int64)",
    "number": "numbers (Float64)",
    "flag": "Boolean",
    "day": "Date, Datetime or text like 2024-03-25",
    "moment": "Datetime, Date or text like 2024-03-25T14:05:00Z",
    "list": "lists of text",
    "text": "text",
}
_MONEY = (
    "Convert it, or read the file through an import specification (TOML): it takes decimal amounts and makes whole "
    "minor units of them exactly."
)


def check_types(file: str, name: str, found: pl.Schema) -> None:
    """Refuse a file with a column that is there but cannot be what the table says.

    Raises:
        InputError: The file, the column, the type found and the type wanted.
    """
    for at, column in table(name).columns().items():
        if at not in found or at in ("source", "row"):
            continue
        kind = _kind(column.dtype, str((column.metadata or {}).get("unit", "")))
        if not _fits(kind, found[at]):
            todo = (
                _MONEY if kind == "money" else "Convert the column, or read it through an import specification (TOML)."
            )
            raise InputError(
                f"{file}: table {name}: column {at!r} holds {found[at]}, it should hold {_WANTED[kind]}. {todo}"
            )


def _kind(wanted: pl.DataType, unit: str) -> str:
    if isinstance(wanted, pl.Int64):
        return "money" if unit.startswith("minor units") else "whole"
    kinds: dict[type[pl.DataType], str] = {
        pl.Float64: "number", pl.Boolean: "flag", pl.Date: "day", pl.Datetime: "moment", pl.List: "list",
    }  # fmt: skip
    return kinds.get(type(wanted), "text")


def _fits(kind: str, found: pl.DataType) -> bool:
    if isinstance(found, pl.Null):  # all empty
        return True
    if kind == "list":
        return isinstance(found, pl.List) and isinstance(found.inner, pl.String | pl.Null)
    text = isinstance(found, pl.String | pl.Categorical | pl.Enum)
    fits = {
        "money": found.is_integer(),
        "whole": found.is_numeric() or text,
        "number": found.is_numeric() or text,
        "flag": isinstance(found, pl.Boolean) or text,
        "day": isinstance(found, pl.Date | pl.Datetime) or text,
        "moment": isinstance(found, pl.Date | pl.Datetime) or text,
        "text": not (found.is_nested() or isinstance(found, pl.Object | pl.Time | pl.Duration)),
    }
    return fits[kind]
