"""What a pattern, a tracing rule or a community method says of itself, as headings and text."""

from __future__ import annotations

import inspect
from typing import Any

from followmoney.cli._topics import TOPICS
from followmoney.errors import SettingsError, unknown
from followmoney.settings import leaves, written


def first_sentence(thing: Any) -> str:  # noqa: ANN401
    """The first sentence of its documentation."""
    text = " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
    return text.split(". ")[0].rstrip(".") + "." if text else ""


def catalogues() -> dict[str, dict[str, Any]]:
    """Everything with an explanation, by what it is and its name."""
    from followmoney.communities import catalogue as methods
    from followmoney.patterns import catalogue as patterns
    from followmoney.tracing import catalogue as rules

    return {"pattern": dict(patterns()), "tracing rule": dict(rules()), "community method": dict(methods())}


def explained(name: str) -> dict[str, Any]:
    """Name, kind, all it says of itself as text, and its settings with their sources."""
    from followmoney.schema import refusals

    everything = catalogues()
    for kind, items in everything.items():
        if name in items:
            return {"name": name, "kind": kind} | _said(name, items[name])
    if (said := refusals.explained(name)) is not None:
        return {"name": name, "kind": "rule that rows are refused by", "text": f"{name}: {said}"}
    known = [n for items in everything.values() for n in items]
    known += ["assertions", "listed", "settings", "specification", *TOPICS]
    raise SettingsError(unknown("pattern, rule, method or subject", name, known))


def _said(name: str, item: Any) -> dict[str, Any]:  # noqa: ANN401
    whole = {f"patterns.{name}", f"communities.{name}"}
    settings = [leaf for leaf in leaves().values() if leaf.section in whole]
    if hasattr(item, "describe"):
        text = str(item.describe())
    else:
        lines = [f"  {leaf.name} = {written(leaf.default)}: {leaf.about}" for leaf in settings]
        text = "\n".join([name, "", inspect.getdoc(item) or "", *(["", "Options", *lines] if lines else [])])
    said = [
        {"setting": leaf.path, "default": leaf.default, "meaning": leaf.doc, "unit": leaf.unit, "source": leaf.source}
        for leaf in settings
    ]
    return {"text": text, "settings": said}
