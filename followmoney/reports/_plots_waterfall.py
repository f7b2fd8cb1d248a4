"""Paints a waterfall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.reports import _plots
from followmoney.reports._paper import GOLD, NAVY, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.reports._waterfall_plan import Bar, Plan

_DAY, _EDGE = "#d5d9de", "#8a7a2a"


def paint(ax: Axes, plan: Plan) -> None:
    """The scale behind, bars over it, each tied to the next."""
    for x in plan.ticks:
        _plots.box(ax, x - 0.004, plan.top, 0.008, plan.tall - plan.top, fill=_DAY, above=0.5)
    found: dict[str, int] = dict.fromkeys(("step", "total", "against"), 0)
    for n, bar in enumerate(plan.bars):
        name = f"{bar.kind}-{found[bar.kind]}"
        found[bar.kind] += 1
        (_arrow if bar.kind == "against" else _bar)(ax, bar, plan.thick, name)
        if n + 1 < len(plan.bars):
            foot = bar.top + plan.thick
            _plots.box(ax, bar.end - 0.004 if bar.kind != "against" else bar.start - 0.004, foot, 0.008,
                       plan.bars[n + 1].top - foot, fill="#6b7684", above=2)  # fmt: skip
    for label in plan.labels:
        _plots.write(ax, label)


def _bar(ax: Axes, bar: Bar, thick: float, name: str) -> None:
    fill, edge = (NAVY, NAVY) if bar.kind == "total" else (GOLD, _EDGE)
    wide = max(bar.end - bar.start, 0.02)
    _plots.box(ax, bar.start, bar.top, wide, thick, fill=fill, edge=edge, line=0.6, link=bar.link, name=name)


def _arrow(ax: Axes, bar: Bar, thick: float, name: str) -> None:
    """Hollow and dashed: it has a direction and no length."""
    middle, head = bar.top + thick / 2, 0.16
    neck = bar.end + head
    points = [
        (bar.start, bar.top + 0.04), (neck, bar.top + 0.04), (neck, bar.top - 0.03), (bar.end, middle),
        (neck, bar.top + thick + 0.03), (neck, bar.top + thick - 0.04), (bar.start, bar.top + thick - 0.04),
    ]  # fmt: skip
    path = [(1 if n == 0 else 2, point) for n, point in enumerate(points)]
    _plots.curve(
        ax, [*path, (79, points[0])], fill=PAPER, edge="#1a1a1a", line=0.9, above=4, dashed=True, link=bar.link,
        name=name,
    )  # fmt: skip
