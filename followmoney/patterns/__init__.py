"""What laundering looks like: one pattern a file; a file dropped into this folder is found."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from followmoney.patterns._catalogue import catalogue, explain
from followmoney.patterns._error_rates import ErrorRates, error_rates
from followmoney.patterns._limits import CashLimit, cash_limits
from followmoney.patterns._pattern import Innocent, Margin, Pattern, Window
from followmoney.patterns._threshold import threshold

if TYPE_CHECKING:
    from followmoney.engines import Engine
    from followmoney.finding import Findings
    from followmoney.graph import FlowGraph
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import IN, LINK, OUT, OWN, Hits

_OWN = {"Flows": "_flows", "Hit": "_hit", **dict.fromkeys(("IN", "LINK", "OUT", "OWN", "Hits"), "_hits")}
"""What a pattern of one's own needs besides; loaded when asked for, as it takes numpy and polars."""


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load what a pattern of one's own needs."""
    if name not in _OWN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_OWN[name]}"), name)


def detect(
    graph: FlowGraph, patterns: str | Pattern | Iterable[str | Pattern] | None = None, engine: Engine | None = None
) -> Findings:
    """What in these transactions looks like a known laundering pattern, each with the rows that show it.

    Args:
        graph: Transactions, between accounts or (after `fold`) between parties.
        patterns: Names, or patterns with thresholds of your own; None: all of them with their defaults.
            Of one pattern with two settings a finding that both make is kept once; look once with each to compare.
        engine: Where it is run; None: whole, in this process. The findings do not depend on it.

    Raises:
        SettingsError: An unknown pattern, or shares that would not fit into 64 bits.
    """
    from followmoney.patterns._detect import detect as run

    return run(graph, patterns, engine)


__all__ = [
    "IN", "LINK", "OUT", "OWN", "CashLimit", "ErrorRates", "Flows", "Hit", "Hits", "Innocent", "Margin", "Pattern",
    "Window", "cash_limits", "catalogue", "detect", "error_rates", "explain", "threshold",
]  # fmt: skip
