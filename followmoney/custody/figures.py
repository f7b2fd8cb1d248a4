"""Do the tables of a run add up? Rows in = taken + refused; claim in = held + left + discharged + lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from followmoney.custody.check import Check, check
from followmoney.ledger import Ledger


def rows(ledger: Ledger, kept: Mapping[str, pl.DataFrame], facts: Mapping[str, Any]) -> list[Check]:
    """Whether no row was lost, and the kept tables are those of the ledger.

    `kept` has refused, sources, summary and totals as the run wrote them, `facts` the counts it told.
    """
    counted = pl.concat([f.select("rows", "taken", "refused") for f in (ledger.sources, ledger.summary())])
    lost = counted.filter(pl.col("rows") != pl.col("taken") + pl.col("refused"))
    now = {
        "refused": ledger.refused, "sources": ledger.sources, "summary": ledger.summary(), "totals": ledger.totals(),
    }  # fmt: skip
    other = [f"{name}.parquet is not that of the ledger" for name, frame in now.items() if not frame.equals(kept[name])]
    sums = {name: int(now["summary"][name].sum()) for name in ("rows", "taken", "refused")}
    told = {**sums, "fingerprint": ledger.fingerprint}
    other += [
        f"{name}: {facts.get(name)} told, {value} in the ledger"
        for name, value in told.items()
        if facts.get(name) != value
    ]
    return [
        check("rows", "Rows in = taken + refused, by file and by table.", len(counted), map(str, lost.to_dicts())),
        check("totals", "Counts and totals are those of the ledger.", len(now) + len(told), other),
    ]  # fmt: skip


def claim(kept: Mapping[str, pl.DataFrame]) -> Check:
    """Whether the claim adds up in every currency, and to what holders and exits of the trace say.

    `kept` has reconciliation, holders and exits as the run wrote them.
    """
    lines = list(_lines(kept))
    what = "Claim in = held + left + discharged + lost, and so say holders and exits."
    wrong = (f"{name}: {one:,} is not {other:,} (minor units)" for name, one, other in lines if one != other)
    return check("claim", what, len(lines), wrong)


def _lines(kept: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, int, int]]:
    """What must be equal: its name and both figures."""
    holders, exits = kept["holders"], kept["exits"]
    for row in kept["reconciliation"].iter_rows(named=True):
        whose, currency = row.get("claimant"), row["currency"]
        of = f"{currency} of {whose}" if whose else currency
        brought = row["claimed"] + row["converted"] + row["accrued"] + row["beyond"]
        yield f"{of} claimed", brought, row["held"] + row["left"] + row["discharged"] + row["lost"]
        yield f"{of} difference", row["difference"], 0
        column = f"claim_{whose}" if whose else "claim"
        for name, frame in (("held", holders), ("left", exits)):
            if column in frame.columns:
                mine = frame.filter(pl.col("currency") == currency)
                mine = mine.filter(pl.col("kind") != "debt") if name == "left" else mine
                yield f"{of} {name}", int(mine[column].sum()), row[name]
