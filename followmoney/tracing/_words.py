"""A trace in sentences."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.schema.codes import money
from followmoney.tracing._catalogue import catalogue

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_SHOWN = 5
_KINDS = {"cash": "in cash", "unknown": "to unknown accounts", "asset": "into assets", "debt": "to pay off debts"}


def amounts(sums: dict[str, int]) -> str:
    """Money in several currencies: "EUR 1.00 and GBP 2.00"."""
    return " and ".join(money(amount, currency) for currency, amount in sorted(sums.items())) or "nothing"


def count(number: int, what: str) -> str:
    """ "1 account", "1,200 accounts"."""
    return f"{number:,} {what}" + ("s" if number != 1 else "")


def line(trace: Trace) -> str:
    """One line on what it is."""
    until = f", until {trace.until:%Y-%m-%d %H:%M}" if trace.until else ""
    return (
        f"Trace({amounts(trace.claimed)} by {trace.rule}{until}: "
        f"{count(int((trace.outcome.claim > 0).sum()), 'account')} hold some)"
    )


def explain(trace: Trace) -> str:
    """See `Trace.explain`."""
    rule = (catalogue()[trace.rule].__doc__ or "").strip().splitlines()[0] if trace.rule in catalogue() else ""
    until = f" up to {trace.until:%Y-%m-%d %H:%M} UTC" if trace.until else ""
    said = [
        f"{amounts(trace.claimed)} is claimed, from {count(len(trace.claim), 'transaction')} ({_some(trace.claim)}).",
        f"It is followed{until} by the rule {trace.rule}: {rule}",
    ]
    holders, exits = trace.holders(), trace.exits()
    held = _sums(holders)
    if held:
        top = [
            f"{row['account']}{' (' + row['name'] + ')' if row['name'] else ''} {money(row['claim'], row['currency'])}"
            for row in holders.iter_rows(named=True)
        ]
        said.append(f"{amounts(held)} is now in {count(len(holders), 'account')}: {_some(top)}.")
    else:
        said.append("None of it is in an account now.")
    for kind, phrase in _KINDS.items():
        gone = exits.filter(pl.col("kind") == kind)
        if len(gone):
            to = "" if kind in ("cash", "unknown") else f": {_some(gone['to'].unique(maintain_order=True).to_list())}"
            said.append(f"{amounts(_sums(gone))} left {phrase}{to}.")
    odd = trace.reconciliation().filter(pl.col("difference") != 0)
    said.append("Every unit is accounted for." if not len(odd) else f"It does not reconcile: {odd.to_dicts()}.")
    return "\n".join([*said, *trace.notes])


def notes(trace: Trace) -> tuple[str, ...]:
    """See `Trace.notes`."""
    record, outcome, flows = trace.record, trace.outcome, trace.flows
    said: list[str] = []
    if record.late:
        said.append(f"Booked after the end of the trace and not counted: {_some(record.late)}.")
    twice = record.tape.claims[outcome.carried[:, 0] > 0]
    if len(twice):
        said.append(
            f"{count(len(twice), 'claim transaction')} ({_some(_ids(trace, twice))}) carried claim money already; "
            "that part is counted once."
        )
    if beyond := _beyond(trace):
        said.append(
            f"{count(beyond, 'account')} that held claim money paid more than their known balance at some time: what was "
            "beyond it is taken as other money. An opening balance or an earlier statement may change the figures."
        )
    ordinary = record.ordinary_returns
    if missed := int((outcome.moved[ordinary] > 0).sum()):
        said.append(
            f"{count(missed, 'reversal')} could not be matched to the whole of an earlier payment between the same "
            "accounts, and counts as an ordinary payment."
        )
    if spent := int((~outcome.unwound).sum()):
        said.append(
            f"{count(spent, 'reversed payment')} had been spent already, so the reversal counts as an ordinary payment."
        )
    tied = int(trace.graph.tied[flows.at].sum())
    if tied and "sequence" not in trace.graph.ledger.numbered.columns:
        said.append(
            f"{count(tied, 'transaction')} with claim money have the same time as the one before and no posting sequence; "
            "they are taken in order of identifier. Another order may give other figures."
        )
    joint = sorted({asset for asset in record.assets.values() if " + " in asset})
    if joint:
        said.append(f"One transaction paid for several assets: {_some(joint)}; its claim part is not divided.")
    return tuple(said)


def html(trace: Trace) -> str:
    """For notebooks: the sentences and the first holders and exits."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in explain(trace).splitlines())
    tables = (trace.holders().head(_SHOWN), trace.exits().head(_SHOWN), trace.reconciliation())
    return said + "".join(frame._repr_html_() for frame in tables)  # pyright: ignore[reportPrivateUsage]


def _beyond(trace: Trace) -> int:
    """How many accounts that held claim money ever paid more than was known to be there."""
    tape, flows = trace.record.tape, trace.flows
    held = np.zeros(len(tape.opening), np.bool_)
    held[tape.got[flows.at[flows.given > 0]]] = True
    held &= (tape.opening >= 0) & ~tape.outside
    debits, credits = np.flatnonzero(held[tape.paid]), np.flatnonzero(held[tape.got])
    moves = pl.DataFrame({
        "purse": np.concatenate([tape.paid[debits], tape.got[credits]]),
        "at": np.concatenate([2 * debits, 2 * credits + 1]),
        "change": np.concatenate([-tape.amount[debits], tape.received[credits]]),
    })  # fmt: skip
    low = moves.sort("at").group_by("purse").agg(pl.col("change").cum_sum().min().alias("low"))
    short = low.filter(pl.col("low") + pl.Series(tape.opening).gather(low["purse"]) < 0)["purse"]
    return len(np.unique(trace.record.purses.account[short.to_numpy()]))


def _ids(trace: Trace, positions: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    return trace.graph.ledger.numbered["id"].gather(trace.graph.columns.number[positions]).to_list()


def _sums(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by("currency").agg(pl.col("claim").sum()).iter_rows())


def _some(items: list[str] | tuple[str, ...]) -> str:
    """The first few, and how many more."""
    more = len(items) - _SHOWN
    return ", ".join(items[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
