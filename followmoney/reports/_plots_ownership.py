"""Paints an ownership chart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from followmoney.reports import _plots
from followmoney.reports._ownership_chart import ASSET, PERSON, UNKNOWN
from followmoney.reports._ownership_plan import CIRCLE, Place, Plan, Way
from followmoney.reports._paper import GOLD, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.reports._plots import Point

_FILLS = {PERSON: "#cfe0f3", ASSET: GOLD, UNKNOWN: "#f4f4f4"}
_HEAD = 0.09


def paint(ax: Axes, plan: Plan) -> None:
    """Lines, cards over them, then words."""
    for way in plan.ways:
        _way(ax, way)
    for place in plan.places:
        _card(ax, place)
    for label in plan.said:
        left, top, right, foot = label.area()
        _plots.box(ax, left, top, right - left, foot - top, fill="#ffffff", above=6)
        _plots.write(ax, label)
    for label in plan.names:
        _plots.write(ax, label)


def _card(ax: Axes, place: Place) -> None:
    kind, line = place.card.kind, 2.2 if place.card.subject else 1.0
    fill = _FILLS.get(kind, "#ffffff")
    rounded = place.tall / 2 if kind == PERSON else 0.0 if kind == ASSET else 0.07
    _plots.box(
        ax,
        place.left,
        place.top,
        place.wide,
        place.tall,
        fill=fill,
        edge=INK,
        line=line,
        dashed=kind == UNKNOWN,
        rounded=rounded,
        above=5,
    )


def _way(ax: Axes, way: Way) -> None:
    colour = CIRCLE if way.back else INK
    x, y = way.points[-1]
    path = _corners(way.points) if way.back else _bends(way.points)
    _plots.curve(ax, path, fill="none", edge=colour, line=1.1, above=3, dashed=not way.holding.firm)
    _plots.shape(ax, [(x - _HEAD / 2, y - _HEAD), (x + _HEAD / 2, y - _HEAD), (x, y)], fill=colour, above=5.5)


def _bends(points: tuple[Point, ...]) -> list[tuple[int, Point]]:
    """Upright at both ends of every row; straight where it passes one."""
    path: list[tuple[int, Point]] = [(1, points[0])]
    for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        if i % 2:
            path.append((2, (x1, y1)))
        else:
            middle = (y0 + y1) / 2
            path += [(4, (x0, middle)), (4, (x1, middle)), (4, (x1, y1))]
    return path


def _corners(points: tuple[Point, ...]) -> list[tuple[int, Point]]:
    return [(1 if i == 0 else 2, p) for i, p in enumerate(points)]
