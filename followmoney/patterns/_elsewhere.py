"""What left an account soon after cash was paid in, in another town or for another country."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._flows import Flows
from followmoney.patterns._spots import abroad

Numbers = NDArray[np.int64]


class Left(NamedTuple):
    """Transactions that debit the account, and the gathering of cash after which each left."""

    at: Numbers
    gathering: Numbers


def elsewhere(flows: Flows, at: Numbers, gathering: Numbers, span: int, share: tuple[int, int]) -> Left:
    """For every gathering of which at least `share` left elsewhere until `span` after its last deposit: what left.

    `at` are its deposits in order, `gathering` the number of each (equal ones stand together). Cost: the transactions
    of the account between its first deposit and `span` after its last.
    """
    town = flows.known["place"].values
    rows: list[Numbers] = []
    begin = np.flatnonzero(np.diff(gathering, prepend=-1))
    end = np.r_[begin[1:], len(at)] if len(begin) else begin
    last = np.searchsorted(flows.time, flows.time[at[end - 1]] + span, "right")
    for first, after, until in zip(begin, end, last, strict=True):
        mine = at[first:after]
        account, currency = flows.beneficiary[mine[0]], flows.currency_received[mine[0]]
        debits = flows.out.of(int(account))
        gone = debits[np.searchsorted(debits, mine[0], "right") : np.searchsorted(debits, until)].astype(np.int64)
        gone = gone[(flows.currency[gone] == currency) & (flows.beneficiary[gone] != account)]
        away = (town[gone] >= 0) & ~np.isin(town[gone], town[mine])
        gone = gone[away | ((town[gone] < 0) & abroad(flows, gone))]
        enough = int(flows.amount[gone].sum()) * share[1] >= int(flows.received[mine].sum()) * share[0]
        rows.append(gone if enough and len(gone) else np.empty(0, np.int64))
    sizes = [len(r) for r in rows]
    return Left(np.concatenate([*rows, np.empty(0, np.int64)]), np.repeat(gathering[begin], sizes))
