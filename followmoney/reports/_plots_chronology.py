"""Paints a chronology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.reports import _plots, anchors
from followmoney.reports._chronology_plan import HEAD, Arrow, Plan
from followmoney.reports._paper import GOLD, NAVY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAND, _LINE, _DAY, _INK = "#f1f3f6", "#9aa3ad", "#d5d9de", "#1a1a1a"


def paint(ax: Axes, plan: Plan) -> None:
    """Bands, days and lines behind; arrows over them; figures on top."""
    for top, foot in plan.stripes:
        _plots.box(ax, 0.12, top, plan.right - 0.12, foot - top, fill=_BAND, above=0)
    for x in plan.days:
        _plots.box(ax, x - 0.004, 0.0, 0.008, plan.foot - 0.22, fill=_DAY, above=0.5)
    for y in plan.levels:
        _plots.box(ax, plan.left, y - 0.005, plan.right - plan.left, 0.01, fill=_LINE, above=1)
    for n, arrow in enumerate(plan.arrows):
        _arrow(ax, arrow, f"arrow-{n}")
    for label in plan.labels:
        _plots.write(ax, label)


def _arrow(ax: Axes, arrow: Arrow, name: str) -> None:
    link = anchors.transaction(arrow.move.row["id"])
    down = arrow.end > arrow.start
    tip = arrow.end - 0.012 if down else arrow.end + 0.012
    neck = tip - HEAD if down else tip + HEAD
    top, tall = min(arrow.start, neck), abs(neck - arrow.start)
    left = arrow.x - arrow.wide / 2
    if arrow.wide - arrow.claim > 0.0005:  # noqa: PLR2004 - inches nobody can see
        _plots.box(
            ax,
            left + arrow.claim,
            top,
            arrow.wide - arrow.claim,
            tall,
            fill=GOLD,
            edge="#8a7a2a",
            line=0.25,
            above=3,
            link=link,
            name=f"{name}-rest",
        )
    _plots.box(ax, left, top, max(arrow.claim, 0.004), tall, fill=NAVY, above=3.5, link=link, name=name)
    half = max(HEAD / 2, arrow.wide / 2 + 0.012)
    _plots.shape(ax, [(arrow.x - half, neck), (arrow.x + half, neck), (arrow.x, tip)], fill=_INK, above=4, link=link)
    _plots.dot(ax, arrow.x, arrow.start, 0.028, fill="#ffffff", edge=_INK)
