"""Whether too large a share of the rows was refused."""

from __future__ import annotations

import polars as pl

from followmoney.errors import RefusedError, SettingsError
from followmoney.ledger.ledger import Ledger
from followmoney.schema.refusals import copied

_MONEY = "transactions"


def share_of(max_refused: float) -> float:
    """The share, if it is one."""
    if not 0 <= max_refused <= 1:
        raise SettingsError(f"max_refused is {max_refused}, but must be a share from 0 to 1.")
    return max_refused


def allowed(ledger: Ledger, max_refused: float, where: str) -> None:
    """Nothing, or an error where a larger share of rows was refused; `where` they can be seen.

    The share is that of all rows, and that of transactions alone: a large register must not hide that payments are
    missing. Rows refused because another one that says the same was taken do not count: nothing is lost with them.

    Raises:
        RefusedError: How many, and by which rule most often.
    """
    refused, rows = lost(ledger), dict(ledger.summary().select("table", "rows").iter_rows())
    for those, of, kind in (
        (refused, sum(rows.values()), "rows"),
        (refused.filter(pl.col("table") == _MONEY), rows.get(_MONEY, 0), "rows of transactions"),
    ):
        if len(those) <= max_refused * of:
            continue
        rule, often = those.group_by("rule").len().sort(["len", "rule"], descending=[True, False]).row(0)
        copies = len(ledger.refused) - len(refused)
        more = f"; {copies:,} rows that repeat others are not counted" if copies else ""
        raise RefusedError(
            f"{len(those):,} of {of:,} {kind} were refused ({len(those) / of:.2%}; allowed {max_refused:.2%}{more}), "
            f"most often by {rule!r} ({often:,}; see `followmoney explain '{rule}'`). {where} Correct the files or the "
            "import specification, or raise max_refused."
        )


def lost(ledger: Ledger) -> pl.DataFrame:
    """Rows that were refused, but for those that repeat others."""
    return ledger.refused.filter(~copied(pl.col("rule")))
