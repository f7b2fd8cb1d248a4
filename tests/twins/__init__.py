"""A plain twin a pattern, found by its name; a pattern without one fails its law."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from naive_patterns import Shown

from followmoney.graph import FlowGraph
from followmoney.patterns import Pattern


def _of(pattern: type[Pattern]) -> Any:
    return import_module(f"twins.{pattern.of()}")


def twin(pattern: Pattern, graph: FlowGraph) -> set[Shown]:
    """What the plain twin shows."""
    return _of(type(pattern)).twin(pattern, graph)


def loose(pattern: type[Pattern]) -> dict[str, Any]:
    """Other thresholds, so that small random ledgers meet them often."""
    return getattr(_of(pattern), "LOOSE", {})
