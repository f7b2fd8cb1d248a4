"""Sums that were made in 128 bits, in 64 again, or an error that names the account."""

from __future__ import annotations

import polars as pl

from followmoney.errors import OverflowLimitError


def fitting(found: pl.DataFrame) -> pl.DataFrame:
    """The same in 64 bits: sums of accounts (columns account, currency) are made in 128.

    Raises:
        OverflowLimitError: One that does not fit, with its account.
    """
    wide = [name for name, dtype in found.schema.items() if dtype == pl.Int128]
    over = found.filter(
        pl.any_horizontal(
            pl.col(name).cast(pl.Int64, strict=False).is_null() & pl.col(name).is_not_null() for name in wide
        )
    )
    if len(over):
        account, currency = over.select("account", "currency").row(0)
        raise OverflowLimitError(
            f"Balances and movements of account {account} in {currency} do not fit into 64 bits; look at the amounts "
            "of its largest transactions and balances: one is likely misread."
        )
    return found.with_columns(pl.col(wide).cast(pl.Int64))
