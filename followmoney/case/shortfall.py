"""What value confiscation would have to cover, and the other things the same holders have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from followmoney.case.names import names

if TYPE_CHECKING:
    from followmoney.tracing import Trace

COLUMNS = {
    "currency": pl.String, "claimed": pl.Int64, "recoverable": pl.Int64, "shortfall": pl.Int64,
    "least": pl.Int64, "most": pl.Int64,
}  # fmt: skip
UNTAINTED = {
    "kind": pl.String, "id": pl.String, "description": pl.String, "holder": pl.String, "holder_name": pl.String,
    "country": pl.String, "currency": pl.String, "value": pl.Int64, "encumbrance": pl.Int64, "claim": pl.Int64,
    "untainted": pl.Int64,
}  # fmt: skip


def shortfall(trace: Trace, totals: pl.DataFrame) -> pl.DataFrame:
    """See `Case.shortfall`; `totals` are those of `Recoverable`."""
    known = {row["currency"]: row for row in totals.iter_rows(named=True)}
    rows: list[dict[str, Any]] = []
    for currency, claimed in sorted(trace.claimed.items()):
        row = known.get(currency, {"claim": 0, "least": 0, "most": 0})
        low, high = row["least"], row["most"]
        rows.append({
            "currency": currency, "claimed": claimed, "recoverable": row["claim"],
            "shortfall": max(0, claimed - row["claim"]),
            "least": None if high is None else max(0, claimed - high),
            "most": None if low is None else max(0, claimed - low),
        })  # fmt: skip
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def untainted(trace: Trace, assets: pl.DataFrame) -> pl.DataFrame:
    """See `Case.untainted`; `assets` are those of the case."""
    ledger, graph, called = trace.graph.ledger, trace.graph, names(trace.graph.ledger)
    holders = _holders(trace, assets)
    claims = {(k, i, c): claim for k, i, c, claim in assets.select("kind", "id", "currency", "claim").iter_rows()}
    rows: list[dict[str, Any]] = []
    purses, outcome = trace.record.purses, trace.outcome
    vertices = graph.vertices
    whose = vertices["holder"].to_list() if "holder" in vertices.columns else [None] * len(vertices)
    where = vertices["country"].cast(pl.String).to_list() if "country" in vertices.columns else [None] * len(vertices)
    for purse in np.flatnonzero(outcome.balance > 0).tolist():
        at = int(purses.account[purse])
        if whose[at] not in holders or graph.outside[at]:
            continue
        name, currency = str(vertices["id"][at]), graph.currencies[int(purses.currency[purse])]
        balance, claim = int(outcome.balance[purse]), claims.get(("account", name, currency), 0)
        rows.append(_row("account", name, "account", whose[at], where[at], currency, balance, 0, claim))
    for thing in ledger.assets.iter_rows(named=True):
        inside = [claim for (kind, name, _), claim in claims.items() if kind == "asset" and thing["id"] in name.split(" + ")]
        if thing["holder"] in holders and not inside and thing["value"] is not None:
            what = thing["description"] or str(thing["kind"]).replace("_", " ")
            rows.append(_row("asset", thing["id"], what, thing["holder"], thing["country"], thing["currency"],
                             thing["value"], thing["encumbrance"] or 0, 0))  # fmt: skip
    for row in rows:
        row["holder_name"] = called.get(row["holder"])
    frame = pl.DataFrame(rows, schema=UNTAINTED, orient="row").filter(pl.col("untainted") > 0)
    burdened = (pl.col("encumbrance") > 0) | (pl.col("claim") > 0)
    return frame.sort(burdened, "untainted", "kind", "id", "currency", descending=[False, True, False, False, False])


def _row(
    kind: str, name: str, what: str, holder: str | None, country: str | None, currency: str, value: int, owed: int,
    claim: int,
) -> dict[str, Any]:  # fmt: skip
    return {
        "kind": kind, "id": name, "description": what, "holder": holder, "country": country, "currency": currency,
        "value": value, "encumbrance": owed, "claim": claim, "untainted": max(0, value - owed - claim),
    }  # fmt: skip


def _holders(trace: Trace, assets: pl.DataFrame) -> set[str]:
    """Who holds claim money now, and who received it first; not who gave value in good faith."""
    holders = dict(trace.graph.ledger.accounts.select("id", "holder").iter_rows())
    moved = trace.transactions()
    first = moved.filter(pl.col("id").is_in(list(trace.claim)))["beneficiary"].cast(pl.String).to_list()
    away = {name for a in trace.record.assertions if a.on and a.kind == "good_faith" for name in a.about}
    found = {*assets["holder"].to_list(), *(holders.get(name) for name in first if name not in away)}
    return {holder for holder in found if holder is not None and holder not in away}
