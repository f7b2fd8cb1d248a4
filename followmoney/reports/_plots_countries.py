"""Paints a picture by country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.reports import _plots
from followmoney.reports._countries_plan import TILE, Plan
from followmoney.reports._paper import GOLD, NAVY, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TILES = {"dark": (NAVY, NAVY), "some": ("#4a6c97", "#4a6c97"), "passed": (GOLD, "#8a7a2a"), "none": (PAPER, "#c9ced5")}
_PARTS = {"claim": (NAVY, PAPER), "rest": ("#4a6c97", PAPER), "left": (GOLD, "#8a7a2a")}
_GAP, _INK = 0.03, "#1a1a1a"


def paint(ax: Axes, plan: Plan) -> None:
    """Tiles, bars, brackets, words."""
    for tile in plan.tiles:
        fill, edge = _TILES[tile.kind]
        side = TILE - _GAP
        _plots.box(ax, tile.x + _GAP / 2, tile.y + _GAP / 2, side, side, fill=fill, edge=edge, line=0.6)
    for part in plan.parts:
        fill, edge = _PARTS[part.kind]
        _plots.box(
            ax, part.left, part.top, part.right - part.left, part.tall, fill=fill, edge=edge, line=0.5,
            link=part.link or None, name=part.name or None,
        )  # fmt: skip
    for left, right, y in plan.brackets:
        _plots.box(ax, left, y - 0.007, max(right - left, 0.014), 0.014, fill=_INK)
        for x in (left, right):
            _plots.box(ax, x - 0.007, y - 0.04, 0.014, 0.08, fill=_INK)
    for label in plan.labels:
        _plots.write(ax, label)
