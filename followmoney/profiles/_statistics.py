"""Statistics of what the two accounts of a transaction paid and received in the window."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.profiles._fit import fit
from followmoney.profiles._layout import Layout

_OF = ("mean", "variance", "skewness", "kurtosis", "least", "most")
_SHOWN = [f"{of}_{name}" for of in ("amount", "age") for name in _OF]
_ALWAYS = ("mean", "variance", "least", "most")
_SHAPE = ("skewness", "kurtosis")
_LARGEST = 2**62


def safe(*amounts: NDArray[np.int64]) -> None:
    """Make sure that whatever is added up fits into 64 bits.

    Raises:
        OverflowLimitError: It might not; nothing was computed.
    """
    for column in amounts:
        if float(np.abs(column).sum(dtype=np.float64)) >= _LARGEST:
            raise OverflowLimitError("Amounts do not add up in 64 bits; split the ledger.")


def statistics(layout: Layout, window: int) -> pl.DataFrame:
    """Count, sum, and six statistics each of amounts and ages, for both accounts, paid and received."""
    from followmoney.profiles._kernels_moments import moments, turn

    columns, size = layout.graph.columns, len(layout.graph)
    safe(columns.amount, columns.received)
    paid, received = layout.row[:size], layout.row[size:]
    value = np.empty((2, 2 * size), np.int64)  # amounts and times
    value[0, :size], value[0, size:], value[1] = (
        columns.amount[paid],
        columns.received[received],
        columns.time[layout.row],
    )
    place = (layout.row, value, np.concatenate((columns.currency[paid], columns.currency_received[received])))
    blank = np.array([np.nan] * 12 + [0.0] * 2)
    cells = np.empty((size, 14))  # a row at a time, account by account; then turned into columns in order of time
    whole, found = cells.view(np.int64), np.empty(size, np.int32)
    parts: list[pl.DataFrame] = []
    for asked, who in enumerate(("originator", "beneficiary")):
        for side, did in enumerate(("paid", "received")):
            fit(moments, size)(layout.ptr[asked], layout.ptr[side], *place, window, cells, whole, found)
            turned = np.empty((14, size), np.int64)
            fit(turn, size)(whole, found, blank.view(np.int64), turned)
            parts.append(_named(f"{who}_{did}", turned))
    return pl.concat(parts, how="horizontal")


def _named(start: str, turned: NDArray[np.int64]) -> pl.DataFrame:
    """Not a number becomes null; of a statistic that is there or not the others are, too."""
    shown = {f"{start}_{name}": turned[at].view(float) for at, name in enumerate(_SHOWN)}
    table = pl.DataFrame({f"{start}_count": turned[12], f"{start}_sum": turned[13], **shown})
    names = {
        f"{start}_amount_mean": [f"{start}_amount_{name}" for name in _ALWAYS],
        f"{start}_age_mean": [f"{start}_age_{name}" for name in _ALWAYS],
        **{f"{start}_{of}_skewness": [f"{start}_{of}_{name}" for name in _SHAPE] for of in ("amount", "age")},
    }
    several = (pl.col(f"{start}_count") > 0) & pl.col(f"{start}_amount_mean").is_nan()
    return table.with_columns(
        pl.when(~several).then(pl.col(f"{start}_sum")),
        *(pl.when(pl.col(first).is_not_nan()).then(pl.col(*those)) for first, those in names.items()),
    )
