"""The labelled ledgers: worlds of our own generator, and public ones where their folders are given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .labelled import Labelled

if TYPE_CHECKING:
    from followmoney import FlowGraph

AMLSIM = ("20K_fanin200", "20K_cycle200", "20K_fanin200cycle200")
_SMALL = 50  # US dollars: every laundering amount of these samples is below 21, every other one above 98


def world(folder: Path, transactions: int, schemes: int, seed: int, days: int = 90) -> Labelled:
    """A generated world with so many schemes and look-alikes, of every kind in turn."""
    import followmoney as fm
    from benchmarks.generator.scale import scale

    where = folder / f"quality-{transactions}-{schemes}-{seed}-{days}"
    if not where.exists():
        making = folder / f".{where.name}"
        scale(making, transactions, seed=seed, schemes=schemes, days=days)
        making.rename(where)
    graph = fm.FlowGraph(fm.load([*sorted(where.glob("*.parquet")), *sorted(where.glob("transactions/*.parquet"))]))
    listed = pl.read_parquet(where / "truth" / "truth_schemes.parquet").with_row_index("number")
    members = pl.read_parquet(where / "truth" / "truth_members.parquet").join(listed, on="scheme")
    ids = graph.ledger.numbered["id"].gather(graph.columns.number)
    joined = pl.DataFrame({"transaction": ids}).join(
        members.select("transaction", "number"), on="transaction", how="left", maintain_order="left"
    )
    scheme = joined["number"].cast(pl.Int64).fill_null(-1).to_numpy()
    said = (
        f"followmoney's own generator, seed {seed}, {transactions:,} transactions in {days} days, {schemes} schemes "
        "and look-alikes; not used to set any threshold"
    )
    return Labelled(f"generated (seed {seed})", said, graph, scheme, tuple(listed["pattern"]), {})


def public(folder: Path) -> Iterator[Labelled]:
    """The public ledgers in a folder, those that are there."""
    if (folder / "amlgentex_fm1").is_dir():
        yield amlgentex(folder / "amlgentex_fm1")
    for name in AMLSIM:
        if (folder / "amlsim_20k" / name).is_dir():
            yield amlsim(folder / "amlsim_20k" / name)


def amlgentex(folder: Path) -> Labelled:
    """A sample made with AMLGentex: schemes of seven kinds, listed in `alert_models.csv`."""
    import followmoney as fm

    graph = fm.FlowGraph(fm.load(folder))
    log = pl.read_parquet(folder / "tx_log.parquet", columns=["isSAR", "patternID"])
    models = pl.read_csv(folder / "alert_models.csv").unique("modelID").sort("modelID")
    first = int(log.filter(pl.col("isSAR") == 1)["patternID"].min() or 0)
    own = np.where(log["isSAR"].to_numpy() == 1, log["patternID"].to_numpy().astype(np.int64) - first, -1)
    said = (
        "AMLGentex sample (AI Sweden, Handelsbanken, Swedbank; generator Apache-2.0; synthetic), 120 days, 84 schemes; "
        "times are days, amounts Swedish kronor around 600 whether laundering or not"
    )
    return Labelled("amlgentex_fm1", said, graph, own[_line(graph)], tuple(models["type"]), {})


def amlsim(folder: Path) -> Labelled:
    """A sample made with AMLSim. It flags accounts only: the schemes are put together from their amounts.

    Laundering transactions are those between flagged accounts for less than 50 dollars. Those into one account are a
    fan-in; those of one amount that hang together are a cycle (every hop of a cycle moves the same amount).
    """
    import followmoney as fm

    graph = fm.FlowGraph(fm.load(folder))
    nodes = pl.read_csv(folder / "nodes.csv")
    flags = nodes.filter(pl.col("isFraud") == 1)["nodeid"].to_list()
    table = pl.read_csv(folder / "transactions.csv").with_row_index("line")
    both = pl.col("sourceNodeId").is_in(flags) & pl.col("targetNodeId").is_in(flags)
    small = table.filter(both & (pl.col("value") < _SMALL))
    into = small.filter(pl.col("value") < _SMALL / 8)
    round_ = small.filter(pl.col("value") >= _SMALL / 8)
    own, kinds = np.full(len(table), -1, np.int64), list[str]()
    for _, part in into.group_by("targetNodeId", maintain_order=True):
        own[part["line"].to_numpy()] = len(kinds)
        kinds.append("fan_in")
    for _, part in round_.group_by("value", maintain_order=True):
        for lines in _apart(part):
            own[lines] = len(kinds)
            kinds.append("cycle")
    seen = set(small["sourceNodeId"]) | set(small["targetNodeId"])
    whole = [f"{_closed(round_)} of {kinds.count('cycle')} cycles close"] if len(round_) else []
    whole += [f"{_wide(into)} of {kinds.count('fan_in')} fan-ins have three payers or more"] if len(into) else []
    most = 2 * len(seen) / (len(seen) + len(flags))
    said = (
        f"AMLSim sample {folder.name} (IBM; Apache-2.0; synthetic); flags accounts only: schemes put together from "
        f"small amounts between them; {len(flags) - len(seen)} of the {len(flags)} flagged accounts have no laundering "
        f"transaction in the log, so that nothing that looks at them can reach an F1 above {most:.2f} against the "
        f"flags; the log ends before most schemes are complete: {' and '.join(whole)}"
    )
    return Labelled(f"amlsim {folder.name}", said, graph, own[_line(graph)], tuple(kinds), {})


def _line(graph: FlowGraph) -> np.ndarray:
    """The line of its file, from 0 on, of every transaction of the graph."""
    return graph.ledger.numbered["row"].to_numpy().astype(np.int64)[graph.columns.number] - 1


def _closed(rows: pl.DataFrame) -> int:
    """How many cycles of one amount come back to where they began."""
    from networkx import DiGraph, strongly_connected_components

    parts = (part for _, part in rows.group_by("value", maintain_order=True))
    rings = (
        strongly_connected_components(DiGraph(p.select("sourceNodeId", "targetNodeId").iter_rows())) for p in parts
    )
    return sum(len(ring) > 1 for found in rings for ring in found)


def _wide(rows: pl.DataFrame) -> int:
    """How many fan-ins have three payers at least."""
    return int((rows.group_by("targetNodeId").agg(pl.col("sourceNodeId").n_unique())["sourceNodeId"] >= 3).sum())


def _apart(part: pl.DataFrame) -> Iterator[list[int]]:
    """The lines of what hangs together."""
    from networkx import Graph, connected_components

    together = Graph(part.select("sourceNodeId", "targetNodeId").iter_rows())
    for accounts in connected_components(together):
        yield part.filter(pl.col("sourceNodeId").is_in(list(accounts)))["line"].to_list()
