"""What a reader must know of what the records leave open: the order within an instant, and statements not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.schema.codes import money
from followmoney.tracing._behind import figures
from followmoney.tracing._comparison import LONG
from followmoney.tracing._opening import unclear
from followmoney.tracing._orders import orders
from followmoney.tracing._said import count, some
from followmoney.tracing._ties import Ties, ties

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_TAKEN = (
    "have the same time as another and no posting sequence that tells them apart; they are taken in order of "
    "identifier."
)
_ORDERS, _STEPS = 24, 20_000  # orders looked at, transactions swept for a note: half a second


def of_ties(trace: Trace) -> list[str]:
    """Transactions of one instant without a posting sequence, and how far their order changes figures."""
    if len(trace.record.tape) > LONG:
        tied = int(trace.graph.tied[trace.flows.at].sum())
        known = "sequence" in trace.graph.ledger.numbered.columns
        what = f"{count(tied, 'transaction')} with claim money"
        return [] if known or not tied else [f"{what} {_TAKEN} Another order may change figures; orders() says how."]
    found = ties(trace.record)
    if not found.ties:
        return []
    what = f"{count(sum(len(tie.at) for tie in found.ties), 'transaction')} of accounts that claim money can reach"
    return [f"{what} {_TAKEN} {_changed(trace, found)}"]


def _changed(trace: Trace, found: Ties) -> str:
    limit = min(_ORDERS, _STEPS // len(trace.record.tape))
    looked, complete = found.orders(limit)
    if len(looked) * len(trace.record.tape) > _STEPS:
        return "Another order may change figures; orders() says how."
    frame = orders(trace, limit, found).filter(pl.col("low") < pl.col("high"))
    among = f"all {len(looked)} orders" if complete else f"{len(looked)} of {_possible(found)} orders"
    if not len(frame):
        return f"In {among} the figures are the same."
    ranges = [
        f"{row['id']} {money(row['low'], row['currency'])} to {money(row['high'], row['currency'])}"
        for row in frame.iter_rows(named=True)
    ]
    return f"In {among} the figures are between: {some(ranges)}."


def of_openings(trace: Trace) -> list[str]:
    """Accounts that claim money reached, and whose balance before that nobody states, or not clearly."""
    names = trace.unopened
    if not names:
        return []
    have, are = ("has", "is") if len(names) == 1 else ("have", "are")
    said = [
        (
            f"{count(len(names), 'account')} that claim money reached by the rule {trace.rule} {have} no stated "
            f"opening balance and {are} taken to start at zero: {some(names)}. A higher one can change how much of "
            "the claim is there."
        )
    ]
    if dated := sorted(set(names) & set(unclear(trace.graph, len(trace.record.tape)))):
        have = "has" if len(dated) == 1 else "have"
        said.append(
            f"Not used: {some(dated)} {have} a balance that is stated for the time or the day of the first "
            "transaction, and nothing says whether before it or after it. If before, state it as the opening."
        )
    return said


def _possible(found: Ties) -> str:
    return "more than a billion" if found.possible is None else f"up to {found.possible:,}"


def of_gaps(trace: Trace) -> list[str]:
    """Figures that are upper bounds, because a statement is missing before them."""
    frame = figures(trace)
    if not len(frame):
        return []
    named = [f"{row['id']} from {row['since']} on" for row in frame.iter_rows(named=True)]
    figure = "1 figure is" if len(frame) == 1 else f"{len(frame):,} figures are"
    return [f"{figure} behind a gap in the statements of an account, and at most what is shown: {some(named)}."]
