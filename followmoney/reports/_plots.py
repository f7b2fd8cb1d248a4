"""Paper and pen: the few calls to matplotlib that every picture shares. Only `_plots*` files know matplotlib."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from math import pi
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, FancyBboxPatch, PathPatch, Polygon, Rectangle, RegularPolygon
from matplotlib.path import Path

from followmoney.reports._drawing import MARGIN
from followmoney.reports._paper import Label
from followmoney.reports._visible import in_line

if TYPE_CHECKING:
    from followmoney.reports._drawing import Drawing

FONT = "DejaVu Sans"  # comes with matplotlib
_STYLE: Any = {"svg.hashsalt": "followmoney", "svg.fonttype": "none", "svg.id": None, "path.simplify": False}
_SMALL = 0.05  # inches

Point = tuple[float, float]


class Paper(Axes):
    """Axes measured in inches, from the top left corner; a notebook shows them as the picture they are."""

    def _repr_html_(self) -> str:
        from followmoney.reports._svg import tidy

        return f'<div style="max-width:100%;overflow-x:auto;background:#fff">{tidy(svg(self), "picture", {})}</div>'


def sheet(drawing: Drawing, ax: Axes | None) -> Axes:
    """The Axes given, or those of a new sheet, measured in inches of the drawing."""
    wide, tall = drawing.size()
    if ax is None:
        figure = Figure(figsize=(round(wide, 3), round(tall, 3)), facecolor="white")
        ax = Paper(figure, (0.0, 0.0, 1.0, 1.0))
        figure.add_axes(ax)  # pyright: ignore[reportUnknownMemberType]
    ax.set_xlim(0.0, wide)
    ax.set_ylim(tall - MARGIN, -MARGIN)
    ax.set_axis_off()
    return ax


def _shrink(ax: Axes) -> float:
    """How much smaller than planned the Axes are (1 on a sheet of our own)."""
    figure: Any = ax.get_figure()
    box = ax.get_position()
    across, down = figure.get_size_inches()
    (left, right), (foot, top) = ax.get_xlim(), ax.get_ylim()
    return min(1.0, box.width * across / (right - left), box.height * down / (foot - top))


def write(ax: Axes, label: Label, name: str | None = None) -> None:
    """A line of text, as it is: nothing in it is read as a formula."""
    text = ax.text(  # pyright: ignore[reportUnknownMemberType]
        round(label.x, 4), round(label.y, 4), in_line(label.text), fontsize=label.size * _shrink(ax),
        color=label.colour, ha=label.align, va="center_baseline", fontfamily=FONT,
        fontweight="bold" if label.bold else "normal", parse_math=False, zorder=9,
        url=f"#{label.link}" if label.link else None,
    )  # fmt: skip
    if name:
        text.set_gid(name)


def box(
    ax: Axes, left: float, top: float, wide: float, tall: float, *, fill: str, edge: str = "none", line: float = 0.0,
    dashed: bool = False, rounded: float = 0.0, above: float = 4.0, link: str | None = None, name: str | None = None,
) -> None:  # fmt: skip
    """A rectangle."""
    given: dict[str, Any] = {
        "facecolor": fill, "edgecolor": edge, "linewidth": line, "linestyle": "--" if dashed else "-", "zorder": above,
        "url": f"#{link}" if link else None, "gid": name,
    }  # fmt: skip
    if rounded:
        style = f"round,pad=0,rounding_size={rounded}"
        ax.add_patch(FancyBboxPatch((left, top), wide, tall, boxstyle=style, **given))
    else:
        ax.add_patch(Rectangle((left, top), wide, tall, **given))


def shape(
    ax: Axes,
    points: Sequence[Point],
    *,
    fill: str,
    edge: str = "none",
    line: float = 0.0,
    above: float = 4.0,
    link: str | None = None,
    name: str | None = None,
) -> None:
    """A closed shape with straight sides."""
    ax.add_patch(
        Polygon(
            list(points),
            closed=True,
            facecolor=fill,
            edgecolor=edge,
            linewidth=line,
            zorder=above,
            url=f"#{link}" if link else None,
            gid=name,
        )
    )


def curve(
    ax: Axes,
    path: Sequence[tuple[int, Point]],
    *,
    fill: str,
    edge: str = "none",
    line: float = 0.0,
    above: float = 3.0,
    dashed: bool = False,
    link: str | None = None,
    name: str | None = None,
) -> None:
    """A path of pen moves: 1 lift, 2 line, 4 bend (three points), 79 close."""
    points = [(round(x, 4), round(y, 4)) for _, (x, y) in path]
    patch = PathPatch(
        Path(points, [code for code, _ in path]),
        facecolor=fill,
        edgecolor=edge,
        linewidth=line,
        zorder=above,
        linestyle="--" if dashed else "-",
        url=f"#{link}" if link else None,
        gid=name,
    )
    ax.add_patch(patch)


def dot(
    ax: Axes, x: float, y: float, radius: float, *, fill: str, edge: str, link: str | None = None,
    name: str | None = None,
) -> None:  # fmt: skip
    """A small circle; a very small one as an octagon, which looks the same and takes a quarter of the letters."""
    given: dict[str, Any] = {"facecolor": fill, "edgecolor": edge, "url": f"#{link}" if link else None, "gid": name}
    if radius < _SMALL:
        ax.add_patch(
            RegularPolygon((x, y), 8, radius=radius * 1.03, orientation=pi / 8, linewidth=0.8, zorder=5, **given)
        )
    else:
        ax.add_patch(Ellipse((x, y), 2 * radius, 2 * radius, linewidth=0.8, zorder=5, **given))


def _style() -> AbstractContextManager[None]:
    """Our settings of matplotlib while a picture is written; the user's are back afterwards."""
    library: Any = mpl
    return library.rc_context(_STYLE)


def svg(ax: Axes) -> str:
    """The picture as SVG text, the same at every run."""
    figure: Any = ax.get_figure()
    held = io.StringIO()
    with _style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # the reader's fonts draw what DejaVu lacks
        figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return held.getvalue()


def png(ax: Axes, dots: int = 100) -> bytes:
    """The picture as PNG bytes, the same at every run."""
    figure: Any = ax.get_figure()
    held = io.BytesIO()
    with _style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        figure.savefig(held, format="png", dpi=dots, metadata={"Software": None})
    return held.getvalue()
