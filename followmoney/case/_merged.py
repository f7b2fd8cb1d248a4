"""Two cases on one ledger as one, and the findings that the journal leaves in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from followmoney.errors import SettingsError, expect
from followmoney.finding import Findings
from followmoney.graph.enough import Enough

if TYPE_CHECKING:
    from followmoney.case.case import Case
    from followmoney.case.journal import Journal
    from followmoney.communities import Networks
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace

T = TypeVar("T")


def considered(findings: Findings, journal: Journal) -> Findings:
    """See `Case.considered`; the same object where nothing is excluded."""
    gone = [name for name in journal.excluded() if name in set(findings.frame["id"])]
    if not gone:
        return findings
    frame = findings.frame.filter(~pl.col("id").is_in(gone))
    return replace(findings, frame=frame, evidence=findings.evidence.filter(~pl.col("finding").is_in(gone)))


def merged(one: Case, other: Case) -> Case:
    """See `Case.__add__`."""
    from followmoney.case.case import Case

    expect("case + ...", other, Case, "another case: fm.Case(name, findings, networks, trace)")
    ledger = _one_ledger(one, other)
    parts = [case.findings for case in (one, other) if case.findings is not None]
    trace = _either("trace", one.trace, other.trace, _asked)
    networks = _either("networks", one.networks, other.networks, _grouped)
    which = other if one.enough == Enough() else one
    return Case(
        " + ".join(sorted({one.name, other.name})),
        Findings.together(parts) if parts else None,
        networks,
        trace,
        source=ledger,
        journal=one.journal + other.journal,
        takes_days=one.takes_days or other.takes_days,
        threshold=which.threshold,
        lower=which.lower,
    )


def _one_ledger(one: Case, other: Case) -> Ledger | None:
    a, b = one.ledger, other.ledger
    if a is None or b is None:
        return a if b is None else b
    if a.fingerprint != b.fingerprint or not a.numbered["id"].equals(b.numbered["id"]):
        raise SettingsError(
            f"{one.name!r} and {other.name!r} are about different ledgers (fingerprints {a.fingerprint[:12]} and "
            f"{b.fingerprint[:12]}; {len(a.numbered):,} and {len(b.numbered):,} transactions). Load the sources of "
            "both into one ledger and ask it anew; `compare` says what differs."
        )
    return a


def _either(what: str, mine: T | None, theirs: T | None, said: Any) -> T | None:  # noqa: ANN401
    """The one there is, or both where they say the same."""
    if mine is None or theirs is None:
        return theirs if mine is None else mine
    if said(mine) != said(theirs):
        raise SettingsError(
            f"Both cases have {'a trace' if what == 'trace' else what}, and not the same. Make one that both use "
            "(several claims are one trace: fm.trace(graph, {name: transactions, ...})), or add a case without it."
        )
    return mine


def _grouped(networks: Networks) -> tuple[Any, ...]:
    """Who is grouped with whom."""
    return networks.frame.rows(), networks.members.rows()


def _asked(trace: Trace) -> tuple[Any, ...]:
    """Everything that was asked."""
    owners = sorted((trace.record.owners or {}).items())
    return (
        trace.claim, repr(trace.chosen), trace.until, trace.claimants, trace.claimant, trace.question, owners,
        trace.record.assertions,
    )  # fmt: skip
