"""Rows that a reader makes one by one, gathered into parts of a bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import polars as pl

from followmoney.ledger import Part
from followmoney.schema import table

Made = tuple[str, Mapping[str, Any]]
"""A table's name and a row of it, with its `row` (from 1), as text or as typed values."""
_MENTIONED = ("accounts", "parties")
_MOST = 50_000  # rows in memory at a time


def parts(
    source: str, rows: Iterable[Made], derived: frozenset[str] = frozenset(), most: int = _MOST, *, own: bool = False
) -> Iterator[Part]:
    """Parts of one source, as its rows come; tables in `derived` come from rows that another part counts.

    Accounts and parties so derived are mentions: several sources may mention one, and differ (`own` as in `Part`). A
    row with `broken` is kept as text, so that it may hold whatever the source says.
    """
    waiting: dict[tuple[str, bool], list[Mapping[str, Any]]] = {}
    for name, row in rows:
        kind = name, bool(row.get("broken"))
        some = waiting.setdefault(kind, [])
        some.append(row)
        if len(some) >= most:
            yield replace(_part(source, kind, waiting.pop(kind), derived), own=own)
    for kind in sorted(waiting):
        yield replace(_part(source, kind, waiting[kind], derived), own=own)


def _part(source: str, kind: tuple[str, bool], rows: list[Mapping[str, Any]], derived: frozenset[str]) -> Part:
    name, broken = kind
    columns = table(name).columns()
    built = dict.fromkeys(map(tuple, rows))
    given = dict.fromkeys(c for keys in built for c in keys)
    types: dict[str, Any] = {"row": pl.Int64, "broken": pl.String}
    for column in given:
        if column not in types:
            dtype = columns[column].dtype
            types[column] = pl.String if broken or isinstance(dtype, pl.Enum) else dtype
    if broken:
        given |= dict.fromkeys(c for c in columns if c != "source")  # what is required and was not found is empty
        types |= dict.fromkeys(given.keys() - types.keys(), pl.String)
        rows = [{c: v if v is None or c == "row" else _written(v) for c, v in row.items()} for row in rows]
    cells: Iterable[Sequence[Any]]
    if len(built) == 1 and not broken:  # nearly always
        cells = zip(*(row.values() for row in rows), strict=True)
    else:
        cells = ([row.get(c) for row in rows] for c in given)
    frame = pl.DataFrame([pl.Series(c, some, types[c], strict=True) for c, some in zip(given, cells, strict=True)])
    from_others = name in derived
    return Part(name, source, frame.lazy(), derived=from_others, mention=from_others and name in _MENTIONED)


def _written(value: object) -> str:
    return ", ".join(map(str, cast("list[object]", value))) if isinstance(value, list) else str(value)
