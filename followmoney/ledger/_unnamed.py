"""What the tables refer to and no source has: a sentence each, so that a mistyped identifier is not passed over."""

from __future__ import annotations

import polars as pl

from followmoney.ledger._take import Taken

_NAMED = 5  # identifiers a note lists


def unnamed(taken: Taken) -> list[str]:
    """Notes on transactions that are named as undone, or as paying for an asset or goods, and are not in the ledger."""
    named: list[tuple[str, pl.Series]] = []
    if "reverses" in taken.numbered.columns:
        named.append(("reverses", taken.numbered["reverses"].drop_nulls()))
    assets = taken.tables.get("assets")
    if assets is not None and "acquired_by" in assets.columns:
        named.append(("acquired_by of assets", assets["acquired_by"].drop_nulls().explode().drop_nulls()))
    trades = taken.tables.get("trades")
    if trades is not None and "transaction" in trades.columns:
        named.append(("transaction of trades", trades["transaction"].drop_nulls()))
    return [note for what, ids in named for note in _note(what, ids, taken.numbered["id"])]


def _note(what: str, ids: pl.Series, known: pl.Series) -> list[str]:
    wanted = ids.unique()
    missing = wanted.filter(~wanted.is_in(known.filter(known.is_in(wanted.implode())).implode())).sort().to_list()
    if not missing:
        return []
    named = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
    rows = "1 transaction that is" if len(missing) == 1 else f"{len(missing):,} transactions that are"
    return [f"{what} names {rows} not in the ledger ({named})."]
