"""`schedules.xlsx`: payments, ledgers and what is left, recomputed by formulas from the opening balances."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.languages import mark, marks, say
from followmoney.reports._handled import handled
from followmoney.reports._money import many
from followmoney.reports._workbook import _readme, _results, _schedule
from followmoney.reports._workbook._decisions import decisions
from followmoney.reports._workbook._ledger import Ledger, why_not
from followmoney.reports._workbook._paper import Paper
from followmoney.reports._workbook._plan import MOVEMENTS, RULES, Plan, plan
from followmoney.reports._workbook._purse import purses

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.tracing import Trace

STEPS = 20_000
"""The most steps back through accounts that the order of money may take."""
_DIVIDED = mark("how interest or a returned payment is divided depends here on the order of the money")
_CUT = mark(
    "The first {rows} movements, up to {end}: a sheet has no more than {most} here. Figures are as of then; complete "
    "figures are in the Parquet files."
)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no time zone; the same case gives the same bytes


_HOW = marks(
    "Amounts are whole minor units (cents), shown with a point: 123456 is shown as 1 234.56. Nothing is rounded but "
    "shares, to the nearest cent; an exact half goes to other money. Conversions are rounded down.",
    "To test an assumption, change a yellow cell on the sheet of opening balances. Controls then say DIFFERS: the "
    "figures are no longer those of the engine. The sheets are protected without a password.",
    "The sheets are named in English in every language, because formulas name them.",
)


def write(case: Case, path: Path, fingerprint: str) -> int:
    """Write the workbook of a case; returns how many payments it lists.

    The rules pro rata, lowest balance and first in, first out are formulas, row by row, over whole minor units and with
    the engine's rounding. Several claimants are one class here. Cost: about 1 ms a movement.
    """
    from xlsxwriter.workbook import Workbook  # pyright: ignore[reportMissingTypeStubs]

    with Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": say("Schedules"), "created": _MADE})  # pyright: ignore[reportUnknownMemberType]
        paper = Paper(book, handled(case.handling))
        if case.trace is None:
            _readme.begin(paper, case.name, fingerprint, [say("No money was traced: there is nothing to recompute.")])
            decisions(paper, case)
            return 0
        rows = _fill(paper, case.trace, case.name, fingerprint)
        decisions(paper, case)
        return rows


def recomputed(shown: Plan) -> tuple[Ledger, dict[str, str]]:
    """The ledger as formulas, and why a rule is in figures where its formulas cannot follow the engine."""
    why = why_not(shown, STEPS)
    made = Ledger(shown, frozenset(RULES) - why.keys())
    for rule, trace in shown.traces.items():
        if rule not in why and any(term.value != int(trace.outcome.moved[at]) for at, term in made.moved[rule].items()):
            why[rule] = say(_DIVIDED)
    live = frozenset(RULES) - why.keys()
    return made if live == made.live else Ledger(shown, live), why


def _fill(paper: Paper, trace: Trace, name: str, fingerprint: str) -> int:
    shown = plan(trace)
    made, why = recomputed(shown)
    called = purses(shown)
    place = _readme.begin(paper, name, fingerprint, _said(trace, made, why))
    carried = set(trace.flows.at.tolist()).union(shown.at, *(t.flows.at.tolist() for t in shown.traces.values()))
    rows = _results.context(trace, sorted(carried))
    listed = _results.payments(paper, made, trace, rows)
    end = rows.filter(rows["at"] == shown.at[-1])["booked_at"][0] if shown.at else None
    note = (
        say(
            "All {rows} movements of the {accounts} accounts that claim money can reach.",
            rows=len(made.lines),
            accounts=len(called),
        )
        if shown.whole
        else say(_CUT, rows=len(made.lines), end=f"{end:%Y-%m-%d %H:%M:%S}", most=MOVEMENTS)
    )
    _schedule.ledger(paper, made, rows, called, note)
    if "fifo" not in why:
        _schedule.order(paper, made)
    _schedule.openings(paper, made, called)
    _results.assets(paper, made, called)
    _readme.controls(_readme.Controls(paper, *place), made, called, why, listed)
    return listed.rows


def _said(trace: Trace, made: Ledger, why: dict[str, str]) -> list[str]:
    """What a reader must know."""
    claim = say(
        "The claim: {transactions}. Rule used in the report: {rule}. Here the same claim is recomputed under three "
        "rules, row by row, by formulas; there are no macros and no links.",
        transactions=many(len(trace.claim), "transaction"), rule=trace.rule,
    )  # fmt: skip
    said = [claim, *map(say, _HOW)]
    if trace.claimants and len(trace.claimants) > 1:
        said.append(say("Several claimants are one class here: figures are of their claims together."))
    said += [
        say("{rule} stands in figures of the engine, not formulas: {reason}.", rule=say(RULES[rule]), reason=reason)
        for rule, reason in why.items()
    ]
    if not made.plan.whole:
        said.append(say("The ledger is cut after {rows} movements; see its sheet.", rows=len(made.lines)))
    return said
