"""Two cases whose sources overlap are loaded together: what both have counts once, and is counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

import followmoney as fm


def test_two_overlapping_cases_loaded_together_are_the_whole_one(sample: Path, harbour: fm.Ledger, tmp_path: Path):
    rows = pl.read_parquet(sample / "transactions.parquet")
    for name, part in (("a", rows.head(900)), ("b", rows.tail(900))):
        shutil.copytree(sample, tmp_path / name)
        part.write_parquet(tmp_path / name / "transactions.parquet")
    both, again = (fm.load([tmp_path / n for n in order]) for order in ("ab", "ba"))
    assert both.fingerprint == again.fingerprint
    counted = both.summary().row(0, named=True)
    assert counted == {"table": "transactions", "rows": 1_800, "taken": len(rows), "refused": 1_800 - len(rows)}
    claim = rows.filter(pl.col("channel") == "cash")["id"].head(9).to_list()
    traces = [fm.trace(fm.FlowGraph(one), claim=claim, rule="lowest_balance") for one in (both, harbour)]
    held, alone = (trace.holders().select("account", "currency", "claim") for trace in traces)
    assert held.equals(alone)
