"""What a trace can be asked and what a report can show, in the words of what computes it, each with its command."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

_TOPICS = {
    "bounds": "followmoney trace PATH --bounds; of places taken together: --bounds --of A --of B",
    "paths": "followmoney trace PATH --to PLACE; the strongest in words: --to PLACE --explain",
    "openings": "followmoney trace PATH --sensitivity; the document to ask for: followmoney document PATH",
    "gaps": "followmoney document PATH; figures behind a gap are marked <= in followmoney trace PATH",
    "sensitivity": "followmoney trace PATH --sensitivity",
    "freeze": "followmoney freeze PATH --account A --at DAY",
    "cut": "followmoney cut PATH --to PLACE --at DAY",
    "statement": "followmoney report PATH --template FILE --out FOLDER --formats docx; ours, to begin with: "
    "followmoney explain statement --out FILE",
    "explorer": "followmoney report PATH --out FOLDER, then open report.html",
    "pictures": "followmoney report PATH --out FOLDER",
}
TOPICS = tuple(_TOPICS)
"""Their names."""


def topic(name: str) -> str:
    """What is said of one of them."""
    return "\n\n".join([name, *_paragraphs(name), f"Ask: {_TOPICS[name]}"])


def _paragraphs(name: str) -> list[str]:
    from followmoney.reports import picture, statement_template
    from followmoney.reports._explorer import explorer
    from followmoney.reports.picture import KINDS
    from followmoney.tracing import Trace, bounds, cut, frozen, next_document
    from followmoney.tracing._opening import openings
    from followmoney.tracing.paths import paths

    told: dict[str, tuple[Callable[..., Any], ...]] = {
        "bounds": (bounds,), "paths": (paths,), "openings": (openings, Trace.openings),
        "gaps": (Trace.behind_gaps, next_document), "sensitivity": (Trace.sensitivity,), "freeze": (frozen,),
        "cut": (cut,), "statement": (statement_template,), "explorer": (explorer,),
        "pictures": (picture, *(import_module(f"followmoney.reports.{kind}").draw for kind in KINDS)),
    }  # fmt: skip
    return [part for thing in told[name] for part in _about(thing)]


def _about(thing: Callable[..., Any]) -> list[str]:
    """Its documentation before what programmers need."""
    said = (inspect.getdoc(thing) or "").partition("\n\nArgs:")[0].partition("\n\nCost:")[0]
    return said.split("\n\n")
