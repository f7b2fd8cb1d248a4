"""What a reader hands to the ledger: rows as found, and where they were found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from followmoney.errors import InputError


@dataclass(frozen=True)
class Source:
    """One file that was read: its name, its fingerprint, and how it was read."""

    name: str
    """How rows refer to it: the path as given, below the folder that was loaded."""
    sha256: str
    size: int
    """Bytes."""
    reader: str
    specification: str | None = None
    """SHA-256 of the import specification it was read through, if any."""

    @classmethod
    def of(cls, path: Path, reader: str, *, name: str | None = None, specification: str | None = None) -> Source:
        """Fingerprint a file (one pass over its bytes)."""
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = path.stat().st_size
        except OSError as error:
            raise InputError(f"Cannot read {path}: {error.strerror}. Check the path and your rights to it.") from None
        return cls(name or path.name, digest, size, reader, specification)


@dataclass(frozen=True)
class Part:
    """Rows of one table from one source, as found: any of the table's columns, as text or already typed, and `row`."""

    table: str
    source: str
    """`Source.name`; the ledger writes it into every row."""
    rows: pl.LazyFrame
    """Has `row` (Int64, from 1). A cell that cannot be cast to its column's type breaks the rule `<column>|dtype`."""


@dataclass(frozen=True)
class Reading:
    """All that one reader found: parts, sources, and rows it could not even lay out as a table row."""

    sources: list[Source]
    parts: list[Part]
    refused: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    """Rows refused by the reader itself, in the columns of `Ledger.refused`."""
    notes: list[str] = field(default_factory=list[str])
    """What the reader assumed, in sentences (a time zone, a rounding)."""
