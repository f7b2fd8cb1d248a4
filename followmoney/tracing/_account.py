"""One account, movement by movement, with the running balance and the running claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.schema import table
from followmoney.tracing._frames import currencies
from followmoney.tracing.rule import Settlement

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_MONEY = ("debit", "credit", "balance", "claim_out", "claim_in", "discharged", "claim", "beyond")
_Row = tuple[int | None, ...]


def ledger(trace: Trace, account: str) -> pl.DataFrame:
    """See `Trace.ledger`."""
    graph, tape, purses = trace.graph, trace.record.tape, trace.record.purses
    number = graph.vertex(account)
    parts = [_purse(trace, purse) for purse in purses.of(number).tolist()]
    rows = pl.DataFrame(
        [row for part in parts for row in part],
        schema={"at": pl.Int64, "code": pl.UInt8, **dict.fromkeys(_MONEY, pl.Int64)}, orient="row",
    ).sort("at", "code")  # fmt: skip
    if tape.outside[purses.of(number)].any():  # nothing is known of what happens out there
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias(name) for name in ("balance", "claim", "beyond"))
    if trace.makes_money and not isinstance(trace.chosen, Settlement):  # other money turns into claim money
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias("claim"))
    at = rows["at"].to_numpy()
    moved = (at >= 0) & (at < len(tape))
    inside = np.where(moved, at, 0)
    frame = graph.only(inside).to_polars() if len(graph) else graph.to_polars()
    columns = table("transactions").columns()
    context = [
        (pl.col(c) if c in frame.columns else pl.lit(None, columns[c].dtype).alias(c))
        for c in ("channel", "purpose", "source", "row")
    ]
    other = pl.when(pl.col("originator") == account).then("beneficiary").otherwise("originator").alias("counterparty")
    known = frame.select("id", "booked_at", other, *context).with_columns(pl.when(pl.Series(moved)).then(pl.all()))
    kind = pl.Series("kind", np.where(moved, "transaction", np.where(at < 0, "opening", "settlement")), pl.String)
    money = rows.select(currencies(trace, rows["code"].to_numpy()), *_MONEY)
    parts = [kind.to_frame(), known.select("id", "booked_at", "counterparty"), money, known[:, 3:]]
    return pl.concat(parts, how="horizontal")


def _purse(trace: Trace, purse: int) -> list[_Row]:
    """The movements of one purse: position (-1: the opening, after the last: the settlement), currency, and money."""
    tape, flows = trace.record.tape, trace.flows
    code = int(trace.record.purses.currency[purse])
    balance = int(tape.opening[purse])
    rows: list[_Row] = [(-1, code, None, None, balance, 0, 0, 0, 0, 0)] if balance else []
    touched = np.flatnonzero((tape.paid == purse) | (tape.got == purse))
    slots = np.searchsorted(flows.at, touched)
    claim = 0
    for at, slot in zip(touched.tolist(), slots.tolist(), strict=True):
        carries = slot < len(flows.at) and flows.at[slot] == at
        debit = credit = beyond = out = into = paid_off = 0
        if tape.paid[at] == purse:
            debit = int(tape.amount[at])
            beyond = max(0, debit - max(0, balance))
            balance = balance - debit if debit < balance or balance < 0 else 0
            out = int(flows.taken[slot]) if carries else 0
        if tape.got[at] == purse:
            credit = int(tape.received[at])
            balance += credit
            into = int(flows.given[slot]) if carries else 0
            paid_off = int(flows.discharged[slot]) if carries else 0
        claim += into - out
        rows.append((at, code, debit, credit, balance, out, into, paid_off, claim, beyond))
    settled = int(trace.outcome.claim[purse])
    if isinstance(trace.chosen, Settlement) and not tape.outside[purse] and (settled or any(row[-2] for row in rows)):
        rows.append((len(tape), code, None, None, balance, 0, 0, 0, settled, 0))
    return rows
