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
    carried = set(trace.transactions().filter(pl.col("claim") > 0)["id"].to_list())
    paid = {row["id"]: row for row in trace.graph.to_polars().iter_rows(named=True)}
    holders = dict(ledger.accounts.select("id", "holder").iter_rows())
    called, related = names(ledger), _relations(ledger)
    rows: list[dict[str, Any]] = []
    for thing in ledger.assets.iter_rows(named=True):
        its = [name for name in dict.fromkeys(thing["acquired_by"] or []) if name in paid]
        if carried.intersection(its):
            rows.append(_row("asset", thing["id"], thing["holder"], thing["value"], thing["currency"],
                             thing["valued_at"], [paid[name] for name in its], holders))  # fmt: skip
    trades = ledger["trades"].filter(pl.col("transaction").is_in(sorted(carried)))
    for (name,), lines in sorted(trades.group_by("transaction"), key=lambda part: str(part[0])):
        units = lines["currency"].unique().to_list()
        value = lines["value"].sum() if len(units) == 1 and not lines["value"].has_nulls() else None
        buyers = lines["buyer"].unique().to_list()
        rows.append(_row("trade", str(name), buyers[0] if len(buyers) == 1 else None, value,
                         units[0] if len(units) == 1 else None, lines["issued_at"].max(), [paid[str(name)]],
                         holders))  # fmt: skip
    for row in rows:
        row["holder_name"] = called.get(row["holder"] or "")
        known = {related.get(frozenset((row["holder"] or "", payer)), "") for payer in row["payers"]}
        row["relation"] = sorted(known - {""})
    return pl.DataFrame(rows, schema=COLUMNS, orient="row").sort("kind", "id")


def below(trace: Trace) -> set[tuple[str, str]]:
    """Assets, with the currency, for which less was paid than they are worth."""
    found = third_parties(trace).filter(pl.col("kind") == "asset", pl.col("paid") < pl.col("value"))
    return set(found.select("id", "currency").iter_rows())


def _row(
    kind: str, name: str, holder: str | None, value: int | None, currency: str | None, at: Any,  # noqa: ANN401
    payments: list[dict[str, Any]], holders: dict[str, str | None],
) -> dict[str, Any]:  # fmt: skip
    """What was paid, by the payments that are in the value's currency; null where one is in another."""
    units = {str(one["currency"]) for one in payments}
    same = units == {currency}
    paid = sum(one["amount"] for one in payments) if len(units) == 1 else None
    payers = sorted({holders.get(str(one["originator"])) or "" for one in payments} - {""})
    return {
        "kind": kind, "id": name, "holder": holder, "payers": payers,
        "others_paid": None if holder is None or not payers else payers != [holder],
        "currency": next(iter(units)) if len(units) == 1 else None, "paid": paid, "value": value if same else None,
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
