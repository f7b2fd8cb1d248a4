"""Layers: accounts most of which pay most of the accounts of the next layer, who hardly deal with each other else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from followmoney.patterns._hits import IN, OUT, Hits
from followmoney.patterns._threshold import exact, micros

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns.bipartite import Bipartite
    from followmoney.patterns.stack import Stack


def layered_hits(pattern: Bipartite | Stack, flows: Flows, layers: int) -> Hits:
    """Windows of one layer of payments or of two, by the account whose payment begins them.

    The last layer of payments is in the role `in`, one before it in the role `out`.
    """
    from followmoney.graph._kernels import fit, searched
    from followmoney.graph._rows import by_pair, compress
    from followmoney.patterns._kernels_bipartite import layered
    from followmoney.patterns._rare import rare

    at = np.flatnonzero(rare(flows, pattern.seen)).astype(np.uint32)
    payer, payee, accounts = flows.originator[at], flows.beneficiary[at], len(flows.outside)
    into, out = compress(payee, accounts), compress(payer, accounts)
    pair = by_pair(into, out, payer)
    shown, ends, seeds, spent = fit(layered, searched(len(at), np.diff(into.ptr), np.diff(out.ptr)))(
        into.ptr, into.row, out.ptr, out.row, payer[into.row], payee[out.row], pair, flows.time[at],
        flows.into.ptr, flows.into.row, flows.time, micros(pattern.days, "days"), layers,
        (pattern.payers, pattern.payees, min(pattern.most, accounts)), exact(pattern.dense), exact(pattern.share),
        pattern.budget,
    )  # fmt: skip
    number = np.repeat(np.arange(len(seeds)), np.diff(ends, prepend=0))
    role = np.where(shown % 2 == layers - 1, IN, OUT)
    hits = Hits.grouped(payee[seeds[number]], number, at[shown // 2], role)
    return replace(hits, unresolved=np.sort(at[spent]).astype(np.int64))
