"""From Parquet files to checked, numbered transactions, and back from a saved ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..job import Goal, Job
from ..world import World

_FEW = 200_000  # transactions a networkx graph may have here


def jobs() -> Iterator[Job]:
    """Loading the transactions, loading everything beside them too, reopening, and peers."""
    yield Job(
        "load", _sources, _load, peers=("polars read", "pandas read", "networkx read"),
        goals=(Goal(2, "polars read"), Goal(1, "pandas read"), Goal(300, "bytes")),
    )  # fmt: skip
    yield Job("polars read", _files, _polars, package="polars")
    yield Job("pandas read", _files, _pandas, package="pandas")
    yield Job("networkx read", _files, _networkx, package="networkx", rows=_FEW)
    yield Job("load with registers", _folder, _load)
    yield Job("reopen", _saved, _reopen, peers=("polars read",), goals=(Goal(0.15, "load"),))


def _sources(world: World) -> Any:
    return world.sources


def _folder(world: World) -> Any:
    return world.folder / "sources"


def _files(world: World) -> Any:
    return world.files, world.rows


def _saved(world: World) -> Any:
    world.ledger.numbered.head()
    return world.saved()


def _load(sources: Any) -> Any:
    """Read, check every rule, number the accounts, sort, fingerprint the files."""
    import followmoney as fm

    return fm.load(sources)


def _reopen(folder: Any) -> Any:
    """Map the saved ledger and look at every amount and both ends once."""
    import followmoney as fm

    ledger = fm.load(folder)
    ledger.numbered.select("amount", "originator", "beneficiary", "booked_at").max()
    return ledger


def _polars(given: Any) -> Any:
    """The floor: the same columns read, accounts as one shared Categorical; nothing checked, numbered or sorted."""
    import polars as pl

    files, rows = given
    lazy = pl.scan_parquet(files) if rows is None else pl.scan_parquet(files).head(rows)
    accounts = pl.Categorical(pl.Categories.random())
    return lazy.with_columns(pl.col("originator", "beneficiary").cast(accounts)).collect()


def _pandas(given: Any) -> Any:
    """The same columns in pandas, accounts factorized together."""
    import pandas as pd

    files, rows = given
    frame = pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
    frame = frame if rows is None else frame.head(rows)
    codes, accounts = pd.factorize(pd.concat([frame["originator"], frame["beneficiary"]], ignore_index=True))
    frame["originator"], frame["beneficiary"] = codes[: len(frame)], codes[len(frame) :]
    return frame, accounts


def _networkx(given: Any) -> Any:
    """A multigraph straight from the file."""
    import networkx as nx
    import pandas as pd

    files, rows = given
    frame = pd.read_parquet(files[0], columns=["originator", "beneficiary", "amount", "booked_at"]).head(rows)
    frame = frame.dropna(subset=["originator", "beneficiary"])
    made = nx.MultiDiGraph
    return nx.from_pandas_edgelist(frame, "originator", "beneficiary", ["amount", "booked_at"], create_using=made)
