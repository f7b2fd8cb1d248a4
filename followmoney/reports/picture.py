"""`Picture`: a picture with what it shows, what it leaves out, and a sentence for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.reports._drawing import Drawing

KINDS = ("flow", "chronology", "ownership", "network", "countries", "over_time", "waterfall")


@dataclass(frozen=True)
class Picture:
    """A finished picture; a notebook shows it."""

    svg: str
    """One `<svg>` element: no scripts, no style sheets, nothing fetched."""
    alt: str
    """What it shows, in a sentence."""
    caption: str
    omitted: tuple[str, ...]
    """What it does not show, one sentence each."""
    shown: pl.DataFrame

    def rows(self) -> pl.DataFrame:
        """The source rows behind it."""
        return self.shown

    def _repr_html_(self) -> str:
        return f'<div style="max-width:100%;overflow-x:auto;background:#fff">{self.svg}</div>'


def picture(
    kind: str,
    subject: Any,  # noqa: ANN401
    *,
    places: Container[str] | None = None,
    name: str | None = None,
    **options: Any,  # noqa: ANN401
) -> Picture:
    """A picture of a result.

    "flow", "chronology" or "over_time" of a trace, "countries" of a case, "ownership" of a party in a ledger, a
    "network", or the "waterfall" of a finding.

    Args:
        kind: Which picture.
        subject: What to draw.
        places: Names in a page that its links may jump to; None leaves all links.
        name: What its parts are called in a page that has several pictures; the kind unless given.
        options: As for `draw` of that picture.

    Raises:
        SettingsError: There is no such picture.
    """
    if kind not in KINDS:
        raise SettingsError(unknown("picture", kind, KINDS))
    drawing: Drawing = import_module(f"followmoney.reports.{kind}").drawing(subject, **options)
    from followmoney.reports import _plots
    from followmoney.reports._svg import tidy

    svg = tidy(_plots.svg(drawing.draw()), name or kind, drawing.titles, places)
    return Picture(svg, drawing.alt, drawing.caption, drawing.omitted, drawing.shown)
