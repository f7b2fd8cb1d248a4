"""What a reader must know of accounts whose statements and balances do not follow from what was read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.ledger.coverage import coverage
from followmoney.ledger.integrity import integrity
from followmoney.tracing._said import count, some

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace


def of_checks(trace: Trace) -> list[str]:
    """Accounts that held claim money, and have a statement that does not add up or a balance nothing leads to."""
    tape, flows, ledger = trace.record.tape, trace.flows, trace.graph.ledger
    if not {"statements", "balances"} & set(ledger.tables):
        return []
    held = np.zeros(len(tape.opening), np.bool_)
    held[tape.got[flows.at[flows.given > 0]]] = True
    held &= ~(tape.outside | trace.record.in_hand)
    names = trace.graph.vertices["id"].gather(np.unique(trace.record.purses.account[held]))
    there = {name: ledger[name] for name in ("statements", "balances")}
    asked = {name: frame.filter(pl.col("account").is_in(names.implode())) for name, frame in there.items()}
    some_of = replace(ledger, tables={**ledger.tables, **asked})
    told, stated = coverage(some_of), integrity(some_of)
    wrong = {
        *told.filter((pl.col("difference") != 0) | (pl.col("refused") > 0))["account"],
        *stated.filter(pl.col("agree") < pl.col("compared"))["account"],
    }
    if not wrong:
        return []
    what = f"{count(len(wrong), 'account')} that held claim money ({some(sorted(wrong))})"
    return [
        (
            f"{what} did not add up: a statement or balance does not follow from the entries that were read, so that "
            "payments are missing or were refused, and figures may change. See `followmoney check --part statements`."
        )
    ]
