"""Which accounts a chronology draws as lines, in bands of one holder, and which transactions as arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from followmoney.languages import say
from followmoney.reports._carried import ACCOUNT, ASSET, EXIT, SOURCE, End

if TYPE_CHECKING:
    import polars as pl

OUTSIDE = "outside"


@dataclass(frozen=True)
class Line:
    """One account, thing or outside end."""

    key: str
    detail: str


@dataclass(frozen=True)
class Band:
    """Lines of one holder."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Move:
    """One transaction, from a line to a line."""

    source: str
    target: str
    row: Mapping[str, Any]


def moves(rows: pl.DataFrame) -> list[Move]:
    """Every transaction that carries claim money, in order; the two sides of the outside are one line."""
    return [Move(_line(r["source_end"]), _line(r["target_end"]), r) for r in rows.iter_rows(named=True)]


def chosen(every: Sequence[Move], scale: Mapping[str, float], arrows: int, lines: int) -> list[Move]:
    """Those that carry most, as many as there is room for, in order of time; within one line there is no arrow."""
    between = [i for i, m in enumerate(every) if m.source != m.target]
    between.sort(key=lambda i: (-every[i].row["claim"] * scale[every[i].row["currency"]], i))
    kept, used = set[int](), set[str]()
    for i in between:
        ends = {every[i].source, every[i].target}
        if len(kept) < arrows and len(used | ends) <= lines:
            kept.add(i)
            used |= ends
    return [every[i] for i in sorted(kept)]


def bands(drawn: Sequence[Move], ends: Mapping[str, End]) -> list[Band]:
    """Holders in the order in which claim money first touches them; their accounts likewise, things last."""
    known = {_line(k): e for k, e in ends.items()}
    first: dict[str, int] = {}
    for i, move in enumerate(drawn):
        first.setdefault(move.source, 2 * i)
        first.setdefault(move.target, 2 * i + 1)
    groups: dict[str, list[str]] = {}
    for key in sorted(first, key=lambda k: (first[k], known[k].kind == ASSET, k)):
        groups.setdefault(known[key].owner or key, []).append(key)
    found = list[Band]()
    for keys in groups.values():
        keys.sort(key=lambda k: known[k].kind == ASSET)
        end = known[keys[0]]
        name = end.detail if end.kind == ASSET else end.name
        found.append(Band(name, tuple(Line(k, _detail(known[k])) for k in keys)))
    return found


def _line(end: str) -> str:
    kind, identifier = end.split("|", 1)
    return f"{OUTSIDE}|{identifier}" if kind in (SOURCE, EXIT) else end


def _detail(end: End) -> str:
    if end.kind == ACCOUNT:
        return end.detail
    return end.name if end.kind == ASSET else say("outside")
