"""Whether too large a share of the rows was refused."""

from __future__ import annotations

import polars as pl

from followmoney.errors import RefusedError, SettingsError
from followmoney.ledger.ledger import Ledger
from followmoney.schema.refusals import copied


def share_of(max_refused: float) -> float:
    """The share, if it is one."""
    if not 0 <= max_refused <= 1:
        raise SettingsError(f"max_refused is {max_refused}, but must be a share from 0 to 1.")
    return max_refused


def allowed(ledger: Ledger, max_refused: float, where: str) -> None:
    """Nothing, or an error where a larger share of rows was refused; `where` they can be seen.

    Rows refused because another one that says the same was taken do not count: nothing is lost with them.

    Raises:
        RefusedError: How many, and by which rule most often.
    """
    summary = ledger.summary()
    refused = ledger.refused.filter(~copied(pl.col("rule")))
    rows, lost = int(summary["rows"].sum()), len(refused)
    if not lost or lost <= max_refused * rows:
        return
    rule, often = refused.group_by("rule").len().sort(["len", "rule"], descending=[True, False]).row(0)
    copies = len(ledger.refused) - lost
    more = f"; {copies:,} rows that repeat others are not counted" if copies else ""
    raise RefusedError(
        f"{lost:,} of {rows:,} rows were refused ({lost / rows:.2%}; allowed {max_refused:.2%}{more}), most often by "
        f"{rule!r} ({often:,}; see `followmoney explain '{rule}'`). {where} Correct the files or the import "
        "specification, or raise max_refused."
    )
