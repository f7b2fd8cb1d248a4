"""Sections → one HTML file that needs nothing else: no scripts, nothing fetched, style pinned by its hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from followmoney.languages import say, spoken
from followmoney.reports._blocks import Cell, Section
from followmoney.reports._visible import in_line

Cover = Sequence[tuple[str, Sequence[Cell]]]


def html(title: str, cover: Cover, sections: Sequence[Section], handling: str = "") -> str:
    """The page. Whatever comes from a source is escaped by the template and kept apart from the text around it.

    `handling` is the line that stands on top, at the foot and above every schedule.
    """
    from jinja2 import BaseLoader, Environment, StrictUndefined

    folder = files("followmoney.reports") / "_page"
    style = (folder / "report.css").read_text(encoding="utf-8")
    template = (folder / "report.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        loader=BaseLoader(), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, finalize=_seen
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = environment.from_string(template)
    return page.render(
        language=spoken(),
        kind=say("Tracing report"),
        contents=say("Contents"),
        not_drawn=say("Not drawn:"),
        title=title,
        cover=cover,
        sections=sections,
        handling=handling,
        style=style,
        style_hash=digest,
    )


def _seen(value: Any) -> Any:  # noqa: ANN401
    """Text made visible; what is HTML already (our own) as it is."""
    return in_line(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
