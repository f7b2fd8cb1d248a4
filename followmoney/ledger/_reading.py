"""What a reader hands to the ledger: rows as found, and where they were found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from followmoney.errors import InputError

FOUND_ROW, FOUND_BROKEN, FOUND_LINE = "\ufdd0row", "\ufdd0broken", "\ufdd0line"
"""Columns of `Part.found` that are not the source's own; no text has this character (Unicode sets it aside)."""


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
    """Has `row` (Int64, from 1). A cell that cannot be cast to its column's type breaks the rule `<column>|dtype`. It
    may have `broken`: the rule that the reader itself found a row to break (text, empty where it found none)."""
    found: pl.LazyFrame | None = None
    """The source's own cells, with the row's number in the column FOUND_ROW: kept with a row that is refused."""
    derived: bool = False
    """These rows come from rows of the source that another part counts (a balance stated in a transaction row)."""
    mention: bool = False
    """These rows say what is known of an account or a party without being the only ones that may: several sources may
    mention one, and differ. They complete each other."""
    own: bool = False
    """Of mentions: they stand on the account's own statement, which counts before what others say."""
    used: int = 0
    """Rows of the source that were read and gave no row of their own (a statement that a later one replaced)."""


@dataclass(frozen=True)
class Reading:
    """All that one reader found: the files it read, and their rows in parts."""

    sources: list[Source]
    parts: Iterable[Part]
    """Taken one at a time, so that a reader may read on only when the part before has been checked."""
    notes: list[str] = field(default_factory=list[str])
    """What the reader assumed, in sentences (a time zone, a rounding); it may add to them while parts are taken."""
