"""The answers of a trace as frames, and what is said below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from followmoney.cli._names import beside, within
from followmoney.cli._output import Output, say, show
from followmoney.cli._view import Detail, View

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_EMPTY = "Nothing of the claim is there."
_COLUMNS = {  # a terminal is too narrow for the rest
    "holders": ("account", "party", "name", "country", "balance", "claim", "least", "most", "bound"),
    "exits": ("kind", "to", "name", "claim", "bound"),
    "transactions": ("id", "booked_at", "originator", "beneficiary", "amount", "claim"),
    "account": ("booked_at", "counterparty", "debit", "credit", "balance", "claim"),
    "bounds": ("kind", "id", "name", "least", "most"),
    "to": ("path", "step", "transaction", "booked_at", "originator", "beneficiary", "amount", "claim"),
    "choices": ("account", "name", "status", "rule", "reason"),
}
_NAMED = {"exits": "to", "bounds": "id", "arrival": "account"}
_WITHIN = {
    "transactions": ("originator", "beneficiary"),
    "to": ("originator", "beneficiary"),
    "account": ("counterparty",),
}


@dataclass(frozen=True)
class Answer:
    """A frame, and the sentences below it."""

    frame: pl.DataFrame
    said: Sequence[str]


def answered(trace: Trace, asked: str, view: View, detail: Detail) -> Answer:
    """The answer that is asked for."""
    if asked == "bounds" and detail.of:
        return _of(trace, detail)
    if asked == "path":
        return Answer(pl.DataFrame({"sentence": trace.path(str(view.to)).splitlines()}), ())
    if asked == "to":
        return Answer(_ways(trace, str(view.to), detail), ())
    if asked == "explain":
        return Answer(pl.DataFrame({"sentence": trace.explain().splitlines()}), ())
    if asked == "account":
        return Answer(trace.ledger(str(view.account)), ())
    if asked == "holders":
        return Answer(trace.holders(by=detail.by or "account"), trace.explain().splitlines())
    if asked == "bounds":
        return Answer(trace.all_bounds(), (_ONE_BY_ONE,))
    frame: pl.DataFrame = getattr(trace, asked)()
    return Answer(frame, trace.explain().splitlines() if asked in ("exits", "transactions") else trace.notes)


_ONE_BY_ONE = (
    "Least and most hold whichever rule that conserves money a court adopts. Each line is true by itself: the mosts "
    "must not be added up; ask for several places together with --of A --of B."
)


def printed(trace: Trace, asked: str, answer: Answer, output: Output) -> None:
    """Print an answer: for people with names, money as they write it, and sentences; for machines the frame alone."""
    frame, ledger = answer.frame, trace.graph.ledger
    if output.kind != "table":
        show(frame, output, empty=_EMPTY)
        return
    if "sentence" in frame.columns and len(frame.columns) == 1:
        say("\n".join(frame["sentence"].to_list()) or _EMPTY)
        return
    if asked in _NAMED and "name" not in frame.columns and _NAMED[asked] in frame.columns:
        frame = beside(frame, ledger, _NAMED[asked])
    frame = within(frame, ledger, *(c for c in _WITHIN.get(asked, ()) if c in frame.columns))
    wanted = [c for c in _COLUMNS.get(asked, ()) if c in frame.columns]
    show(frame, output, columns=wanted, empty=_EMPTY)
    if answer.said:
        say("\n" + "\n".join(answer.said))


def _ways(trace: Trace, to: str, detail: Detail) -> pl.DataFrame:
    """The ways there, each step with its currency."""
    found = trace.paths(to, limit=detail.limit or 10, hops=detail.hops or 6, order=detail.order or "strongest")
    if "currency" in found.columns:
        return found
    currency = trace.transactions().select("currency", transaction="id")
    return found.join(currency, on="transaction", how="left", maintain_order="left")


def _of(trace: Trace, detail: Detail) -> Answer:
    """The least and the most in some places together."""
    found = trace.bounds(detail.of if len(detail.of) > 1 else detail.of[0])
    row = {
        "of": found.of, "currency": found.currency, "least": found.least, "most": found.most,
        "attained": found.attained,
    }  # fmt: skip
    return Answer(pl.DataFrame([row]), (found.sentence, *found.notes))
