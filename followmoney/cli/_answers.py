"""Settings put to a graph: the findings, networks, trace and case they ask for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.cli._count import count
from followmoney.cli._progress import doing
from followmoney.errors import SettingsError
from followmoney.reports._folder import JOURNAL
from followmoney.tracing._default import Unnamed

if TYPE_CHECKING:
    from followmoney.case import Journal
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


def networks(graph: FlowGraph, settings: Settings, found: Findings | None = None) -> Networks:
    """What the chosen community method finds, ranked by the findings inside if some are given."""
    from followmoney.communities import cluster

    with doing("Finding networks"):
        merged = grouped(graph, settings)
        asked = settings.communities
        return cluster(merged, asked.method, seed=asked.seed, findings=found, **settings.options())


def grouped(graph: FlowGraph, settings: Settings) -> FlowGraph:
    """The graph whose vertices are grouped into networks."""
    by = settings.communities.by
    return graph if by == "account" else graph.fold(by, threshold=settings.owners.threshold, lower=settings.lower())


def settled(settings: Settings, ledger: Ledger) -> Settings:
    """The settings for this ledger: a claim typed with commas may be the identifier of one transaction."""
    return settings.settled(ledger.numbered["id"].to_list()) if settings.typed else settings


def journal(settings: Settings, file: Path | None = None) -> Journal:
    """The journal of the case, its chain checked; an empty one where there is none. `file` comes before the settings.

    Raises:
        InputError: It cannot be read, or an entry was altered, removed or put in.
    """
    from followmoney.case import Journal

    path = file or settings.journal()
    return Journal() if path is None else Journal.read(path)


def decided(settings: Settings, journal: Journal) -> Settings:
    """The settings with what the journal decides: the rule adopted, where no other is named."""
    rule = journal.adopted
    if rule is not None and isinstance(settings.trace.rule, Unnamed):
        settings = replace(settings, trace=replace(settings.trace, rule=rule))
    kept = JOURNAL if len(journal) else None  # the results bring a copy of it
    return replace(settings, case=replace(settings.case, journal=kept))


def ready(settings: Settings, template: Path | None) -> str | None:
    """Look at the formats asked for and at the template before any work; the hash of the template.

    Raises:
        SettingsError: An extra is not installed, or the template cannot be read.
    """
    from followmoney.reports._formats import ready as look
    from followmoney.reports._statement.template import opened

    own = None if template is None else opened(template)
    look(settings.report.formats, own)
    return None if own is None else own.sha256


def kept(settings: Settings) -> Settings:
    """The settings with the template that the results bring a copy of."""
    from followmoney.reports.report import kept as told

    return told(settings)


def considered(found: Findings, journal: Journal) -> Findings:
    """The findings that the journal leaves in."""
    from followmoney.case._merged import considered as left

    return left(found, journal)


def needs_findings(settings: Settings) -> bool:
    """Whether the claim is named through a pattern, and that pattern must be asked first."""
    return settings.trace.claim_from is not None


Claim = list[str] | dict[str, list[str]]
"""Transactions, or those of each claimant."""


def claimed(settings: Settings, found: Findings | None) -> Claim:
    """The transactions claimed: those named, or those that bring the money in the findings of a pattern."""
    asked = settings.trace
    if asked.claimants:
        return {name: list(ids) for name, ids in asked.claimants.items()}
    if asked.claim_from is None or found is None:
        return list(asked.claim)
    evidence = found.of(asked.claim_from).evidence
    brought = evidence.filter(evidence["role"].cast(str) == "in")
    ids = (brought if len(brought) else evidence).sort("booked_at", "transaction")["transaction"]
    return ids.cast(str).unique(maintain_order=True).to_list()


def transactions(claim: Claim) -> list[str]:
    """The transactions of a claim, whoever claims."""
    return claim if isinstance(claim, list) else [one for ids in claim.values() for one in ids]


def trace(graph: FlowGraph, settings: Settings, claim: Claim) -> Trace:
    """Where the claimed money is, by the chosen rule."""
    from followmoney.tracing import trace as follow

    asked = settings.trace
    with doing("Following the claim"):
        return follow(graph, claim, asked.rule, asked.until, asked.assertions, asked.question)


def traced(graph: FlowGraph, settings: Settings) -> Trace:
    """The trace a command asks for; without a claim it cannot be answered."""
    notes = journal(settings)
    settings = decided(settled(settings, graph.ledger), notes)
    found = considered(findings(graph, settings), notes) if needs_findings(settings) else None
    claim = claimed(settings, found)
    if not claim:
        raise SettingsError(no_claim(settings))
    return trace(graph, settings, claim)


def no_claim(settings: Settings) -> str:
    """Why there is nothing to follow, and what to do."""
    if settings.trace.claim_from:
        name = settings.trace.claim_from
        return f"The pattern {name!r} found nothing, so nothing is claimed; name transactions with --claim."
    return (
        "No claim: name the transactions whose money is claimed with --claim t17,t18, or take a pattern's findings "
        "with --claim-from structuring."
    )


def choice(settings: Settings, claim: Claim) -> str:
    """The sentence that records how the claim was chosen."""
    asked = settings.trace
    how = "transactions named by the analyst"
    if asked.claim_from:
        how = f"the evidence of the findings of {asked.claim_from!r}"
    elif isinstance(claim, dict):
        how = f"transactions named by the analyst for {', '.join(claim)}"
    question = {"left": ", asking what is left", "bought": ", asking what it bought"}.get(asked.question or "", "")
    on = sum(assertion.on for assertion in asked.assertions)
    asserted = f"; {count(on, 'assertion')} of an analyst, see the settings" if on else ""
    return (
        f"The claim is the analyst's choice: {how} ({count(len(transactions(claim)), 'transaction')}), by the rule "
        f"{asked.rule!r}{question}{asserted}."
    )
