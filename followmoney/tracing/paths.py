"""Paths: the best ways by which claim money can have come to somebody or something, transaction by transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.graph._kernels import fit
from followmoney.tracing._destination import destination
from followmoney.tracing._path_frame import frame, with_claim_and_words
from followmoney.tracing._path_words import sentences

if TYPE_CHECKING:
    from followmoney.tracing._ways import Ways
    from followmoney.tracing.traced import Trace

Order = Literal["strongest", "fastest", "fewest"]

__all__ = ["Order", "path", "paths", "sentences"]

_MOST_HOPS = 50
_MOST_PATHS = 100_000
_MOST_LOOKED_AT = 30_000_000  # ways on; the guard: about a second
_AT_A_TIME = 16

Rows = NDArray[np.int64]

_NONE = np.zeros(0, np.int64)


def paths(
    trace: Trace,
    to: str | Iterable[str],
    *,
    limit: int = 10,
    hops: int = 6,
    within: timedelta | None = None,
    order: Order = "strongest",
) -> pl.DataFrame:
    """The best paths of claim money from the claim to an account, an asset, a party, a country or a kind of exit.

    A path starts with a claim transaction (step 0), goes on from its beneficiary, forward in the order of booking,
    comes to no account twice (in one currency), and ends where it first comes to what is asked for. Every step carries
    claim money under the trace's rule. `carried` is the most that can have come along the path up to a step, in the
    currency received, and `strength` is what is left of it at the end. Paths share money: strengths must not be added.

    Args:
        trace: A trace.
        to: An account, an asset, a party (all its accounts and assets), a country, or a kind of exit (cash, unknown,
            asset, debt, fee, pooled, good_faith); several names are taken together.
        limit: The most paths; nothing is ever enumerated beyond that.
        hops: The most transactions after the claim transaction.
        within: The longest time from the claim transaction to the last one.
        order: `strongest` first (then fewest transactions), `fastest` first (least time from the claim transaction to
            the last one, then strongest, then fewest), or `fewest` transactions first (then strongest). Paths that are
            still equal are in the order of their last transactions, then of those before, and so on.

    Returns:
        path (from 1), step, transaction, booked_at, originator, beneficiary, amount, claim (its claim part), strength,
        currency, originator_name, beneficiary_name, asset (that it paid for), carried, amount_received,
        currency_received, source, row,
        complete (true: there are no better and no more paths than these; false: the search ended at its guard of
        30 million steps; these are still the best, but there may be more).

    Cost: the first question makes an index, once a trace (0.5 µs a transaction that carries claim money); then a search
    back from the destination that looks at little more than what it returns.

    Raises:
        SettingsError: An unknown destination (with the nearest match), limits that make no sense, or a search that
            ended at its guard before it found any path.
    """
    found, complete = _asked(trace, to, limit, hops, within, order)
    return frame(trace, trace.ways, found, complete=complete)


def path(trace: Trace, holder: str | Iterable[str], hops: int) -> pl.DataFrame:
    """See `Trace.path`."""
    found, complete = _asked(trace, holder, 1, hops, None, "strongest")
    return with_claim_and_words(trace, frame(trace, trace.ways, found, complete=complete), np.concatenate([_NONE, *found]))


def _asked(
    trace: Trace, to: str | Iterable[str], limit: int, hops: int, within: timedelta | None, order: Order
) -> tuple[list[Rows], bool]:
    if order not in get_args(Order):
        raise SettingsError(unknown("order of paths", order, get_args(Order)))
    if not 1 <= limit <= _MOST_PATHS or not 1 <= hops <= _MOST_HOPS:
        raise SettingsError(
            f"Ask for 1 to {_MOST_PATHS:,} paths of 1 to {_MOST_HOPS} hops; got limit={limit}, hops={hops}."
        )
    found, complete = best(trace, trace.ways, to, limit, hops, within, order)
    if not found and not complete:
        raise SettingsError(
            f"No path to {to!r} was found among the first {_MOST_LOOKED_AT:,} steps looked at, and there may be some: "
            f"ask for fewer hops (hops={hops}) or less time (within={within})."
        )
    return found, complete


def best(
    trace: Trace, ways: Ways, to: str | Iterable[str], limit: int, hops: int, within: timedelta | None, order: Order
) -> tuple[list[Rows], bool]:
    """The best paths, as rows of the index, from the claim on; and whether the search came to its end."""
    from followmoney.tracing._kernel_search import search

    ends, last = destination(trace, ways, to)
    span = -1 if within is None else within // timedelta(microseconds=1)
    asked = np.array([ways.narrow, get_args(Order).index(order), span, hops])
    wide, late = ways.index(hops, fastest=order == "fastest", timed=within is not None)
    columns = (ways.ptr, ways.rows, wide, late, ends, last, asked)
    found, count, complete = fit(search, len(ways.rows))(*columns, limit, min(limit + 1, _AT_A_TIME), _MOST_LOOKED_AT)
    return [some[some >= 0][::-1] for some in found[:count]], complete
