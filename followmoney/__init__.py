"""Follow the money: transactions and registries in; patterns, networks, traces, and what can be frozen, out.

A ledger is what the sources say; a pattern, a community or a trace is a question put to it; a finding is the answer,
with the rows that prove it; a case turns answers into assets that can be frozen, from whom, and on what proof.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from followmoney._version import __version__

if TYPE_CHECKING:
    from followmoney.case import Case, Entry, Journal
    from followmoney.communities import cluster
    from followmoney.finding import Finding, Findings
    from followmoney.graph import FlowGraph
    from followmoney.graph.beneficial import beneficial_owners
    from followmoney.graph.links import links
    from followmoney.graph.ownership import owners
    from followmoney.graph.payments import owners_of_payments
    from followmoney.graph.reach import reach
    from followmoney.ledger import Ledger
    from followmoney.patterns import detect
    from followmoney.profiles import features
    from followmoney.readers import load, sketch
    from followmoney.reports import export, report
    from followmoney.resolution import Decision, resolve
    from followmoney.settings import Settings
    from followmoney.tracing import Assertion, trace

_HOME = {
    "Assertion": "tracing",
    "Case": "case",
    "Decision": "resolution",
    "Entry": "case",
    "Finding": "finding",
    "Findings": "finding",
    "FlowGraph": "graph",
    "Journal": "case",
    "Ledger": "ledger",
    "Settings": "settings",
    "beneficial_owners": "graph.beneficial",
    "cluster": "communities",
    "detect": "patterns",
    "export": "reports",
    "features": "profiles",
    "links": "graph.links",
    "load": "readers",
    "owners": "graph.ownership",
    "owners_of_payments": "graph.payments",
    "reach": "graph.reach",
    "report": "reports",
    "resolve": "resolution",
    "sketch": "readers",
    "trace": "tracing",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a room when it is first asked for, so that `import followmoney` is instant."""
    if name in _HOME:
        return getattr(import_module(f"followmoney.{_HOME[name]}"), name)
    raise AttributeError(f"module 'followmoney' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*_HOME, "__version__"])


__all__ = [
    "Assertion", "Case", "Decision", "Entry", "Finding", "Findings", "FlowGraph", "Journal", "Ledger", "Settings",
    "__version__", "beneficial_owners", "cluster", "detect", "export", "features", "links", "load", "owners",
    "owners_of_payments", "reach", "report", "resolve", "sketch", "trace",
]  # fmt: skip
