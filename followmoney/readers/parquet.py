"""Our own tables as Parquet: a file or a folder a table, read lazily."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath

import polars as pl

from followmoney.errors import InputError, unknown
from followmoney.ledger import Part, Reading, Source
from followmoney.readers._cells import PARQUET, header, scan, schema
from followmoney.readers._found import File
from followmoney.readers._layout import Layout
from followmoney.readers._types import check_types
from followmoney.schema import TABLES, table


class Parquet:
    """`transactions.parquet`, or any number of files below a folder `transactions/`; the other tables likewise."""

    name = "parquet"
    reads = "tables of followmoney as Parquet, named after the table (transactions.parquet, or transactions/*.parquet)"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """The columns a table must have."""
        return {f"followmoney {name}": _needed(name) for name in TABLES}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """Parquet files called after a table, or below a folder called so, or named by the caller with its columns."""
        return [file for file in files if file.suffix == PARQUET and _table(file)]

    def read(self, files: Sequence[File]) -> Reading:
        """One part a file; nothing is read before the ledger checks it."""
        notes: list[str] = []
        parts = [_part(file, notes) for file in files]
        return Reading([Source.of(file.path, self.name, name=file.name) for file in files], parts, notes=notes)


def _needed(name: str) -> list[str]:
    columns = table(name).columns().items()
    return [c for c, column in columns if not column.nullable and c not in ("source", "row")]


def _table(file: File) -> str | None:
    """The table a file belongs to: by its name, the nearest folder's name, or its columns where the caller named it."""
    path = PurePosixPath(file.name.replace("!", "/"))  # a member of an archive
    absolute = PurePosixPath(file.path.absolute().as_posix())
    for name in (path.stem, *reversed(path.parent.parts), absolute.parent.name):
        if name in TABLES:
            return name
    if file.given:
        there = set(header(file.path, Layout()))
        return next((name for name in TABLES if set(_needed(name)) <= there), None)
    return None


def _part(file: File, notes: list[str]) -> Part:
    name = _table(file)
    assert name is not None
    types = schema(file.path)
    there = types.names()
    known = [c for c in table(name).columns() if c not in ("source", "row")]
    strange = [c for c in there if c not in table(name).columns()]
    for column in strange:
        near = get_close_matches(column, [c for c in known if c not in there], n=1, cutoff=0.8)
        if near:
            raise InputError(f"{file.name}: table {name}: {unknown('column', column, known)} Rename it, or remove it.")
    if strange:
        notes.append(f"{file.name}: columns that table {name} does not have were not read: {', '.join(strange)}.")
    check_types(file.name, name, types)
    at = max(["(row)", *(f"{c})" for c in there if c.startswith("(row"))], key=len)  # no column of the file's
    rows = scan(file.path, at).select((pl.col(at).cast(pl.Int64) + 1).alias("row"), *(c for c in there if c in known))
    for column, value in _keys(file).items():
        if column in known and column not in there:
            rows = rows.with_columns(pl.lit(value).alias(column))
    return Part(name, file.name, rows)


def _keys(file: File) -> dict[str, str]:
    """What folder names say: `currency=EUR/part-0.parquet`."""
    parts = (part.partition("=") for part in PurePosixPath(file.name).parent.parts)
    return {key: value for key, given, value in parts if given}


READER = Parquet()
