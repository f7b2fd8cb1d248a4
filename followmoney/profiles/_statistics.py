"""Statistics of what the two accounts of a transaction paid and received in the window."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.graph._kernels import fit
from followmoney.profiles._layout import Layout

_OF = ("mean", "variance", "skewness", "kurtosis", "least", "most")
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
    from followmoney.profiles._kernels_moments import moments

    columns, low = layout.graph.columns, layout.since(window, inclusive=False)
    money = ((columns.amount, columns.currency), (columns.received, columns.currency_received))
    safe(columns.amount, columns.received)
    table: dict[str, pl.Series] = {}
    for asked, who in enumerate(("originator", "beneficiary")):
        for side, did in enumerate(("paid", "received")):
            amount, currency = money[side]
            whole, shown = fit(moments, len(layout.graph))(
                layout.ptr, layout.row, layout.when, low, amount, columns.time, currency, side, asked
            )
            several = pl.Series((whole[:, 0] > 0) & np.isnan(shown[:, 0]))
            start = f"{who}_{did}"
            table[f"{start}_count"] = pl.Series(whole[:, 0].copy())
            table[f"{start}_sum"] = pl.Series(whole[:, 1].copy()).set(several, None)
            for at, (of, name) in enumerate((of, name) for of in ("amount", "age") for name in _OF):
                table[f"{start}_{of}_{name}"] = pl.Series(shown[:, at].copy()).fill_nan(None)
    return pl.DataFrame(table)
