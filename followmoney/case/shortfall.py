"""What value confiscation would have to cover, and the other things the same holders have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from followmoney.case.names import names
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.tracing import Trace

COLUMNS = {
    "currency": pl.String, "claimed": pl.Int64, "recoverable": pl.Int64, "shortfall": pl.Int64,
    "least": pl.Int64, "most": pl.Int64,
}  # fmt: skip
UNTAINTED = {
    "kind": pl.String, "id": pl.String, "description": pl.String, "holder": pl.String, "holder_name": pl.String,
    "country": pl.String, "currency": pl.String, "value": pl.Int64, "encumbrance": pl.Int64, "claim": pl.Int64,
    "untainted": pl.Int64, "got": pl.Int64, "owed_by": pl.String, "why": pl.String,
}  # fmt: skip
WHY = ("asserted wrongdoer", "received the claim first", "holds claim money now")
"""Why a party's other things are listed, the strongest reason first."""
_CONVERTED = (
    "Converted money stands in the currency it is in now, and reduces no shortfall in another: {amounts} of claim "
    "money came from conversion."
)


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


def converted(trace: Trace) -> tuple[str, ...]:
    """What must be said beside a shortfall where currencies were changed."""
    came = (
        trace.reconciliation().select(pl.col("currency").cast(pl.String), "converted").filter(pl.col("converted") > 0)
    )
    amounts = " and ".join(money(amount, currency) for currency, amount in came.sort("currency").iter_rows())
    return (_CONVERTED.format(amounts=amounts),) if amounts else ()


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
    got, lent = _got(trace), _lent(trace, holders)
    for row in rows:
        row |= {
            "holder_name": called.get(row["holder"]), "got": got.get((row["holder"], row["currency"])),
            "owed_by": lent.get(row["id"]) if row["kind"] == "asset" else None, "why": WHY[holders[row["holder"]]],
        }  # fmt: skip
    frame = pl.DataFrame(rows, schema=UNTAINTED, orient="row").filter(pl.col("untainted") > 0)
    rank = pl.col("why").replace_strict({why: at for at, why in enumerate(WHY)}, return_dtype=pl.Int64)
    reached = pl.when(pl.col("why") == WHY[-1]).then(pl.min_horizontal("untainted", "got"))
    burdened = (pl.col("encumbrance") > 0) | (pl.col("claim") > 0)
    order = [rank, reached, burdened, "untainted", "kind", "id", "currency"]
    return frame.sort(order, descending=[False, True, False, True, False, False, False])


def _got(trace: Trace) -> dict[tuple[str, str], int]:
    """By party and currency, the claim money that others paid it."""
    whose = dict(trace.graph.ledger["accounts"].select("id", "holder").iter_rows())
    got: dict[tuple[str, str], int] = {}
    moved = trace.transactions().select(
        pl.col("originator", "beneficiary", "currency").cast(pl.String), "claim"
    )  # fmt: skip
    for payer, payee, currency, claim in moved.iter_rows():
        holder = whose.get(payee)
        if holder is not None and holder != whose.get(payer):
            got[holder, currency] = got.get((holder, currency), 0) + claim
    return got


def _lent(trace: Trace, listed: Mapping[str, int]) -> dict[str, str]:
    """By loan, the borrower, where the borrower's own things are listed: the same value seen twice."""
    ledger = trace.graph.ledger
    whose = dict(ledger["accounts"].select("id", "holder").iter_rows())
    loans = ledger.assets.filter(pl.col("kind").cast(pl.String) == "receivable").select("id", "acquired_by")
    paid = {row for its in loans["acquired_by"].to_list() for row in its or ()}
    to = dict(ledger.transactions.filter(pl.col("id").is_in(list(paid))).select("id", "beneficiary").iter_rows())
    found: dict[str, str] = {}
    for loan, payments in loans.iter_rows():
        borrowers = sorted({whose.get(to.get(payment)) or "" for payment in payments or ()} & set(listed))
        if borrowers:
            found[loan] = ", ".join(borrowers)
    return found


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
