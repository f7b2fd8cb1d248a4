"""What is not known: refused rows, missing openings, exits, whatever was not drawn or not examined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import columns, count, retold, say
from followmoney.reports import anchors
from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Text, row, table
from followmoney.reports._gaps import gaps
from followmoney.reports._money import plain, some

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace

_NAMED = 20


def unknown(case: Case, omitted: Sequence[str]) -> Section:
    """Everything the reader must know to doubt the figures in the right places."""
    blocks: list[Block] = []
    if case.ledger is not None:
        blocks += [Head(say("Rows that were refused")), *_refused(case.ledger), *gaps(case.ledger)]
    if case.trace is not None:
        blocks += [Head(say("Where the trace ends")), *_exits(case.trace)]
        blocks += [Head(say("Accounts without an opening balance")), *_openings(case.trace)]
    blocks += [Head(say("Notes")), *_notes(case)]
    left = Points(tuple(omitted)) if omitted else Text(say("Nothing was left out."))
    blocks += [Head(say("Not drawn in the pictures"), anchors.NOT_DRAWN), left]
    return Section("unknown", say("What is not known"), tuple(blocks))


def _refused(ledger: Ledger) -> list[Block]:
    if not len(ledger.refused):
        return [Text(say("None: every row of the sources was taken in."))]
    counts = ledger.refused.group_by("table", "source", "rule").len().sort("table", "source", "rule")
    rows = [row(t, Cell(s, code=True), Cell(r, code=True), f"{n:,}") for t, s, r, n in counts.iter_rows()]
    rows.append(row(say("Total"), "", "", f"{len(ledger.refused):,}", total=True))
    return [
        Text(say("Rows that broke a rule were kept apart and count nowhere in this report.")),
        table(columns("Table", "Source", "Rule broken", "Rows>"), rows),
    ]


def _exits(trace: Trace) -> list[Block]:
    exits = trace.exits()
    if not len(exits):
        return [Text(say("All claim money is in accounts: none left to cash, assets, debts or unknown ends."))]
    rows = [
        row(say(e["kind"]), e["to"], e["currency"], plain(e["claim"], e["currency"]))
        for e in exits.iter_rows(named=True)
    ]
    sums = exits.group_by("currency").agg(pl.col("claim").sum()).sort("currency")
    rows += [row(say("Total"), "", c, plain(a, c), total=True) for c, a in sums.iter_rows()]
    return [
        Text(say("Claim money that left the accounts; beyond these points no source follows it.")),
        table(columns("Kind", "To", "Currency", "Claim>"), rows),
    ]


def _openings(trace: Trace) -> list[Block]:
    missing = trace.unopened
    if not missing:
        return [Text(say("None: each account that claim money reached has a stated opening balance."))]
    said = count(
        len(missing),
        "{n} account that claim money reached by the rule {rule} had no opening balance in the sources; taken to "
        "start at zero: {accounts}. A higher one can change how much of the claim a rule leaves there.",
        "{n} accounts that claim money reached by the rule {rule} had no opening balance in the sources; taken to "
        "start at zero: {accounts}. A higher one can change how much of the claim a rule leaves there.",
        rule=trace.rule, accounts=some(missing, _NAMED),
    )  # fmt: skip
    return [Text(said)]


def _notes(case: Case) -> list[Block]:
    parts = (case.ledger, case.findings, case.networks, case.trace)
    notes = tuple(dict.fromkeys(note for part in parts if part is not None for note in part.notes))
    return [Points(retold(notes))] if notes else [Text(say("None."))]
