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
    "untainted": pl.Int64, "why": pl.String,
}  # fmt: skip
WHY = ("asserted wrongdoer", "received the claim first", "holds claim money now")
"""Why a party's other things are listed, the strongest reason first."""


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
    carried = set(trace.transactions().filter(pl.col("claim") > 0)["id"].to_list())
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
        rows.append(_row("account", name, (balance, 0, claim), description="account", holder=whose[at],
                         country=where[at], currency=currency))  # fmt: skip
    for thing in ledger.assets.iter_rows(named=True):
        inside = [
            claim for (kind, name, _), claim in claims.items() if kind == "asset" and thing["id"] in name.split(" + ")
        ]
        if carried.intersection(thing["acquired_by"] or []):  # a loan of claim money: it is with the borrower
            continue
        if thing["holder"] in holders and not inside and thing["value"] is not None:
            what = thing["description"] or str(thing["kind"]).replace("_", " ")
            money = thing["value"], thing["encumbrance"] or 0, 0
            rows.append(_row("asset", thing["id"], money, description=what, holder=thing["holder"],
                             country=thing["country"], currency=thing["currency"]))  # fmt: skip
    for row in rows:
        row |= {"holder_name": called.get(row["holder"]), "why": WHY[holders[row["holder"]]]}
    frame = pl.DataFrame(rows, schema=UNTAINTED, orient="row").filter(pl.col("untainted") > 0)
    rank = pl.col("why").replace_strict({why: at for at, why in enumerate(WHY)}, return_dtype=pl.Int64)
    burdened = (pl.col("encumbrance") > 0) | (pl.col("claim") > 0)
    order = [rank, burdened, "untainted", "kind", "id", "currency"]
    return frame.sort(order, descending=[False, False, True, False, False, False])


def _row(kind: str, name: str, money: tuple[int, int, int], **more: str | None) -> dict[str, Any]:
    value, owed, claim = money
    left = max(0, value - owed - claim)
    return {"kind": kind, "id": name, **more, "value": value, "encumbrance": owed, "claim": claim, "untainted": left}


def _holders(trace: Trace, assets: pl.DataFrame) -> dict[str, int]:
    """Parties, each with the first reason of `WHY` that it has; not who gave value in good faith."""
    holders = dict(trace.graph.ledger["accounts"].select("id", "holder").iter_rows())
    moved = trace.transactions()
    first = moved.filter(pl.col("id").is_in(list(trace.claim)))["beneficiary"].cast(pl.String).to_list()
    on = [(a.kind, {*a.about, *(holders.get(name) for name in a.about)}) for a in trace.record.assertions if a.on]
    wrong = {name for kind, names_ in on if kind == "wrongdoer" for name in names_}
    away = {name for kind, names_ in on if kind == "good_faith" for name in names_}
    reasons = (wrong, {holders.get(name) for name in first}, set(assets["holder"].to_list()))
    found: dict[str, int] = {}
    for at, its in enumerate(reasons):
        for holder in its - away - {None}:
            found.setdefault(str(holder), at)
    return found
