"""What is not known: refused rows, missing openings, exits, whatever was not drawn or not examined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Text, row, table
from followmoney.reports._money import many, plain

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace

_NAMED = 20


def unknown(case: Case, omitted: Sequence[str]) -> Section:
    """Everything the reader must know to doubt the figures in the right places."""
    blocks: list[Block] = []
    if case.ledger is not None:
        blocks += [Head("Rows that were refused"), *_refused(case.ledger)]
    if case.trace is not None:
        blocks += [Head("Where the trace ends"), *_exits(case.trace)]
        blocks += [Head("Accounts without an opening balance"), *_openings(case.trace)]
    blocks += [Head("Notes"), *_notes(case)]
    blocks += [Head("Not drawn in the pictures"), Points(tuple(omitted)) if omitted else Text("Nothing was left out.")]
    return Section("unknown", "What is not known", tuple(blocks))


def _refused(ledger: Ledger) -> list[Block]:
    if not len(ledger.refused):
        return [Text("None: every row of the sources was taken in.")]
    counts = ledger.refused.group_by("table", "source", "rule").len().sort("table", "source", "rule")
    rows = [row(t, Cell(s, code=True), Cell(r, code=True), f"{n:,}") for t, s, r, n in counts.iter_rows()]
    rows.append(row("Total", "", "", f"{len(ledger.refused):,}", total=True))
    return [
        Text("Rows that broke a rule were kept apart and count nowhere in this report."),
        table(["Table", "Source", "Rule broken", "Rows>"], rows),
    ]


def _exits(trace: Trace) -> list[Block]:
    exits = trace.exits()
    if not len(exits):
        return [Text("All claim money is in accounts: none left to cash, assets, debts or unknown ends.")]
    rows = [
        row(e["kind"], e["to"], e["currency"], plain(e["claim"], e["currency"])) for e in exits.iter_rows(named=True)
    ]
    sums = exits.group_by("currency").agg(pl.col("claim").sum()).sort("currency")
    rows += [row("Total", "", c, plain(a, c), total=True) for c, a in sums.iter_rows()]
    return [
        Text("Claim money that left the accounts; beyond these points no source follows it."),
        table(["Kind", "To", "Currency", "Claim>"], rows),
    ]


def _openings(trace: Trace) -> list[Block]:
    missing = trace.unopened
    if not missing:
        return [Text("None: each account that claim money reached has a stated opening balance.")]
    more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
    named = f"{', '.join(missing[:_NAMED])}{more}"
    return [
        Text(
            f"{many(len(missing), 'account')} that claim money reached by the rule {trace.rule} had no opening "
            f"balance in the sources; taken to start at zero: {named}. A higher one can change how much of the claim "
            "a rule leaves there."
        )
    ]


def _notes(case: Case) -> list[Block]:
    parts = (case.ledger, case.findings, case.networks, case.trace)
    notes = tuple(dict.fromkeys(note for part in parts if part is not None for note in part.notes))
    return [Points(notes)] if notes else [Text("None.")]
