"""Where everything in a chronology stands: lines in bands, arrows on their dates, figures where nothing else is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import sqrt

from followmoney.reports import anchors
from followmoney.reports._calendar import day, ticks
from followmoney.reports._chronology_lines import Band, Move
from followmoney.reports._labels import compact, height, shorten, width, wrapped
from followmoney.reports._paper import AMOUNT, DETAIL, GREY, INK, TITLE, Label, overlap
from followmoney.reports._settle import Slot, apart

_STEP, _GAP = 0.30, 0.20
_LEAST, _MOST, _PER_ARROW, _APART = 7.5, 12.0, 0.36, 0.12  # width of the plot; room of an arrow, and the least of it
_NAME, _ACCOUNT, _MARGIN = 2.6, 1.4, 0.22
HEAD = 0.085

Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Arrow:
    """A transaction: where it stands, from which height to which; `claim` of its width is claim money."""

    move: Move
    x: float
    start: float
    end: float
    wide: float
    claim: float

    def area(self) -> Area:
        """The room it takes, with its head."""
        half = max(self.wide / 2, HEAD / 2) + 0.012
        return self.x - half, min(self.start, self.end) - 0.03, self.x + half, max(self.start, self.end) + 0.03


@dataclass(frozen=True)
class Plan:
    """A chronology in inches."""

    wide: float
    foot: float
    left: float
    right: float
    stripes: tuple[tuple[float, float], ...]
    levels: tuple[float, ...]
    days: tuple[float, ...]
    arrows: tuple[Arrow, ...]
    labels: tuple[Label, ...]
    bare: int
    """Arrows without a figure, for want of room."""


def plan(bands: Sequence[Band], drawn: Sequence[Move], scale: Mapping[str, float], home: str) -> Plan:
    """Place bands, arrows and figures; figures in `home` stand bare."""
    level, stripes, names, y = dict[str, float](), list[tuple[float, float]](), list[Label](), 0.0
    name = min(_NAME, max(width(b.name, TITLE) * 1.1 for b in bands)) + 0.2
    account = min(_ACCOUNT, max(width(k.detail, DETAIL) for b in bands for k in b.lines)) + 0.1
    for band in bands:
        top = y
        for line in band.lines:
            level[line.key] = y + _STEP / 2
            names.append(
                Label(
                    shorten(line.detail, _ACCOUNT, DETAIL),
                    _MARGIN + name + account,
                    y + _STEP / 2,
                    DETAIL,
                    GREY,
                    "right",
                )
            )
            y += _STEP
        lines = wrapped(band.name, _NAME / 1.1, TITLE, min(2, max(1, len(band.lines))))
        middle = (top + y) / 2 - height(len(lines) - 1, TITLE) / 2
        names += [
            Label(t, _MARGIN + name - 0.12, middle + i * height(1, TITLE), TITLE, INK, "right", bold=True)
            for i, t in enumerate(lines)
        ]
        stripes.append((top, y))
        y += _GAP
    left = _MARGIN + name + account + 0.1
    right = left + min(_MOST, max(_LEAST, _PER_ARROW * len(drawn)))
    first, last = drawn[0].row["booked_at"], drawn[-1].row["booked_at"]
    arrows = _arrows(drawn, level, scale, (left + 0.2, right - 0.45))
    foot = y - _GAP + 0.05
    marks = [(_at(d, first, last, left + 0.2, right - 0.45), day(d)) for d in ticks(first, last, 9)]
    dates = [Label(text, x, foot + 0.12, DETAIL, GREY, "center") for x, text in marks]
    figures, bare = _figures(arrows, sorted(level.values()), (left, right), home)
    return Plan(
        right + _MARGIN, foot + 0.22, left, right, tuple(stripes), tuple(sorted(level.values())),
        tuple(x for x, _ in marks), tuple(arrows), (*names, *dates, *figures), bare,
    )  # fmt: skip


def _at(when: datetime, first: datetime, last: datetime, left: float, right: float) -> float:
    span = (last - first).total_seconds()
    return left + (right - left) * ((when - first).total_seconds() / span if span else 0.5)


def _arrows(
    drawn: Sequence[Move],
    level: Mapping[str, float],
    scale: Mapping[str, float],
    across: tuple[float, float],
) -> list[Arrow]:
    """Arrows on their dates; those of nearly the same time stand side by side, in order."""
    left, right = across
    first, last = drawn[0].row["booked_at"], drawn[-1].row["booked_at"]
    wish = [_at(m.row["booked_at"], first, last, left, right) - left for m in drawn]
    step = min(_APART, 0.85 * (right - left) / len(drawn))
    xs = apart([Slot(step, 0.0)] * len(drawn), [w - step / 2 for w in wish], right - left + step)
    size = [m.row["amount"] * scale[m.row["currency"]] for m in drawn]
    most = max(size)
    found = list[Arrow]()
    for move, x, amount in zip(drawn, xs, size, strict=True):
        wide = 0.012 + 0.068 * sqrt(amount / most)
        share = move.row["claim"] / move.row["amount"] if move.row["amount"] else 0.0
        found.append(Arrow(move, left + x + step / 2, level[move.source], level[move.target], wide, wide * share))
    return found


def _figures(
    arrows: Sequence[Arrow], levels: Sequence[float], across: tuple[float, float], home: str
) -> tuple[list[Label], int]:
    """The amount beside each arrow, between two lines, where it covers nothing; the widest arrows choose first."""
    taken = [a.area() for a in arrows]
    found, bare = list[Label](), 0
    for n in sorted(range(len(arrows)), key=lambda i: (-arrows[i].wide, i)):
        label = next((k for k in _places(arrows[n], levels, home) if _free(k.area(), taken, n, across)), None)
        if label is None:
            bare += 1
            continue
        found.append(label)
        taken.append(label.area())
    return found, bare


def _free(area: Area, taken: Sequence[Area], own: int, across: tuple[float, float]) -> bool:
    if area[0] < across[0] or area[2] > across[1]:
        return False
    return not any(i != own and overlap(area, other) for i, other in enumerate(taken))


def _places(arrow: Arrow, levels: Sequence[float], home: str) -> list[Label]:
    row = arrow.move.row
    low, high = sorted((arrow.start, arrow.end))
    between = [(a + b) / 2 for a, b in pairwise(levels) if low <= a and b <= high]
    between.sort(key=lambda y: (abs(y - (low + high) / 2), y))
    text = compact(row["amount"], row["currency"]) + ("" if row["currency"] == home else f" {row['currency']}")
    share = (200 * row["claim"] + row["amount"]) // (2 * row["amount"]) if row["amount"] else 0
    texts = [text] if row["claim"] == row["amount"] else [f"{text} · {share}%", text]
    link = anchors.transaction(row["id"])
    side = max(arrow.wide, HEAD) / 2 + 0.03
    return [
        Label(
            text, arrow.x + side if right else arrow.x - side - width(text, AMOUNT), y, AMOUNT, INK, "left", link=link
        )
        for text in texts
        for y in between
        for right in (True, False)
    ]
