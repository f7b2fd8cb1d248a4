"""What was paid for a thing beside what it is worth: a sign to look at where somebody else holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case.names import names

if TYPE_CHECKING:
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace

COLUMNS = {
    "kind": pl.String, "id": pl.String, "holder": pl.String, "holder_name": pl.String, "payers": pl.List(pl.String),
    "others_paid": pl.Boolean, "relation": pl.List(pl.String), "currency": pl.String, "paid": pl.Int64,
    "value": pl.Int64, "ratio": pl.Float64, "paid_on": pl.Date, "valued_at": pl.Date,
    "transactions": pl.List(pl.String),
}  # fmt: skip


def third_parties(trace: Trace) -> pl.DataFrame:
    """See `Case.third_parties`."""
    ledger = trace.graph.ledger
    carried = trace.transactions().filter(pl.col("claim") > 0)["id"].to_list()
    bought = ledger.assets.filter(pl.col("acquired_by").list.set_intersection(carried).list.len() > 0)
    trades = ledger["trades"].filter(pl.col("transaction").is_in(carried))
    wanted = [*carried, *(name for its in bought["acquired_by"] for name in its)]
    known = trace.graph.to_polars().filter(pl.col("id").is_in(wanted))
    if trace.until is not None:
        known = known.filter(pl.col("booked_at") <= trace.until)
    paid = {row["id"]: row for row in known.iter_rows(named=True)}
    holders = dict(ledger["accounts"].select("id", "holder").iter_rows())
    rows: list[dict[str, Any]] = []
    for thing in bought.iter_rows(named=True):
        its = [paid[name] for name in dict.fromkeys(thing["acquired_by"]) if name in paid]
        worth = thing["value"], thing["currency"], thing["valued_at"]
        rows.append({"kind": "asset", "id": thing["id"], "holder": thing["holder"]} | _paid(its, worth, holders))
    for (name,), lines in sorted(trades.group_by("transaction"), key=lambda part: str(part[0])):
        units, buyers = lines["currency"].unique().to_list(), lines["buyer"].unique().to_list()
        known_value = len(units) == 1 and not lines["value"].has_nulls()
        worth = sum(lines["value"].to_list()) if known_value else None, units[0], lines["issued_at"].max()
        buyer = buyers[0] if len(buyers) == 1 else None
        its = [paid[str(name)]]
        rows.append({"kind": "trade", "id": str(name), "holder": buyer} | _paid(its, worth, holders))
    called, related = names(ledger), _relations(ledger)
    for row in rows:
        row["holder_name"] = called.get(row["holder"] or "")
        ties = {related.get(frozenset((row["holder"] or "", payer)), "") for payer in row["payers"]}
        row["relation"] = sorted(ties - {""})
        row["others_paid"] = None if row["holder"] is None or not row["payers"] else row["payers"] != [row["holder"]]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row").sort("kind", "id")


def below(trace: Trace) -> set[tuple[str, str]]:
    """Assets, with the currency, for which less was paid than they are worth."""
    found = third_parties(trace).filter(pl.col("kind") == "asset", pl.col("paid") < pl.col("value"))
    return set(found.select("id", "currency").iter_rows())


def _paid(
    payments: list[dict[str, Any]], worth: tuple[int | None, str | None, Any], holders: dict[str, str | None]
) -> dict[str, Any]:
    """What was paid and by whom; a value in another currency is left out, and so is a sum of several currencies."""
    value, currency, at = worth
    units = sorted({str(one["currency"]) for one in payments})
    same = units == [currency]
    paid = sum(one["amount"] for one in payments) if len(units) == 1 else None
    return {
        "payers": sorted({holders.get(str(one["originator"])) or "" for one in payments} - {""}),
        "currency": units[0] if len(units) == 1 else None, "paid": paid, "value": value if same else None,
        "ratio": round(paid / value, 4) if same and paid is not None and value else None,
        "paid_on": max(one["booked_at"] for one in payments).date(), "valued_at": at,
        "transactions": [one["id"] for one in payments],
    }  # fmt: skip


def _relations(ledger: Ledger) -> dict[frozenset[str], str]:
    """By two parties: how the records relate them."""
    found: dict[frozenset[str], str] = {}
    for owner, owned in ledger["interests"].select("owner", "owned").sort("owner", "owned").iter_rows():
        found[frozenset((owner, owned))] = f"{owner} has an interest in {owned}"
    for party, of, kind in ledger["roles"].select("party", "of", pl.col("kind").cast(pl.String)).iter_rows():
        found.setdefault(frozenset((party, of)), f"{party} is {kind} of {of}")
    return found
