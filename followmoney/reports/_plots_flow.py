"""Paints a flow picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.reports import _plots, anchors
from followmoney.reports._carried import ASSET, EXIT, SOURCE
from followmoney.reports._flow_geometry import BAR, Bar, Ribbon
from followmoney.reports._flow_plan import Plan
from followmoney.reports._paper import GOLD, NAVY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.reports._plots import Point

_BARS = {ASSET: ("#ffffff", NAVY, 1.8), SOURCE: ("#8b939e", "none", 0.0), EXIT: ("#8b939e", "none", 0.0)}
_OTHERS = ("#5a626d", "none", 0.0)
_ACCOUNT = ("#222222", "none", 0.0)
_HAIR = 0.004


def paint(ax: Axes, plan: Plan) -> None:
    """Ribbons first, bars over their ends, labels in the room kept for them."""
    thick_first = sorted(range(len(plan.ribbons)), key=lambda n: -max(s.height for s in plan.ribbons[n].stages))
    for above, n in enumerate(thick_first):
        _ribbon(ax, plan.ribbons[n], f"ribbon-{n}", 2.0 + above / 10_000)
    for bar in plan.bars:
        _bar(ax, bar)
    for label in plan.labels:
        _plots.write(ax, label)


def _bar(ax: Axes, bar: Bar) -> None:
    fill, edge, line = _OTHERS if bar.box.others else _BARS.get(bar.box.kind, _ACCOUNT)
    _plots.box(
        ax, bar.x - BAR / 2, bar.top, BAR, bar.height, fill=fill, edge=edge, line=line, link=bar.box.link, above=5
    )


def _ribbon(ax: Axes, ribbon: Ribbon, name: str, above: float) -> None:
    link = anchors.transaction(ribbon.link.rows[0]["id"])
    stages = ribbon.stages
    light = [(s.left, s.right, s.top + s.claim, s.top + s.height) for s in stages]
    dark = [(s.left, s.right, s.top, s.top + max(s.claim, _HAIR)) for s in stages]
    if any(foot - top > _HAIR / 2 for _, _, top, foot in light):
        _plots.curve(
            ax, _outline(light), fill=GOLD, edge="#8a7a2a", line=0.3, above=above, link=link, name=f"{name}-rest"
        )
    _plots.curve(ax, _outline(dark), fill=NAVY, edge="#ffffff", line=0.25, above=above + 0.00005, link=link, name=name)


def _outline(pieces: list[tuple[float, float, float, float]]) -> list[tuple[int, Point]]:
    """Along the upper side, and back along the lower."""
    first = pieces[0]
    path: list[tuple[int, Point]] = [(1, (first[0], first[2]))]
    for i, (_, right, top, _) in enumerate(pieces):
        path.append((2, (right, top)))
        if i + 1 < len(pieces):
            left, level = pieces[i + 1][0], pieces[i + 1][2]
            middle = (right + left) / 2
            path += [(4, (middle, top)), (4, (middle, level)), (4, (left, level))]
    path.append((2, (pieces[-1][1], pieces[-1][3])))
    for i in range(len(pieces) - 1, -1, -1):
        left, _, _, foot = pieces[i]
        path.append((2, (left, foot)))
        if i:
            right, level = pieces[i - 1][1], pieces[i - 1][3]
            middle = (left + right) / 2
            path += [(4, (middle, foot)), (4, (middle, level)), (4, (right, level))]
    return [*path, (79, (first[0], first[2]))]
