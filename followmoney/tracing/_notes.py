"""What a reader must know to use the figures of a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.tracing import _comparison
from followmoney.tracing._asserted import in_time
from followmoney.tracing._catalogue import catalogue
from followmoney.tracing._notes_checks import of_checks
from followmoney.tracing._notes_open import of_gaps, of_openings, of_ties
from followmoney.tracing._said import count, some
from followmoney.tracing._tape import UNDO
from followmoney.tracing.by_status import ByStatus
from followmoney.tracing.rule import Settlement
from followmoney.tracing.statuses import PRESUMED
from followmoney.tracing.statuses import said as said_of

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace


def notes(trace: Trace) -> tuple[str, ...]:
    """See `Trace.notes`."""
    record, outcome = trace.record, trace.outcome
    said = _of_rule(trace)
    moves = _moves(trace)
    if record.late:
        said.append(f"Booked after the end of the trace and not counted: {some(record.late)}.")
    twice = record.tape.claims[outcome.carried[:, 0] > 0]
    if len(twice):
        said.append(
            f"{count(len(twice), 'claim transaction')} ({some(_ids(trace, twice))}) carried claim money already; "
            "that part is counted once."
        )
    said += of_openings(trace)
    if beyond := _beyond(trace, moves):
        said.append(
            f"{count(beyond, 'account')} that held claim money by the rule {trace.rule} paid more than their known "
            "balance at some time: what was beyond it is taken as other money. An opening balance or an earlier "
            "statement may change figures: openings() gives them both ways, by this rule; under another one other "
            "accounts can matter."
        )
    ordinary = record.ordinary_returns
    if missed := int((outcome.moved[ordinary] > 0).sum()):
        said.append(
            f"{count(missed, 'reversal')} could not be matched to the whole of an earlier payment between the same "
            "accounts, and counts as an ordinary payment."
        )
    at = np.flatnonzero(record.tape.mark & UNDO)
    matters = (outcome.moved[at] > 0) | (outcome.arrived[record.tape.undoes] > 0)
    if spent := int((~outcome.unwound & matters).sum()):
        said.append(
            f"{count(spent, 'reversed payment')} had been spent already, so the reversal is an ordinary payment."
        )
    said += [*of_ties(trace), *of_gaps(trace), *of_checks(trace)]
    joint = sorted({asset for asset in record.assets.values() if " + " in asset})
    if joint:
        said.append(f"One transaction paid for several assets: {some(joint)}; its claim part is not divided.")
    return tuple(said)


def _of_rule(trace: Trace) -> list[str]:
    """What the rule and the assertions do to the figures."""
    said: list[str] = []
    rule = catalogue().get(trace.rule)
    if away := sorted(set(catalogue()) - set(_comparison.usual(trace))):
        said.append(f"On a ledger this long these rules are compared only where named: {', '.join(away)}.")
    if len(trace.record.tape) > _comparison.LONG:
        said.append("On a ledger this long sensitivity() leaves out orders, openings and bounds.")
    if trace.makes_money:
        said.append(f"The rule {trace.rule} can attribute more than was claimed: its figures must not be added up.")
    if rule is not None and issubclass(rule, Settlement):
        said.append(
            f"The rule {trace.rule} settles what accounts hold at the end; between accounts money moves by "
            f"{rule.between}."
        )
    said += _of_assertions(trace)
    found = said_of(trace.graph, trace.record.assertions)
    accounts = set(trace.graph.vertices["id"].to_list()) if found else set[str]()
    innocent = sorted(name for name, a in found.items() if a.kind == "innocent" and name in accounts)
    if innocent and trace.rule in ("lowest_balance", "libr_cap", "oatway_election", "taint_first"):
        said.append(
            f"The rule {trace.rule} presumes against a wrongdoer; {some(innocent)} is asserted to be held by an "
            "innocent volunteer, against whom pro_rata or fifo is followed: compare by_status."
        )
    return said


def _of_assertions(trace: Trace) -> list[str]:
    """How many assertions the figures rest on, and which do nothing here."""
    used, late = in_time(trace.graph, len(trace.record.tape), trace.record.assertions)
    by_holder = trace.rule == ByStatus.name
    shaping = [a for a in used if by_holder or a.kind not in PRESUMED]
    unseen = [a for a in used if a not in shaping]
    ends = (
        (shaping, "shaped these figures"),
        (unseen, f"changed nothing: the rule {trace.rule} does not look at the status of holders"),
        (late, "changed nothing: what {} about is not there before the end of the trace"),
    )
    return [
        f"{count(len(some_), 'assertion')} of an analyst ({some(sorted({a.kind for a in some_}))}) "
        f"{what.format('it is' if len(some_) == 1 else 'they are')}."
        for some_, what in ends if some_
    ]  # fmt: skip


def _moves(trace: Trace) -> pl.DataFrame:
    """Every movement, in order, of every purse that ever held claim money; a debit before a credit."""
    tape, flows, time = trace.record.tape, trace.flows, trace.graph.time
    held = np.zeros(len(tape.opening), np.bool_)
    held[tape.got[flows.at[flows.given > 0]]] = True
    held &= ~(tape.outside | trace.record.in_hand)
    out, into = np.flatnonzero(held[tape.paid]), np.flatnonzero(held[tape.got])
    return pl.DataFrame({
        "purse": np.concatenate([tape.paid[out], tape.got[into]]),
        "at": np.concatenate([2 * out, 2 * into + 1]),
        "time": np.concatenate([time[out], time[into]]),
        "change": np.concatenate([-tape.amount[out], tape.received[into]]),
    }).sort("at")  # fmt: skip


def _beyond(trace: Trace, moves: pl.DataFrame) -> int:
    """How many accounts ever paid more than was known to be there."""
    opening = trace.record.tape.opening
    low = moves.group_by("purse").agg(pl.col("change").cum_sum().min().alias("low"))
    stated = pl.Series(opening).gather(low["purse"])
    short = low.filter((stated >= 0) & (low["low"] + stated < 0))["purse"]
    return len(np.unique(trace.record.purses.account[short.to_numpy()]))


def _ids(trace: Trace, positions: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    return trace.graph.ledger.numbered["id"].gather(trace.graph.columns.number[positions]).to_list()
