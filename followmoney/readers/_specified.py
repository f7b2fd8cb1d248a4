"""Files read through an import specification: delimited text, workbooks, Parquet of any shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from followmoney.errors import InputError, unknown
from followmoney.ledger import Part, Reading, Source
from followmoney.readers._cells import PARQUET, TEXTS, WORKBOOKS, batches, header
from followmoney.readers._columns import Assumed, as_money, text_columns, typed
from followmoney.readers._found import File
from followmoney.readers._posting import with_sequence
from followmoney.readers._specification import Specification, TableSpecification
from followmoney.readers._statement import both_ends

_LONG = 60  # characters of a column's name that an error shows
ROWS = (*TEXTS, *WORKBOOKS, PARQUET)


@dataclass(frozen=True)
class Specified:
    """A source format that an import specification describes."""

    specification: Specification
    known: bool = False
    """One of ours: it takes any file with its columns, and says nothing about files without them."""

    @property
    def name(self) -> str:
        """The specification's name."""
        return self.specification.name

    @property
    def reads(self) -> str:
        """The specification's description."""
        return self.specification.description or f"files described by {self.name}"

    @property
    def _tables(self) -> tuple[TableSpecification, ...]:
        return self.specification.tables

    def columns(self) -> Mapping[str, Sequence[str]]:
        """The source's columns each table is made from."""
        return {f"{self.name} {spec.table}": spec.needs() for spec in self._tables}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """Files with the right name; of a format of ours, with the right columns too."""
        return [file for file in files if any(self._fits(file, s, files) or _looked_up(file, s) for s in self._tables)]

    def read(self, files: Sequence[File]) -> Reading:
        """Read the files, one table of one file after the other, in batches."""
        notes: list[str] = []
        sha256 = self.specification.sha256
        sources = [Source.of(file.path, self.name, name=file.name, specification=sha256) for file in files]
        return Reading(sources, self._parts(files, notes), notes=notes)

    def _fits(self, file: File, spec: TableSpecification, files: Sequence[File]) -> bool:
        """By name for a specification of the caller's, by name and columns for one of ours or one without names.

        Where the caller names files and the names in the specification fit none of them, it is meant for all of them.
        """
        meant = not spec.files or not any(other.like(spec.files) for other in files)
        alone = file.given and len(self._tables) == 1 and meant
        named = file.like(spec.files) or (file.given and self.known) or alone
        if not named or (file.suffix not in ROWS and not spec.files):
            return False
        return (alone and not self.known) or (bool(spec.files) and not self.known) or self.has_columns(file, spec)

    def has_columns(self, file: File, spec: TableSpecification) -> bool:
        """Whether the file has the columns that the table is made from."""
        try:
            return set(spec.needs()) <= set(header(file.path, spec.layout))
        except (InputError, OSError):
            return False

    def _parts(self, files: Sequence[File], notes: list[str]) -> Iterator[Part]:
        if self.specification.description and self.known:
            notes.append(f"{', '.join(file.name for file in files)}: {self.specification.description}")
        for file in files:
            wanted = [spec for spec in self._tables if self._fits(file, spec, files)]
            for place, spec in enumerate(wanted):
                for part in _table(file, spec, files, notes):
                    yield replace(part, derived=True) if place else part


def _looked_up(file: File, spec: TableSpecification) -> bool:
    return any(file.like(look.files) for look in spec.lookup.values())


def _table(file: File, spec: TableSpecification, files: Sequence[File], notes: list[str]) -> Iterator[Part]:
    """The parts of one table that one file gives."""
    _check_columns(file, spec)
    assumed, footers = Assumed(), 0
    others = {name: _other(file, name, spec, files) for name in spec.lookup}
    kept: list[tuple[pl.DataFrame, pl.DataFrame]] = []
    for batch in batches(file.path, spec.layout):
        footers += batch.footers
        rows = batch.rows
        for name, other in others.items():
            rows = rows.drop(name, strict=False).join(
                other, on=spec.lookup[name].match, how="left", maintain_order="left"
            )
        frame = _made(rows, spec, file.name, assumed)
        found = batch.rows
        if spec.order_by_balance:
            kept.append((frame, found))
        else:
            yield from _finished(file.name, spec, frame, found)
    if kept:
        frame, lines = with_sequence(pl.concat(frame for frame, _ in kept), spec.balance_tolerance)
        notes += [f"{file.name}: {line}" for line in lines]
        yield from _finished(file.name, spec, frame, pl.concat(found for _, found in kept))
    notes += assumed.notes(file.name)
    if footers:
        notes.append(f"{file.name}: {footers:,} footer lines were left out, as its specification says.")


def _made(rows: pl.DataFrame, spec: TableSpecification, file: str, assumed: Assumed) -> pl.DataFrame:
    frame = text_columns(rows, spec, file, assumed)
    statement = "own" in frame.columns
    if statement:
        frame = both_ends(frame, spec, assumed)
    if "balance" in frame.columns:
        frame = as_money(frame, "balance", "currency", spec, assumed)
    done = ("amount",) if statement else ()
    return typed(frame, spec, assumed, done)


def _finished(file: str, spec: TableSpecification, frame: pl.DataFrame, found: pl.DataFrame) -> Iterator[Part]:
    rows = frame.drop("own", "balance", strict=False)
    if {"amount_received", "currency_received"} <= set(rows.columns):
        same = (pl.col("amount_received") == pl.col("amount")) & (pl.col("currency_received") == pl.col("currency"))
        rows = rows.with_columns(
            pl.when(~same).then(pl.col(c)).alias(c) for c in ("amount_received", "currency_received")
        )
    yield Part(spec.table, file, rows.lazy(), found.lazy())
    if "balance" in frame.columns:
        stated = frame.filter(pl.col("broken").is_null() & pl.col("balance").is_not_null()).select(
            "row", "currency", account="own", at="booked_at", amount="balance", kind=pl.lit("stated"), after="id"
        )
        yield Part("balances", file, stated.lazy(), derived=True)


def _check_columns(file: File, spec: TableSpecification) -> None:
    there = header(file.path, spec.layout)
    for name in spec.needs():
        if name not in there:
            there = [column if len(column) <= _LONG else f"{column[:_LONG]}..." for column in there]
            raise InputError(
                f"{file.name}: the import specification of {spec.table} names a column that is not there. "
                f"{unknown('column', name, there)} Correct the specification, its separator or its header line."
            )


def _other(file: File, name: str, spec: TableSpecification, files: Sequence[File]) -> pl.DataFrame:
    """What a lookup takes from another file: one row a value."""
    look = spec.lookup[name]
    sources = [other for other in files if other.like(look.files)]
    if not sources:
        raise InputError(f"{file.name}: no file fits {', '.join(look.files)}, where {name} is looked up; load it too.")
    frames: list[pl.DataFrame] = []
    for source in sources:
        there = header(source.path, spec.layout)
        for column in (look.match, look.take, *look.where):
            if column not in there:
                raise InputError(f"{source.name}: {unknown('column', column, there)} It is needed to look up {name}.")
        for batch in batches(source.path, spec.layout):
            wanted = pl.all_horizontal(pl.lit(value=True), *(pl.col(c) == v for c, v in look.where.items()))
            frames.append(batch.rows.filter(wanted).select(look.match, pl.col(look.take).alias(name)))
    return pl.concat(frames).drop_nulls().unique(look.match, keep="first", maintain_order=True)
