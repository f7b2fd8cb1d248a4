"""The answers of a trace as frames, and what is said below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.cli._names import beside, within
from followmoney.cli._output import Output, aside, say, show
from followmoney.cli._side_by_side import sentences, shown
from followmoney.cli._view import Detail, View
from followmoney.tracing._notes_checks import of_checks

if TYPE_CHECKING:
    from followmoney.settings import Settings
    from followmoney.tracing import Trace

_EMPTY = "Nothing of the claim is there."
_ONE_BY_ONE = (
    "Least and most hold whichever rule that conserves money a court adopts. Each line is true by itself: the mosts "
    "must not be added up; ask for several places together with --of A --of B."
)
_BEHIND = (
    "A claim stands in every line of its account: lines must not be added up. Where nobody is named, no beneficial "
    "owner is known."
)
_WAYS = "Ways share money: what came by one may be counted in another, so they must not be added up."
_COLUMNS = {  # a terminal is too narrow for the rest
    "holders": ("account", "party", "name", "country", "balance", "claim", "least", "most", "bound"),
    "exits": ("kind", "to", "name", "claim", "bound"),
    "owners": ("account", "name", "claim", "person_name", "article", "ground", "certain", "path"),
    "transactions": ("id", "booked_at", "originator", "beneficiary", "amount", "claim"),
    "account": ("id", "booked_at", "counterparty", "debit", "credit", "balance", "claim"),
    "bounds": ("of", "kind", "id", "name", "least", "most"),
    "sensitivity": ("id", "name", "claim", "least", "most", "sentence"),
    "to": (
        "path",
        "step",
        "transaction",
        "booked_at",
        "originator",
        "beneficiary",
        "asset",
        "amount",
        "claim",
        "carried",
    ),
    "arrival": ("account", "kind", "name", "first_arrived", "transaction", "carries"),
}
_NAMED = {"exits": "to", "bounds": "id", "compare": "id", "sensitivity": "id"}
"""Answers with identifiers of accounts and assets that names stand beside, and their column."""
_ENDS = ("originator", "beneficiary", "counterparty")
"""Columns of accounts that names stand within."""


@dataclass(frozen=True)
class Answer:
    """A frame, and the sentences below it."""

    frame: pl.DataFrame
    said: Sequence[str] = ()


def answered(trace: Trace, asked: str, view: View, detail: Detail, chosen: Settings) -> Answer:
    """The answer that is asked for."""
    special: dict[str, Callable[[], Answer]] = {
        "holders": lambda: Answer(trace.holders(detail.by or "account"), _words(trace)),
        "owners": lambda: Answer(trace.beneficial_owners(chosen.owners.threshold, chosen.lower()), (_BEHIND,)),
        "bounds": lambda: _of(trace, detail) if detail.of else _everywhere(trace),
        "compare": lambda: _side_by_side(trace),
        "sensitivity": lambda: _levers(trace),
        "account": lambda: Answer(trace.ledger(str(view.account))),
        "to": lambda: Answer(_ways(trace, str(view.to), detail), (_WAYS,)),
        "path": lambda: Answer(trace.path(str(view.to), **({"hops": detail.hops} if detail.hops is not None else {}))),
        "explain": lambda: Answer(pl.DataFrame({"sentence": _words(trace)})),
    }
    if asked in special:
        return special[asked]()
    frame: pl.DataFrame = getattr(trace, asked)()
    return Answer(frame, _words(trace) if asked in ("exits", "transactions") else trace.notes)


def printed(trace: Trace, asked: str, answer: Answer, output: Output) -> None:
    """Print an answer: for people with names, money as they write it, and sentences; for machines the frame alone."""
    frame, ledger = answer.frame, trace.graph.ledger
    if output.kind != "table":
        show(frame, output, empty=_EMPTY)
        said = {"bounds": answer.said, "sensitivity": answer.said[:1]}  # nobody may use them without what is said
        aside([*said.get(asked, ()), *of_checks(trace)], output)
        return
    if asked in ("path", "explain"):
        say("\n".join(frame["sentence"].to_list()) or _EMPTY)
        return
    if asked == "compare":
        frame = shown(frame)
    if _NAMED.get(asked) in frame.columns:
        frame = beside(frame.drop("name", strict=False), ledger, _NAMED[asked])
    if asked == "account":
        frame = frame.with_columns(id=pl.coalesce("id", "kind"))
    frame = within(frame, ledger, *(column for column in _ENDS if column in frame.columns))
    wanted = [column for column in _COLUMNS.get(asked, ()) if column in frame.columns]
    if asked == "holders":
        wanted += [column for column in (f"claim_{name}" for name in trace.claimants) if column in frame.columns]
    show(frame, output, columns=wanted, empty=_EMPTY)
    aside(answer.said, output)


def _ways(trace: Trace, to: str, detail: Detail) -> pl.DataFrame:
    given: dict[str, Any] = {"limit": detail.limit, "hops": detail.hops, "order": detail.order}
    return trace.paths(to, **{name: value for name, value in given.items() if value is not None})


def _of(trace: Trace, detail: Detail) -> Answer:
    """The least and the most in some places together."""
    found = trace.bounds(detail.of, currency=detail.currency)
    row = {"of": found.of, "currency": found.currency, "least": found.least, "most": found.most}
    return Answer(pl.DataFrame([row | {"attained": found.attained}]), (found.sentence, *found.notes))


def _everywhere(trace: Trace) -> Answer:
    """The least and the most in every place."""
    return Answer(trace.all_bounds(), (_ONE_BY_ONE, *trace.rule_free_notes))


def _side_by_side(trace: Trace) -> Answer:
    """Every rule, and which of them attribute more than was claimed."""
    frame = trace.compare()
    return Answer(frame, sentences(trace, frame))


def _levers(trace: Trace) -> Answer:
    """What the figures depend on, and which rules are not among those that were looked at."""
    from followmoney.tracing import catalogue

    away = ", ".join(name for name, rule in catalogue().items() if not rule.conserving)
    said = f"From rule low to rule high are the rules that conserve money; --compare shows the others as well: {away}."
    return Answer(trace.sensitivity(), (said, *trace.notes))


def _words(trace: Trace) -> list[str]:
    return trace.explain().splitlines()
