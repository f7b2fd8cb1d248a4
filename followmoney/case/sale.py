"""Things that lose value while they are kept: whether to sell them before the court decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from followmoney.ledger import Ledger

COLUMNS = {
    "kind": pl.String, "id": pl.String, "description": pl.String, "holder": pl.String, "holder_name": pl.String,
    "country": pl.String, "currency": pl.String, "value": pl.Int64, "claim": pl.Int64, "percent_a_year": pl.Int64,
    "lost_in_a_year": pl.Int64, "why": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Loses:
    """How fast things of a kind lose value."""

    percent: int | None
    """Of the value, a year (followmoney default); None: it goes up and down, and no rate is stated."""
    why: str


LOSES = {
    "vehicle": Loses(20, "loses value with age, and storage costs"),
    "vessel": Loses(10, "loses value with age; berth, crew and insurance cost"),
    "aircraft": Loses(10, "loses value with age; hangar and maintenance cost"),
    "crypto": Loses(None, "its price goes up and down fast"),
}
"""By kind of asset: what speaks for an interlocutory sale (Directive (EU) 2024/1260 art. 21); rates are followmoney
defaults, to be replaced by a valuation."""
_HUNDRED = 100


def sale(ledger: Ledger, assets: pl.DataFrame) -> pl.DataFrame:
    """See `Case.sale`; `assets` are those of the case."""
    kinds = dict(ledger.assets.select("id", pl.col("kind").cast(pl.String)).iter_rows())
    wallets = ledger["accounts"].filter(pl.col("scheme").cast(pl.String) == "wallet")["id"].to_list()
    rows: list[dict[str, Any]] = []
    for row in assets.iter_rows(named=True):
        what = {kinds.get(part) for part in row["id"].split(" + ")} if row["kind"] == "asset" else set[str | None]()
        named = "crypto" if row["kind"] == "account" and row["id"] in wallets else next(iter(what), None)
        if len(what) > 1 or named not in LOSES:
            continue
        its = LOSES[named]
        lost = None if its.percent is None or row["value"] is None else row["value"] * its.percent // _HUNDRED
        rows.append({**row, "kind": named, "percent_a_year": its.percent, "lost_in_a_year": lost, "why": its.why})
    frame = pl.DataFrame([{c: row[c] for c in COLUMNS} for row in rows], schema=COLUMNS, orient="row")
    return frame.sort(
        "lost_in_a_year", "kind", "id", "currency", descending=[True, False, False, False], nulls_last=True
    )
