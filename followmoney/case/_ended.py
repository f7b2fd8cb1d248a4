"""Where a claim ends: at holders of whom it is asserted that they gave value in good faith."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case._assets import ENDS
from followmoney.case.names import names, things
from followmoney.tracing.statuses import of_assets, said

if TYPE_CHECKING:
    from followmoney.tracing import Assertion, Trace

_COLUMNS = {
    "kind": pl.String, "id": pl.String, "description": pl.String, "holder_name": pl.String, "currency": pl.String,
    "claim": pl.Int64, "who": pl.String, "when": pl.Date, "why": pl.String,
}  # fmt: skip


def ended(trace: Trace | None) -> pl.DataFrame:
    """See `Case.ended`."""
    rows = list[dict[str, Any]]()
    if trace is not None and any(a.on and a.kind == ENDS for a in trace.record.assertions):
        graph, ledger = trace.graph, trace.graph.ledger
        by_account, by_asset = (of(graph, trace.record.assertions) for of in (said, of_assets))
        known, called = things(ledger), names(ledger)
        holders = dict(ledger.accounts.select("id", "holder").iter_rows())
        for left in trace.exits().iter_rows(named=True):
            kind, where = str(left["kind"]), str(left["to"])
            if kind == ENDS:
                rows.append(_row(left, "account", "account", called.get(holders.get(where) or ""), by_account[where]))
            elif kind == "asset" and where in by_asset and by_asset[where].kind == ENDS:
                thing = known[where]
                rows.append(_row(left, kind, thing.description, called.get(thing.holder or ""), by_asset[where]))
    frame = pl.DataFrame(rows, schema=_COLUMNS, orient="row")
    return frame.sort("claim", "kind", "id", "currency", descending=[True, False, False, False])


def _row(left: dict[str, Any], kind: str, what: str, holder: str | None, its: Assertion) -> dict[str, Any]:
    return {
        "kind": kind, "id": left["to"], "description": what, "holder_name": holder, "currency": left["currency"],
        "claim": left["claim"], "who": its.who, "when": its.when, "why": its.why,
    }  # fmt: skip
