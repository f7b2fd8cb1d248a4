"""Where everything in an ownership chart stands: owners above what they own, circles closed along the side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from followmoney.reports._labels import height, width, wrapped
from followmoney.reports._layers import layers
from followmoney.reports._order import order
from followmoney.reports._ownership_chart import Card, Chart, Holding
from followmoney.reports._paper import DETAIL, GREY, INK, TITLE, Label, overlap
from followmoney.reports._settle import Pull, Slot, settle

_ROOM, _INSIDE, _BETWEEN, _ROW, _MARGIN, _PORT = 1.7, 0.14, 0.35, 0.8, 0.3, 0.32
CIRCLE = "#b45f06"

Point = tuple[float, float]
Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """A card with its place."""

    card: Card
    left: float
    top: float
    wide: float
    tall: float

    def area(self) -> Area:
        """Left, top, right, foot."""
        return self.left, self.top, self.left + self.wide, self.top + self.tall


@dataclass(frozen=True)
class Way:
    """A holding as a line: the points it passes; `back` where it closes a circle."""

    holding: Holding
    points: tuple[Point, ...]
    back: bool


@dataclass(frozen=True)
class Plan:
    """An ownership chart in inches."""

    wide: float
    foot: float
    places: tuple[Place, ...]
    ways: tuple[Way, ...]
    names: tuple[Label, ...]
    said: tuple[Label, ...]
    """What stands on the lines."""


def plan(chart: Chart) -> Plan:
    """Place cards in rows and lines between them."""
    cards, number = chart.cards, {c.key: i for i, c in enumerate(chart.cards)}
    row = layers(len(cards), [(number[h.owner], number[h.owned], h.weight) for h in chart.holdings])
    onward = [h for h in chart.holdings if row[number[h.owner]] < row[number[h.owned]]]
    back = [h for h in chart.holdings if row[number[h.owner]] >= row[number[h.owned]]]
    lines = [[*wrapped(c.name, _ROOM, TITLE), *wrapped(c.detail, _ROOM, DETAIL, 1)] for c in cards]
    wides = [max(max(width(t, TITLE) for t in some) + 2 * _INSIDE, 0.9) for some in lines]
    tall = height(max(len(some) for some in lines), TITLE) + 0.16
    slots = {i: Slot(w, _BETWEEN, 1.0) for i, w in enumerate(wides)}
    level, paths = dict(enumerate(row)), list[list[int]]()
    for holding in onward:
        a, b = number[holding.owner], number[holding.owned]
        between = list(range(len(slots), len(slots) + row[b] - row[a] - 1))
        for step, made in enumerate(between, 1):
            slots[made], level[made] = Slot(0.1, _BETWEEN, 0.5), row[a] + step
        paths.append([a, *between, b])
    rows = [[b for b, r in level.items() if r == k] for k in range(max(row) + 1)]
    rows = order(rows, [p for path in paths for p in pairwise(path)])
    wide = max(sum(slots[b].height + slots[b].above for b in r) for r in rows)
    pulls = [Pull(a, b, slots[a].height / 2, slots[b].height / 2, 1.0) for path in paths for a, b in pairwise(path)]
    lefts = settle(rows, slots, pulls, wide)
    shift = _MARGIN - min(lefts.values())
    tops = [0.1 + (0.35 if back else 0.0) + r * (tall + _ROW) for r in range(len(rows))]
    places = [Place(c, lefts[i] + shift, tops[row[i]], wides[i], tall) for i, c in enumerate(cards)]
    middle = {b: lefts[b] + shift + slots[b].height / 2 for b in level}
    ways = [*_ways(onward, paths, places, middle), *_circles(back, number, places)]
    names = [t for p, some in zip(places, lines, strict=True) for t in _names(p, some)]
    said = _said(ways, places)
    right = max(
        [p.left + p.wide for p in places] + [x for w in ways for x, _ in w.points] + [t.area()[2] for t in said]
    )
    foot = tops[-1] + tall + (0.35 if back else 0.1)
    return Plan(right + _MARGIN, foot, tuple(places), tuple(ways), tuple(names), tuple(said))


def _names(place: Place, lines: Sequence[str]) -> list[Label]:
    step = height(1, TITLE)
    first = place.top + place.tall / 2 - step * (len(lines) - 1) / 2
    x, last = place.left + place.wide / 2, len(lines) - 1
    who = [Label(t, x, first + i * step, TITLE, INK, "center", place.card.subject) for i, t in enumerate(lines[:-1])]
    return [*who, Label(lines[-1], x, first + last * step, DETAIL, GREY, "center")]


def _ways(
    onward: Sequence[Holding],
    paths: Sequence[Sequence[int]],
    places: Sequence[Place],
    middle: dict[int, float],
) -> list[Way]:
    tops, tall = sorted({p.top for p in places}), places[0].tall
    found = list[Way]()
    out = _ports(paths, middle, places, leaving=True)
    into = _ports(paths, middle, places, leaving=False)
    for n, (holding, path) in enumerate(zip(onward, paths, strict=True)):
        owner, owned = places[path[0]], places[path[-1]]
        points: list[Point] = [(out[n], owner.top + owner.tall)]
        first = tops.index(owner.top)
        for step, made in enumerate(path[1:-1], 1):
            points += [(middle[made], tops[first + step]), (middle[made], tops[first + step] + tall)]
        found.append(Way(holding, (*points, (into[n], owned.top)), back=False))
    return found


def _ports(
    paths: Sequence[Sequence[int]], middle: dict[int, float], places: Sequence[Place], *, leaving: bool
) -> dict[int, float]:
    """Where on the edge of its card each line starts or ends: side by side, in the order of the other ends."""
    groups: dict[int, list[int]] = {}
    for n, path in enumerate(paths):
        groups.setdefault(path[0] if leaving else path[-1], []).append(n)
    found: dict[int, float] = {}
    for box, group in groups.items():
        group.sort(key=lambda n: (middle[paths[n][1] if leaving else paths[n][-2]], n))
        step = min(_PORT, places[box].wide / (len(group) + 1))
        for i, n in enumerate(group):
            found[n] = middle[box] + (i - (len(group) - 1) / 2) * step
    return found


def _circles(back: Sequence[Holding], number: dict[str, int], places: Sequence[Place]) -> list[Way]:
    """Down from the owner, out to the side, up beyond the owned, and down to it: never through a card."""
    side = max(p.left + p.wide for p in places) + 0.3
    found = list[Way]()
    for n, holding in enumerate(back):
        owner, owned = places[number[holding.owner]], places[number[holding.owned]]
        x, y = side + 0.28 * n, 0.05 * (n % 4)
        start, end = owner.left + owner.wide * 0.8, owned.left + owned.wide * 0.9
        low, high = owner.top + owner.tall + 0.14 + y, owned.top - 0.2 - y
        points = ((start, owner.top + owner.tall), (start, low), (x, low), (x, high), (end, high), (end, owned.top))
        found.append(Way(holding, points, back=True))
    return found


def _said(ways: Sequence[Way], places: Sequence[Place]) -> list[Label]:
    """What each line says, on the line, where it covers no card and no other label."""
    taken = [p.area() for p in places]
    found = list[Label]()
    for way in ways:
        choices = [Label(way.holding.said, x, y, DETAIL, CIRCLE if way.back else INK, "center") for x, y in _spots(way)]
        free = next((c for c in choices if not any(overlap(_around(c), t) for t in taken)), choices[0])
        found.append(free)
        taken.append(_around(free))
    return found


def _around(label: Label) -> Area:
    left, top, right, foot = label.area()
    return left - 0.04, top - 0.02, right + 0.04, foot + 0.02


def _spots(way: Way) -> list[Point]:
    if way.back:
        (x, low), (_, high) = way.points[2], way.points[3]
        return [(x, high + (low - high) * t) for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)]
    spots = list[Point]()
    pairs = list(pairwise(way.points))[::2]
    for (x0, y0), (x1, y1) in reversed(pairs):
        for t in (0.62, 0.5, 0.72, 0.4, 0.3, 0.8):
            s = t * t * (3 - 2 * t)  # near enough to the bend, which starts and ends upright
            spots.append((x0 + (x1 - x0) * s, y0 + (y1 - y0) * t))
    return spots
