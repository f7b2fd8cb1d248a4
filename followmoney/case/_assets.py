"""Accounts and assets that hold claim money, each with what is known of it and its claim under every rule."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case._rivals import Rivals
from followmoney.case.names import bought, names, things
from followmoney.schema.codes import money
from followmoney.tracing.foskett import foskett

if TYPE_CHECKING:
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace

COLUMNS = {
    "kind": pl.String, "id": pl.String, "description": pl.String, "holder": pl.String, "holder_name": pl.String,
    "country": pl.String, "currency": pl.String, "value": pl.Int64, "valued_at": pl.Date,
    "encumbrance": pl.Int64,
    "paid_by": pl.List(pl.String), "claim": pl.Int64, "last_moved": pl.Datetime("us", "UTC"),
    "status": pl.String,
}  # fmt: skip


ENDS = "good_faith"
"""The status at which a claim ends: nothing can be frozen there, see `_ended.py`."""


def assets(trace: Trace | None, by_rule: Rivals) -> pl.DataFrame:
    """See `Case.assets`."""
    if trace is None:
        return pl.DataFrame(schema=COLUMNS)
    ledger, carried = trace.graph.ledger, trace.transactions()
    rows = [*_accounts(trace, ledger, carried), *_things(trace, ledger, carried)]
    rows = [row for row in rows if row["status"] != ENDS]
    schema = COLUMNS | {f"{rule}": pl.Int64() for rule in by_rule}
    for row in rows:
        row |= {rule: claims.get((row["kind"], row["id"], row["currency"]), 0) for rule, claims in by_rule.items()}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.sort("claim", "kind", "id", "currency", descending=[True, False, False, False])


def _accounts(trace: Trace, ledger: Ledger, carried: pl.DataFrame) -> list[dict[str, Any]]:
    paid = _paid(carried.filter(~pl.col("id").is_in(list(bought(ledger)))), "beneficiary")
    scheme = {
        i: (s, b)
        for i, s, b in ledger["accounts"].select("id", pl.col("scheme").cast(pl.String), "institution").iter_rows()
    }
    at = day(trace, ledger)
    status = dict(trace.choices().select("account", "status").iter_rows())
    rows = list[dict[str, Any]]()
    for held in trace.holders().iter_rows(named=True):
        if not held["claim"]:
            continue
        kind, bank = scheme.get(held["account"], (None, None))
        what = f"{kind} account" if kind and kind != "wallet" else kind or "account"
        rows.append({
            "kind": "account", "id": held["account"], "description": f"{what} at {bank}" if bank else what,
            "holder": held["holder"], "holder_name": held["name"], "country": held["country"],
            "currency": str(held["currency"]), "value": held["balance"], "valued_at": at, "encumbrance": None,
            "paid_by": paid.get(held["account"], []), "claim": held["claim"], "last_moved": held["last_moved"],
            "status": status.get(held["account"]),
        })  # fmt: skip
    return rows


def _things(trace: Trace, ledger: Ledger, carried: pl.DataFrame) -> list[dict[str, Any]]:
    known, called = things(ledger), names(ledger)
    asset = pl.col("id").replace_strict(bought(ledger), default=None, return_dtype=pl.String).alias("asset")
    into = carried.with_columns(asset).filter(pl.col("asset").is_not_null())
    paid = _paid(into, "asset")
    status = dict(foskett(trace).select("asset", "status").iter_rows())
    last = dict(into.group_by("asset").agg(pl.col("booked_at").max()).iter_rows())
    rows = list[dict[str, Any]]()
    for left in trace.exits().filter(pl.col("kind").cast(pl.String) == "asset").iter_rows(named=True):
        thing, currency = known[left["to"]], str(left["currency"])
        same = thing.value is not None and thing.currency == currency
        other = (
            f" (valued {money(thing.value, thing.currency)})"
            if thing.value is not None and thing.currency and not same
            else ""
        )
        rows.append({
            "kind": "asset", "id": thing.id, "description": thing.description + other, "holder": thing.holder,
            "holder_name": called.get(thing.holder or ""), "country": thing.country, "currency": currency,
            "value": thing.value if same else None, "valued_at": thing.valued_at,
            "encumbrance": (thing.encumbrance or None) if same else None, "paid_by": paid.get(thing.id, []),
            "claim": left["claim"], "last_moved": last.get(thing.id), "status": status.get(thing.id),
        })  # fmt: skip
    return rows


def _paid(carried: pl.DataFrame, by: str) -> dict[str, list[str]]:
    grouped = carried.filter(pl.col("claim") > 0).group_by(pl.col(by).cast(pl.String), maintain_order=True).agg("id")
    return dict(grouped.iter_rows())


def day(trace: Trace, ledger: Ledger) -> date | None:
    """The day the balances are of: the end of the trace, or of the ledger."""
    if trace.until is not None:
        return trace.until.date()
    last = ledger.numbered["booked_at"].last() if len(ledger.numbered) else None
    return last.date() if isinstance(last, datetime) else None
