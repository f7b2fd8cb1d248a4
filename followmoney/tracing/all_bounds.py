"""`all_bounds`: the least and the most for every account, asset and exit that claim money can reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.graph import FlowGraph
from followmoney.tracing._ranges import of_each, ranges

if TYPE_CHECKING:
    from followmoney.tracing._claim import Claim
    from followmoney.tracing._places import Named
    from followmoney.tracing.assertions import Assertion

_KEYS = ("kind", "id", "currency")


def all_bounds(
    graph: FlowGraph,
    claim: Claim,
    until: str | date | datetime | None = None,
    largest: int | None = None,
    assertions: Sequence[Assertion] = (),
) -> pl.DataFrame:
    """The least and the most claim money, without choosing a rule, for every place that it can be in or have left to.

    Each row is true by itself: the mosts must not be added up (ask `bounds` for a set). See `bounds` for the model.

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed; of several claimants all claims together.
        until: Look no further than this day or instant.
        largest: Only so many places, those that could hold most at first sight.
        assertions: What you assert beyond the records, as for `fm.trace`.

    Returns:
        kind (account, or a kind of exit: cash, unknown, asset, debt, fee, pooled, good_faith), id, currency, least,
        most (minor units of `currency`); the largest most first. Places with nothing at all under every rule are left
        out.

    Cost: as `bounds`, plus a short search a place: every flow starts from the last one.
    """
    from followmoney.tracing._claim import asked

    return every_place(asked(graph, claim, until, assertions).named, largest)


def every_place(named: Named, largest: int | None = None) -> pl.DataFrame:
    """See `all_bounds`."""
    known = (
        named.places.with_row_index("place").filter(pl.col("kind").is_not_null())
        .group_by(*_KEYS, "code", maintain_order=True).agg("place")
    )  # fmt: skip
    places = [np.array(some, np.int64) for some in known["place"].to_list()]
    least, most = ranges(named, of_each(places), largest)
    found = known.select(*_KEYS, least=pl.Series(least), most=pl.Series(most)).filter(pl.col("most") > 0)
    return found.sort("most", "least", *_KEYS, descending=[True, True, False, False, False])
