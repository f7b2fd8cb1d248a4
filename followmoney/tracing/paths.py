"""Paths: the best ways by which claim money can have come to somebody or something, transaction by transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from followmoney.tracing._path_frame import frame, with_claim_and_words
from followmoney.tracing._path_search import Order, Question, best
from followmoney.tracing._path_words import sentences

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

__all__ = ["Order", "path", "paths", "sentences"]


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

    Cost: the first question makes an index, once a trace (1 µs a transaction that carries claim money); then a search
    back from the destination that looks at little more than what it returns.

    Raises:
        SettingsError: An unknown destination (with the nearest match), limits that make no sense, or a search that
            ended at its guard before it found any path.
    """
    question = Question(to, limit, hops, within, order)
    return frame(trace, trace.ways, *best(trace, trace.ways, question))


def path(trace: Trace, holder: str | Iterable[str], hops: int) -> pl.DataFrame:
    """See `Trace.path`."""
    found, complete = best(trace, trace.ways, Question(holder, 1, hops, None, "strongest"))
    return with_claim_and_words(trace, trace.ways, found, frame(trace, trace.ways, found, complete))
