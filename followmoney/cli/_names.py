"""Names beside identifiers, for tables that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from followmoney.ledger import Ledger


def names(ledger: Ledger) -> dict[str, str]:
    """What accounts and assets are called: the name of the holder, the description of the thing."""
    known: dict[str, str] = dict(ledger.parties.select("id", "name").drop_nulls().iter_rows())
    accounts = ledger.accounts
    held = accounts.select("id", "holder").drop_nulls().iter_rows() if "holder" in accounts.columns else ()
    found = {account: known[holder] for account, holder in held if holder in known}
    return {**dict(ledger.assets.select("id", "description").drop_nulls().iter_rows()), **found}


def beside(frame: pl.DataFrame, ledger: Ledger, column: str) -> pl.DataFrame:
    """The frame with a column `name` after a column of identifiers; empty where nobody says."""
    called = names(ledger)
    name = pl.Series("name", [_name(called, one) for one in frame[column].to_list()], dtype=pl.String)
    at = frame.columns.index(column) + 1
    return frame.insert_column(at, name)


def within(frame: pl.DataFrame, ledger: Ledger, *columns: str) -> pl.DataFrame:
    """The frame with names before the identifiers of these columns: "Ana Example, ES12"."""
    called = names(ledger)
    return frame.with_columns(
        pl.Series(
            column,
            [f"{name}, {one}" if (name := _name(called, one)) else one for one in frame[column].to_list()],
            dtype=pl.String,
        )
        for column in columns
    )


def _name(called: dict[str, str], identifier: str | None) -> str | None:
    """The name of one, or of several assets that were paid for together."""
    if identifier is None or identifier in called:
        return called.get(identifier or "")
    parts = [called.get(part) for part in identifier.split(" + ")]
    return " + ".join(part for part in parts if part) if len(parts) > 1 and all(parts) else None
