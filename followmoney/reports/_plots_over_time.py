"""Paints balance and claim over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.reports import _plots, anchors
from followmoney.reports._over_time_plan import Panel, Plan
from followmoney.reports._paper import NAVY, PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from followmoney.reports._plots import Point

_LIGHT, _LINE, _INK = "#dfe3e8", "#6b7684", "#1a1a1a"


def paint(ax: Axes, plan: Plan) -> None:
    """Balance behind, claim over it, then its line, dots and brackets."""
    for panel in plan.panels:
        _panel(ax, panel)
    for label in plan.labels:
        _plots.write(ax, label)


def _panel(ax: Axes, panel: Panel) -> None:
    _area(ax, panel, panel.balance, fill=_LIGHT, edge=_LINE, above=1, name=f"{panel.name}-balance")
    if panel.claim:
        _area(ax, panel, panel.claim, fill=NAVY, edge=NAVY, above=2, name=panel.name)
    _plots.box(ax, panel.left, panel.ground - 0.004, panel.right - panel.left, 0.008, fill=_INK, above=3)
    if panel.bracket is not None:
        x, least, most = panel.bracket
        _plots.box(ax, x - 0.007, most, 0.014, max(least - most, 0.014), fill=_INK)
        for y in (least, most):
            _plots.box(ax, x - 0.04, y - 0.007, 0.08, 0.014, fill=_INK)
    for dot in panel.dots:
        _plots.dot(
            ax, dot.x, dot.y, 0.028, fill=NAVY if dot.came else PAPER, edge=_INK, link=anchors.transaction(dot.id),
            name=dot.name,
        )  # fmt: skip


def _area(
    ax: Axes, panel: Panel, line: Sequence[Point], *, fill: str, edge: str, above: float, name: str
) -> None:  # fmt: skip
    first, last = line[0], line[-1]
    ground = [(last[0], panel.ground), (first[0], panel.ground)]
    path = [(1 if n == 0 else 2, point) for n, point in enumerate([*line, *ground])]
    _plots.curve(ax, [*path, (79, first)], fill=fill, edge=edge, line=0.6, above=above, link=panel.link, name=name)
