"""Does it add up? Claim money in, claim money accounted for, by currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.tracing._flows import slots
from followmoney.tracing._overflow import exact_sum
from followmoney.tracing.backward import by_movement

if TYPE_CHECKING:
    from followmoney.tracing._record import Record
    from followmoney.tracing._tape import Outcome
    from followmoney.tracing.traced import Trace

_COLUMNS = (
    "currency", "claimed", "held", "left", "discharged", "lost", "converted", "accrued", "beyond", "difference",
)  # fmt: skip


def claimed(record: Record, outcome: Outcome) -> dict[str, int]:
    """By currency: what arrived with the claim transactions, less the claim money they carried already."""
    claims = record.tape.claims
    codes = record.purses.currency[record.tape.got[claims]]
    sums = _by_currency(codes, outcome.arrived[claims] - outcome.carried[:, 1])
    return {record.graph.currencies[code]: money for code, money in sums.items()}


def reconciliation(trace: Trace) -> pl.DataFrame:
    """See `Trace.reconciliation`."""
    if trace.several:
        named = [
            reconciliation(trace.of(name)).select(pl.lit(name).alias("claimant"), pl.all()) for name in trace.several
        ]
        return pl.concat(named)
    tape, outcome, purses, flows = trace.record.tape, trace.outcome, trace.record.purses, trace.flows
    debit, credit = tape.amount[flows.at], tape.received[flows.at]
    paid, got = purses.currency[tape.paid[flows.at]], purses.currency[tape.got[flows.at]]
    differs = (debit != credit) | (paid != got)
    changed = flows.at[differs]
    out, back = outcome.moved[changed], outcome.arrived[changed]
    back -= outcome.accrued[changed] if len(outcome.accrued) else 0
    claims, found = slots(changed, tape.claims)
    out[claims[found]], back[claims[found]] = outcome.carried[found, 0], outcome.carried[found, 1]
    received, spent = _by_currency(got[differs], back), _by_currency(paid[differs], out)
    inside = ~trace.record.in_hand
    held = _by_currency(purses.currency[inside], outcome.claim[inside])
    linked = by_movement(trace)
    away = purses.currency[tape.got[flows.left_at]]
    went = away, got, purses.currency[~inside]
    left = _by_currency(np.concatenate(went), np.concatenate([flows.left, linked, outcome.claim[~inside]]))
    debts = _by_currency(got, flows.discharged - linked)
    accrued = _by_currency(got, outcome.accrued[flows.at]) if len(outcome.accrued) else {}
    lapsed = _by_currency(purses.currency, np.maximum(outcome.followed - outcome.claim, 0))
    added = _by_currency(purses.currency, np.maximum(outcome.claim - outcome.followed, 0))
    rows: list[tuple[str | int, ...]] = []
    for code, currency in enumerate(trace.graph.currencies):
        claim, converted = trace.claimed.get(currency, 0), received.get(code, 0) - spent.get(code, 0)
        found = held.get(code, 0), left.get(code, 0), debts.get(code, 0), lapsed.get(code, 0)
        grown, beyond = accrued.get(code, 0), added.get(code, 0)
        difference = claim + converted + grown + beyond - sum(found)
        if trace.makes_money:
            beyond, difference = beyond - difference, 0
        if claim or converted or grown or beyond or any(found):
            rows.append((currency, claim, *found, converted, grown, beyond, difference))
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.Int64) | {"currency": pl.String}, orient="row").sort(
        "currency"
    )


def _by_currency(codes: NDArray[np.uint8], money: NDArray[np.int64]) -> dict[int, int]:
    sums = {code: exact_sum(money[codes == code]) for code in np.unique(codes[money != 0]).tolist()}
    return {code: money for code, money in sums.items() if money}
