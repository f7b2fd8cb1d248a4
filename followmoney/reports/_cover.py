"""The head of the report: which case, which question, which evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followmoney.reports._blocks import Cell
from followmoney.reports._money import many, sums

if TYPE_CHECKING:
    from followmoney.case import Case

_NAMED = 12


def cover(case: Case, fingerprint: str) -> Sequence[tuple[str, Sequence[Cell]]]:
    """Terms and what they are; `fingerprint` stands for the inputs, settings and versions."""
    return [
        ("Question", [Cell(question(case))]),
        ("Tracing rule", [Cell(case.trace.rule if case.trace else "none: no money was traced")]),
        ("Inputs", _inputs(case)),
        (
            "Fingerprint of this run",
            [Cell(f"sha256 {fingerprint}", code=True), Cell("of inputs, settings and versions, see manifest.json")],
        ),
    ]


def question(case: Case) -> str:
    """What the report answers."""
    if case.trace is None:
        return "Which transactions fit known patterns, and who moves money together?"
    named = ", ".join(case.trace.claim[:_NAMED])
    more = f" and {len(case.trace.claim) - _NAMED} more" if len(case.trace.claim) > _NAMED else ""
    until = f" on {case.trace.until:%Y-%m-%d %H:%M} UTC" if case.trace.until else " at the end of the transactions"
    claimed = sums(case.trace.claimed)
    return f"Where was the money of {many(len(case.trace.claim), 'transaction')} ({named}{more}), {claimed},{until}?"


def _inputs(case: Case) -> list[Cell]:
    if case.ledger is None:
        return [Cell("not named by this case")]
    return [
        Cell(f"{name} · sha256 {digest} · {rows:,} rows", code=True)
        for name, digest, rows in case.ledger.sources.sort("source").select("source", "sha256", "rows").iter_rows()
    ] or [Cell("none")]
