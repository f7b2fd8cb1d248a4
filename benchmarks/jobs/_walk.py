"""The bound for every sweep: a walk over the transactions in time order that keeps balances and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def _walk(paid: Any, got: Any, amount: Any, received: Any, balance: Any) -> None:
    for i in range(len(paid)):
        held = balance[paid[i]]
        balance[paid[i]] = held - amount[i] if amount[i] < held or held < 0 else 0
        balance[got[i]] += received[i]


def walk(tape: Any) -> Any:
    """Every balance at the end; what is paid beyond the known balance is other money."""
    balance = np.array(tape.opening)
    _walk(tape.paid, tape.got, tape.amount, tape.received, balance)
    return balance
