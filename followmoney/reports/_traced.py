"""The chapter on tracing: the rule and why, the same claim under every rule, and whether it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case.names import Thing, things
from followmoney.languages import columns, mark, retell, retold, say
from followmoney.reports import anchors
from followmoney.reports._adopted import followed
from followmoney.reports._asserted import asserted
from followmoney.reports._blocks import Block, Cell, Head, Points, Row, Section, Text, row, table
from followmoney.reports._choices import choices
from followmoney.reports._codes import head
from followmoney.reports._money import plain
from followmoney.reports._sensitive import sensitive

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.tracing import Trace

_MOST, _WIDE = 100, 5
_WHY = mark(
    "A tracing rule decides whose money leaves first when an account holds claim money and other money together. The "
    "choice is a question of law, not of fact: it was made by whoever asked for this report, and rival rules are "
    "shown beside it so that the reader sees what hangs on it."
)
_SUM = mark(
    "Claimed and converted in = held + left + discharged + lost. The difference must be 0 in every currency: no claim "
    "money is made or lost by the calculation."
)


def tracing(case: Case) -> Section:
    """Rule, rivals, reconciliation."""
    if case.trace is None:
        return Section("tracing", say("Tracing"), (Text(say("No money was traced.")),))
    trace = case.trace
    blocks: list[Block] = [
        Head(say("Rule used"), anchors.RULE), Text(say(_WHY)), Points(_explained(case, trace)),
        *choices(trace), *asserted(trace),
        Head(say("The same claim under every rule")), *_rivals(trace),
        *sensitive(trace),
        Head(say("Does it add up?")), *_reconciliation(trace),
    ]  # fmt: skip
    return Section("tracing", say("Tracing"), tuple(blocks))


def _explained(case: Case, trace: Trace) -> tuple[str, ...]:
    """What the trace says of itself; the reason for its rule is the journal's where that adopted it."""
    reason, adopted = f"Why this rule: {trace.reason}", followed(case)
    said = [s for s in trace.explain().splitlines() if s not in trace.notes]
    if not adopted:
        return retold(said)
    by_status = [retell(reason)] if trace.rule == "by_status" else []
    instead = [say("Why this rule: {reason}", reason=adopted), *by_status]
    at = said.index(reason)
    return (*retold(said[:at]), *instead, *retold(said[at + 1 :]))


def _rivals(trace: Trace) -> list[Block]:
    frame = trace.compare()
    rules = [c for c in frame.columns if c not in ("kind", "id", "name", "currency")]
    known = things(trace.graph.ledger)
    shown = frame.head(_MOST)
    capped = say("The {shown} places with most of {all}; totals are of all.", shown=len(shown), all=len(frame))
    note = "" if len(shown) == len(frame) else capped
    described = Points(tuple(f"{name}: {retell(doc)}" for name, doc in _rules(rules)))
    sums = frame.group_by("currency").agg(pl.col(rules).sum()).sort("currency")
    groups = [rules[at : at + _WIDE] for at in range(0, len(rules), _WIDE)]  # a page is no wider
    return [described, *(_side_by_side(shown, sums, group, known, note) for group in groups)]


def _side_by_side(
    shown: pl.DataFrame, sums: pl.DataFrame, rules: list[str], known: dict[str, Thing], note: str
) -> Block:
    """One table for some of the rules; places where all of them leave nothing are left out."""
    places = shown.filter(pl.any_horizontal(pl.col(rules) != 0))
    rows = [
        row(
            say(r["kind"]),
            Cell(r["id"], more=_described(r, known)),
            r["name"] or "",
            r["currency"],
            *(plain(r[c], r["currency"]) for c in rules),
        )
        for r in places.iter_rows(named=True)
    ]
    totals = [
        row(say("Total"), "", "", t["currency"], *(plain(t[c], t["currency"]) for c in rules), total=True)
        for t in sums.iter_rows(named=True)
    ]
    heads = [*columns("Where", "Account, asset or end", "Holder", "Currency"), *(f"{r}>" for r in rules)]
    return table(heads, [*rows, *totals], note)


def _described(place: dict[str, Any], known: dict[str, Thing]) -> str:
    return retell(known[place["id"]].description) if place["kind"] == "asset" and place["id"] in known else ""


def _rules(rules: list[str]) -> list[tuple[str, str]]:
    from followmoney.tracing import catalogue

    known: dict[str, Any] = dict(catalogue())
    return [(r, (known[r].__doc__ or "").strip().splitlines()[0]) for r in rules if r in known]


def _reconciliation(trace: Trace) -> list[Block]:
    frame = trace.reconciliation()
    who = [c for c in ("claimant", "currency") if c in frame.columns]
    sums = [c for c in frame.columns if c not in who]
    rows: list[Row] = [
        row(*(r[c] for c in who), *(plain(r[c], r["currency"]) for c in sums)) for r in frame.iter_rows(named=True)
    ]
    heads = [*(head(c) for c in who), *(f"{head(c)}>" for c in sums)]
    return [Text(say(_SUM)), table(heads, rows)]
