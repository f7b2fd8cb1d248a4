"""Sections → one HTML file that needs nothing else: nothing fetched, style and scripts pinned by their hashes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from followmoney.languages import say, spoken
from followmoney.reports._blocks import Cell, Explorer, Section
from followmoney.reports._visible import in_line

_ALWAYS, _EXPLORER = ("wide.js",), ("cytoscape.min.js", "explorer.js")
Cover = Sequence[tuple[str, Sequence[Cell]]]


def html(title: str, cover: Cover, sections: Sequence[Section], handling: str = "") -> str:
    """The page. Whatever comes from a source is escaped by the template and kept apart from the text around it.

    `handling` is the line that stands on top, at the foot and above every schedule.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("followmoney.reports") / "_page"

    def read(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(read), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True,
        finalize=_seen,
    )  # fmt: skip
    style = read("report.css")
    explored = any(isinstance(block, Explorer) for section in sections for block in section.blocks)
    scripts = [(text, _digest(text)) for text in map(read, (*_ALWAYS, *(_EXPLORER if explored else ())))]
    page = environment.get_template("report.html.j2")
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
        style_hash=_digest(style),
        scripts=scripts,
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _seen(value: Any) -> Any:  # noqa: ANN401
    """Text made visible; what is HTML already (our own) as it is."""
    return in_line(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
