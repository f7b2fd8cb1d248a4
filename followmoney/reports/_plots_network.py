"""Paints a network."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from followmoney.reports import _plots
from followmoney.reports._network_plan import RADIUS, Arrow, Plan
from followmoney.reports._paper import GOLD, NAVY, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GATHERS, _PASSES = {"hub", "collector", "distributor"}, {"pass_through"}
_INWARDS, _BEND, _HEAD, _LINE = 0.45, 0.06, 0.08, "#6b7684"


def paint(ax: Axes, plan: Plan) -> None:
    """Arrows first, dots over their ends, names beside."""
    for n, arrow in enumerate(plan.arrows):
        _arrow(ax, plan, arrow, f"arrow-{n}")
    for spot in plan.spots:
        roles = set(spot.member["roles"])
        fill = NAVY if roles & _GATHERS else GOLD if roles & _PASSES else PAPER
        _plots.dot(ax, spot.x, spot.y, RADIUS, fill=fill, edge=NAVY)
        for label in spot.labels:
            _plots.write(ax, label)


def _arrow(ax: Axes, plan: Plan, arrow: Arrow, name: str) -> None:
    """From dot to dot, bent inwards and a little to one side: clear of the names, and there and back apart."""
    a, b = plan.spots[arrow.source], plan.spots[arrow.target]
    across, down = b.x - a.x, b.y - a.y
    far = hypot(across, down) or 1.0
    x, y = (a.x + b.x) / 2, (a.y + b.y) / 2
    bent = _INWARDS * min(1.0, far / 2)
    inwards = (bent * (plan.wide / 2 - x), bent * (plan.tall / 2 - y))
    middle = (x + inwards[0] - _BEND * down, y + inwards[1] + _BEND * across)
    start, tip = _toward((a.x, a.y), middle, RADIUS), _toward((b.x, b.y), middle, RADIUS)
    head = min(_HEAD + 0.018 * arrow.weight, far / 3)
    foot = _toward(tip, middle, head)
    _plots.curve(
        ax, [(1, start), (3, middle), (3, foot)], fill="none", edge=_LINE, line=arrow.weight, above=3.0, name=name
    )
    side = ((tip[1] - foot[1]) * 0.45, -(tip[0] - foot[0]) * 0.45)
    wings = [(foot[0] + side[0], foot[1] + side[1]), (foot[0] - side[0], foot[1] - side[1])]
    _plots.shape(ax, [tip, *wings], fill=_LINE, above=3.5)


def _toward(point: tuple[float, float], other: tuple[float, float], far: float) -> tuple[float, float]:
    across, down = other[0] - point[0], other[1] - point[1]
    whole = hypot(across, down) or 1.0
    return point[0] + across / whole * far, point[1] + down / whole * far
