"""A picture before it is painted: its size, what is on it, what is not, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from followmoney.reports._labels import height
from followmoney.reports._paper import CAPTION, GREY, Label, paragraph

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARGIN = 0.22
_NARROWEST = 7.0


@dataclass(frozen=True)
class Drawing:
    """All of a picture except the paint."""

    wide: float
    """Inches, without the caption's needs."""
    tall: float
    paint: Callable[[Axes], None]
    caption: str
    alt: str
    omitted: tuple[str, ...]
    """What is not drawn, one sentence each."""
    shown: pl.DataFrame
    """The source rows behind it."""
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """What a part says when pointed at, by the part's name in the SVG."""

    @classmethod
    def empty(cls, sentence: str) -> Drawing:
        """A picture that says why there is none."""
        return cls(_NARROWEST, 0.1, lambda _: None, sentence, sentence, (), pl.DataFrame())

    def size(self) -> tuple[float, float]:
        """Inches across and down, with the caption."""
        wide = max(self.wide, _NARROWEST)
        lines = paragraph(self.caption, wide - 2 * MARGIN)
        return wide, MARGIN + self.tall + 0.22 + height(len(lines), CAPTION) + MARGIN

    def words(self) -> list[Label]:
        """The caption's lines, in the places where they stand."""
        wide, _ = self.size()
        step = height(1, CAPTION)
        start = self.tall + 0.22 + step / 2
        return [
            Label(line, MARGIN, start + i * step, CAPTION, GREY)
            for i, line in enumerate(paragraph(self.caption, wide - 2 * MARGIN))
        ]

    def draw(self, ax: Axes | None = None) -> Axes:
        """Paint it, on the Axes given or on a sheet of its own; returns the Axes."""
        from followmoney.reports import _plots

        ax = _plots.sheet(self, ax)
        self.paint(ax)
        for line in self.words():
            _plots.write(ax, line)
        return ax
