"""The one file that speaks networkx and pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.graph.flow import FlowGraph

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]


def to_networkx(graph: FlowGraph) -> nx.MultiDiGraph[str]:
    """A networkx multigraph: one edge a transaction, its key the transaction's identifier.

    Nodes are identifiers of vertices with what is known of them; edges carry every filled column of the transaction
    (amounts in minor units, times as datetimes). For small graphs: about 8 µs and 536 bytes a transaction.
    """
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    vertices = _plain(graph.vertices)
    made.add_nodes_from((row["id"], _known(row)) for row in vertices.iter_rows(named=True))
    transactions = _plain(graph.to_polars())
    for row in transactions.iter_rows(named=True):
        ends = row.pop("originator"), row.pop("beneficiary")
        made.add_edge(*ends, key=row["id"], **_known(row))
    return made


def to_pandas(graph: FlowGraph) -> pd.DataFrame:
    """The transactions as a pandas frame, in order: text as text, amounts as whole minor units, times in UTC."""
    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]

    frame = _plain(graph.to_polars())
    return pd.DataFrame({name: frame[name].to_pandas() for name in frame.columns})


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Codes as text, so that no list of categories travels along."""
    coded = [n for n, d in frame.schema.items() if isinstance(d, pl.Enum | pl.Categorical)]
    return frame.with_columns(pl.col(coded).cast(pl.String))


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Only the columns that say something: an absent value is not a value."""
    return {name: value for name, value in row.items() if name != "id" and value is not None}
