"""`Journal`: what analysts decided in a case, each with who, when and why; entries are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.case.entry import START, Entry, line
from followmoney.errors import expect

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Journal:
    """Entries in the order in which they were made; each is chained to the one before by its hash.

    An entry that is altered, removed or put in breaks the chain. `head` covers all of them: who wrote it down also
    finds the last ones cut off.
    """

    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what are no entries."""
        for entry in self.entries:
            expect("Journal", entry, Entry, "entries: fm.Entry(kind, about, why, who, when, source)")

    @classmethod
    def read(cls, path: str | Path) -> Journal:
        """The journal in a file (JSON Lines).

        Raises:
            InputError: The file cannot be read, or its chain is broken: it says where.
        """
        from followmoney.case._journal_file import read

        return cls(read(Path(path)))

    def save(self, path: str | Path) -> Path:
        """Write the entries that a file does not have yet; what it has must be the beginning of this journal.

        Only the owner can read a new file.

        Raises:
            InputError: The file holds other entries, or its chain is broken; nothing was written.
        """
        from followmoney.case._journal_file import append

        return append(Path(path), self)

    def add(self, *entries: Entry) -> Journal:
        """This journal with more entries at its end."""
        return Journal((*self.entries, *entries))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The entries as they stand in a file."""
        told: list[str] = []
        before = START
        for number, entry in enumerate(self.entries, 1):
            told.append(line(number, before, entry))
            before = json.loads(told[-1])["hash"]
        return tuple(told)

    @property
    def head(self) -> str:
        """The hash of the last entry, which covers all before it (SHA-256)."""
        return str(json.loads(self.lines[-1])["hash"]) if self.entries else START

    @property
    def adoption(self) -> tuple[int, Entry] | None:
        """The entry that adopts a tracing rule, the last of them, with its number from 1; None where none does."""
        return next(((n, e) for n, e in reversed(list(enumerate(self.entries, 1))) if e.kind == "adopt"), None)

    @property
    def adopted(self) -> str | None:
        """The tracing rule adopted last; None where none is."""
        return None if self.adoption is None else self.adoption[1].about[0]

    @property
    def handling(self) -> tuple[str, ...]:
        """The handling codes given last; none where none are."""
        return next((e.about for e in reversed(self.entries) if e.kind == "handling"), ())

    def excluded(self) -> dict[str, Entry]:
        """The findings that are excluded now, each with the entry that says so."""
        last = {name: e for e in self.entries if e.kind in ("include", "exclude") for name in e.about}
        return {name: entry for name, entry in sorted(last.items()) if entry.kind == "exclude"}

    def exculpatory(self, *about: str) -> tuple[Entry, ...]:
        """The exculpatory facts; with identifiers, those about one of them."""
        found = (e for e in self.entries if e.kind == "exculpatory")
        return tuple(e for e in found if not about or set(about) & set(e.about))

    def frame(self) -> pl.DataFrame:
        """The entries as rows: number, kind, about, why, who, when, source, hash."""
        import polars as pl

        schema = {"number": pl.Int64, "kind": pl.String, "about": pl.List(pl.String), "why": pl.String,
                  "who": pl.String, "when": pl.Date, "source": pl.String, "hash": pl.String}  # fmt: skip
        rows = [
            (number, e.kind, list(e.about), e.why, e.who, e.when, e.source, json.loads(text)["hash"])
            for number, (e, text) in enumerate(zip(self.entries, self.lines, strict=True), 1)
        ]
        return pl.DataFrame(rows, schema=schema, orient="row")

    def __add__(self, other: Journal) -> Journal:
        """Both journals as one: the common beginning once, then the rest of both by day, each in its own order.

        It does not matter which comes first. The chain is a new one wherever both have entries of their own.
        """
        expect("journal + ...", other, Journal, "another journal")
        same = next(
            (at for at, (a, b) in enumerate(zip(self.lines, other.lines, strict=False)) if a != b),
            min(len(self), len(other)),
        )
        return Journal((*self.entries[:same], *_merged(self.entries[same:], other.entries[same:])))

    def __len__(self) -> int:
        """Number of entries."""
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        """Every entry, in order."""
        return iter(self.entries)


def _merged(one: Iterable[Entry], other: Iterable[Entry]) -> Iterator[Entry]:
    """Two rows of entries in one by day; what both have, in the same place, once."""
    a, b = list(one), list(other)
    while a and b:
        first, second = (_rank(rest[0]) for rest in (a, b))
        if first == second:
            b.pop(0)
        yield (a if first <= second else b).pop(0)
    yield from [*a, *b]


def _rank(entry: Entry) -> tuple[date, str]:
    return entry.when, line(0, START, entry)
