"""Settings put to a graph: the findings, networks, trace and case they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.cli._progress import doing
from followmoney.errors import SettingsError

if TYPE_CHECKING:
    from followmoney.communities import Networks
    from followmoney.finding import Findings
    from followmoney.graph import FlowGraph
    from followmoney.ledger import Ledger
    from followmoney.settings import Settings
    from followmoney.tracing import Trace


def findings(graph: FlowGraph, settings: Settings) -> Findings:
    """What the chosen patterns find."""
    from followmoney.patterns import detect

    with doing("Looking for patterns"):
        return detect(graph, settings.chosen())


def networks(graph: FlowGraph, settings: Settings) -> Networks:
    """What the chosen community method finds."""
    from followmoney.communities import cluster

    with doing("Finding networks"):
        merged = grouped(graph, settings)
        return cluster(merged, settings.communities.method, seed=settings.communities.seed, **settings.options())


def grouped(graph: FlowGraph, settings: Settings) -> FlowGraph:
    """The graph whose vertices are grouped into networks."""
    by = settings.communities.by
    return graph if by == "account" else graph.fold(by)


def settled(settings: Settings, ledger: Ledger) -> Settings:
    """The settings for this ledger: a claim typed with commas may be the identifier of one transaction."""
    return settings.settled(ledger.numbered["id"].to_list()) if settings.typed else settings


def needs_findings(settings: Settings) -> bool:
    """Whether the claim is named through a pattern, and that pattern must be asked first."""
    return settings.trace.claim_from is not None


def claimed(settings: Settings, found: Findings | None) -> list[str]:
    """The transactions claimed: those named, or those that bring the money in the findings of a pattern."""
    name = settings.trace.claim_from
    if name is None or found is None:
        return list(settings.trace.claim)
    evidence = found.of(name).evidence
    brought = evidence.filter(evidence["role"].cast(str) == "in")
    ids = (brought if len(brought) else evidence).sort("booked_at", "transaction")["transaction"]
    return ids.cast(str).unique(maintain_order=True).to_list()


def trace(graph: FlowGraph, settings: Settings, ids: list[str]) -> Trace:
    """Where the claimed money is, by the chosen rule."""
    from followmoney.tracing import trace as follow

    with doing("Following the claim"):
        return follow(graph, claim=ids, rule=settings.trace.rule, until=settings.trace.until)


def traced(graph: FlowGraph, settings: Settings) -> Trace:
    """The trace a command asks for; without a claim it cannot be answered."""
    found = findings(graph, settings) if needs_findings(settings) else None
    ids = claimed(settings, found)
    if not ids:
        raise SettingsError(no_claim(settings))
    return trace(graph, settings, ids)


def no_claim(settings: Settings) -> str:
    """Why there is nothing to follow, and what to do."""
    if settings.trace.claim_from:
        name = settings.trace.claim_from
        return f"The pattern {name!r} found nothing, so nothing is claimed; name transactions with --claim."
    return (
        "No claim: name the transactions whose money is claimed with --claim t17,t18, or take a pattern's findings "
        "with --claim-from structuring."
    )


def choice(settings: Settings, ids: list[str]) -> str:
    """The sentence that records how the claim was chosen."""
    how = (
        f"the evidence of the findings of {settings.trace.claim_from!r}"
        if settings.trace.claim_from
        else "transactions named by the analyst"
    )
    return f"The claim is the analyst's choice: {how} ({len(ids)} transactions), by the rule {settings.trace.rule!r}."
