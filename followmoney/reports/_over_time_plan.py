"""Places small pictures of balance and claim beside one another, all on the same days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from followmoney.languages import say
from followmoney.reports._labels import compact, shorten
from followmoney.reports._over_time_lines import Line
from followmoney.reports._paper import DETAIL, GREY, TITLE, Label
from followmoney.schema.codes import money

_COLUMNS, _WIDE, _TALL = 3, 3.25, 1.75
_LEFT, _TOP, _ACROSS, _DOWN = 0.14, 0.52, 2.8, 0.95
_MOST_DOTS, _STRIPS = 10, 160
Point = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """A transaction that moved claim money."""

    x: float
    y: float
    came: bool
    id: str
    name: str


@dataclass(frozen=True)
class Panel:
    """One account."""

    left: float
    right: float
    ground: float
    """Height of 0."""
    balance: tuple[Point, ...]
    claim: tuple[Point, ...]
    dots: tuple[Dot, ...]
    bracket: tuple[float, float, float] | None
    """Place across, height of the least and of the most."""
    link: str
    name: str


@dataclass(frozen=True)
class Plan:
    """Everything in its place."""

    wide: float
    tall: float
    panels: tuple[Panel, ...]
    labels: tuple[Label, ...]
    titles: Mapping[str, str] = field(default_factory=dict[str, str])


def plan(found: Sequence[Line]) -> Plan:
    """Rows of three."""
    panels: list[Panel] = []
    labels: list[Label] = []
    titles: dict[str, str] = {}
    for n, line in enumerate(found):
        x, y = (n % _COLUMNS) * _WIDE + _LEFT, (n // _COLUMNS) * _TALL
        top = max([1, line.most or 0, *(max(b, c or 0) for _, b, c in line.steps)])
        low = min([0, *(b for _, b, _ in line.steps)])
        panel, said = _panel(line, x, y + _TOP, (low, top), n)
        panels.append(panel)
        titles |= said
        labels += _words(line, x, y, top)
    tall = _TALL * -(-len(found) // _COLUMNS)
    return Plan(_WIDE * min(_COLUMNS, len(found)) + 0.1, tall, tuple(panels), tuple(labels), titles)


def _panel(line: Line, x: float, y: float, ends: tuple[int, int], n: int) -> tuple[Panel, dict[str, str]]:
    first, last = line.span
    whole = (last - first).total_seconds() or 1.0
    low, top = ends

    def across(at: datetime) -> float:
        return x + _ACROSS * min(1.0, max(0.0, (at - first).total_seconds() / whole))

    def down(amount: int) -> float:
        return y + _DOWN * (top - amount) / (top - low)

    steps: list[tuple[float, int, int | None]] = [(x, 0, 0)]
    for m, (at, balance, claim) in enumerate(line.steps):
        place = across(at) if at is not None else x if m == 0 else x + _ACROSS
        if place <= x + 1e-9 and len(steps) == 1:
            steps[0] = (x, balance, claim)  # what was there before the first day
        else:
            steps.append((place, balance, claim))
    known = all(claim is not None for _, _, claim in steps)
    kept = _thinned(steps)
    largest = sorted(line.moves, key=lambda move: (-abs(move.change), move.at, move.id))[:_MOST_DOTS]
    dots = [
        Dot(across(move.at), down(move.claim), move.change > 0, move.id, f"dot-{n}-{m}")
        for m, move in enumerate(sorted(largest, key=lambda move: (move.at, move.id)) if known else ())
    ]
    said = {
        dot.name: f"{move.id}, {move.at:%Y-%m-%d}: {'+' if move.change > 0 else ''}{money(move.change, line.currency)}"
        for dot, move in zip(dots, sorted(largest, key=lambda move: (move.at, move.id)), strict=False)
    }
    bracket = None
    if line.least is not None and line.most is not None:
        bracket = (x + _ACROSS + 0.09, down(line.least), down(line.most))
    return Panel(
        x, x + _ACROSS, down(0), _outline([(px, down(b)) for px, b, _ in kept], x + _ACROSS),
        _outline([(px, down(c or 0)) for px, _, c in kept], x + _ACROSS) if known else (), tuple(dots), bracket,
        line.link, f"account-{n}",
    ), said | {f"account-{n}": f"{line.name} ({line.detail})"}  # fmt: skip


def _thinned(steps: list[tuple[float, int, int | None]]) -> list[tuple[float, int, int | None]]:
    """Of very many steps, in each narrow strip the first, the last, and those with most and least in them."""
    if len(steps) <= 2 * _STRIPS:
        return steps
    left = steps[0][0]
    strips: dict[int, list[int]] = {}
    for n, (x, _, _) in enumerate(steps):
        strips.setdefault(int((x - left) / _ACROSS * _STRIPS), []).append(n)
    kept: set[int] = set()
    for inside in strips.values():
        for value in (1, 2):
            kept |= {max(inside, key=lambda n, v=value: (steps[n][v] or 0, -n)),
                     min(inside, key=lambda n, v=value: (steps[n][v] or 0, n))}  # fmt: skip
        kept |= {inside[0], inside[-1]}
    return [steps[n] for n in sorted(kept)]


def _outline(points: Sequence[Point], right: float) -> tuple[Point, ...]:
    """Steps: level until the next, then up or down."""
    found: list[Point] = []
    for x, y in points:
        if found:
            found.append((x, found[-1][1]))
        found.append((x, y))
    return (*found, (right, found[-1][1]))


def _words(line: Line, x: float, y: float, top: int) -> list[Label]:
    first, last = line.span
    holds = say("{account} · holds {amount} {currency}", account=line.detail, amount=compact(line.held, line.currency),
                currency=line.currency)  # fmt: skip
    foot = y + _TOP + _DOWN + 0.1
    return [
        Label(shorten(line.name, _ACROSS * 0.92, TITLE), x, y + 0.1, TITLE, bold=True, link=line.link),
        Label(shorten(holds, _ACROSS - 0.55, DETAIL), x, y + 0.26, DETAIL, GREY),
        Label(compact(top, line.currency), x + _ACROSS, y + 0.26, DETAIL, GREY, "right"),
        Label(f"{first:%Y-%m-%d}", x, foot, DETAIL - 0.6, GREY),
        Label(f"{last:%Y-%m-%d}", x + _ACROSS, foot, DETAIL - 0.6, GREY, "right"),
    ]
