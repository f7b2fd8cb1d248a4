"""Names and texts too long to be shown whole: which they are, how they are shown, and where they stand whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import say
from followmoney.reports._labels import KEPT, LONGEST, printable
from followmoney.reports._visible import in_line

if TYPE_CHECKING:
    from followmoney.case import Case

NAMES = "names.parquet"
_SCHEMA = {"kind": pl.String, "name": pl.String, "characters": pl.Int64}
_SENTENCES = 1_000  # long names that are looked for inside sentences; beyond, only where a name stands alone


@dataclass(frozen=True)
class Long:
    """What is too long, and what is shown in its place."""

    names: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_SCHEMA))
    """Every such name, whole: kind, name, characters."""
    shown: Mapping[str, str] = field(default_factory=dict[str, str])
    """By the whole text, as it may stand on a page: what stands there instead."""
    inside: tuple[str, ...] = ()
    """Those of them that sentences may hold, the longest first."""

    def cut(self, text: str) -> str:
        """The text, with what is too long in it cut and said to be."""
        if len(text) <= LONGEST or not self.shown:
            return text
        if (told := self.shown.get(text)) is not None:
            return told
        for name in self.inside:
            if name in text:
                text = text.replace(name, self.shown[name])
        return text


def long(case: Case) -> Long:
    """Names of parties, accounts, things and places, and purposes of traced transactions, longer than `LONGEST`."""
    if case.ledger is None:
        return Long()
    names = pl.DataFrame(sorted(set(_names(case))), schema=_SCHEMA, orient="row")
    purposes: list[str] = []
    if case.trace is not None:
        purposes = _lengthy(case.trace.transactions()["purpose"])
    shown = {way: _told(text, "trace.parquet") for text in purposes for way in _ways(text)}
    inside = {way: _told(text, NAMES) for text in names["name"] for way in _ways(text)}
    looked = inside if len(inside) <= _SENTENCES else ()
    return Long(names, shown | inside, tuple(sorted(looked, key=lambda way: (-len(way), way))))


def _names(case: Case) -> Iterator[tuple[str, str, int]]:
    ledger = case.ledger
    assert ledger is not None
    columns = [
        ("account", ledger["accounts"], "id"), ("asset", ledger.assets, "id"), ("asset", ledger.assets, "description"),
        ("party", ledger.parties, "id"), ("party", ledger.parties, "name"), ("transaction", ledger.numbered, "id"),
        ("place", ledger.numbered, "place"),
    ]  # fmt: skip
    for kind, frame, column in columns:
        if column in frame.columns:
            yield from ((kind, text, len(text)) for text in _lengthy(frame[column]))


def _lengthy(column: pl.Series) -> list[str]:
    text = column.cast(pl.String)
    return text.filter(text.str.len_chars() > LONGEST).unique().sort().to_list()


def _ways(text: str) -> Iterable[str]:
    """How it may stand on a page."""
    return dict.fromkeys((text, in_line(text), printable(text)))


def _told(text: str, where: str) -> str:
    begin = in_line(text)[:KEPT].rstrip()
    return say("{begin}… ({n} characters; whole in {file})", begin=begin, n=len(text), file=where)
