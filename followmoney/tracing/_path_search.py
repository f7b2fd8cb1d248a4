"""The question for paths, checked and put to the compiled search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from followmoney.errors import SettingsError, unknown
from followmoney.graph._kernels import fit
from followmoney.tracing._destination import destination
from followmoney.tracing._path_frame import Found
from followmoney.tracing._reach import micros
from followmoney.tracing._ways import Ways

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

Order = Literal["strongest", "fastest", "fewest"]
"""As the compiled search numbers them."""

_MOST_HOPS = 50
_MOST_PATHS = 100_000
_MOST_LOOKED_AT = 30_000_000  # ways on; the guard: some seconds
_AT_ONCE = 16


class Question(NamedTuple):
    """See `tracing/paths.py`."""

    to: str | Iterable[str]
    limit: int
    hops: int
    within: timedelta | None
    order: Order


def best(trace: Trace, ways: Ways, question: Question) -> tuple[Found, bool]:
    """The best paths; and whether the search came to its end."""
    from followmoney.tracing._kernel_paths import told
    from followmoney.tracing._kernel_search import search

    to, limit, hops, within, order = question
    if order not in get_args(Order):
        raise SettingsError(unknown("order of paths", order, get_args(Order)))
    if not 1 <= limit <= _MOST_PATHS or not 1 <= hops <= _MOST_HOPS:
        raise SettingsError(
            f"Ask for 1 to {_MOST_PATHS:,} paths of 1 to {_MOST_HOPS} hops; got limit={limit}, hops={hops}."
        )
    asked = np.array([ways.narrow, get_args(Order).index(order), -1 if within is None else micros(within), hops])
    ends, last = destination(trace, ways, to)
    wide, late = ways.index(hops, fastest=order == "fastest", timed=within is not None)
    columns = (ways.ptr, ways.rows, wide, late, ends, last, asked)
    found, count, complete = fit(search, len(ways.rows))(*columns, limit, min(limit + 1, _AT_ONCE), _MOST_LOOKED_AT)
    if not count and not complete:
        raise SettingsError(
            f"No path to {to!r} was found among the first {_MOST_LOOKED_AT:,} steps looked at, and there may be some: "
            f"ask for fewer hops (hops={hops}) or less time (within={within})."
        )
    return Found(*fit(told, len(ways.rows))(found[:count], ends, last, ways.rows)), bool(complete)
