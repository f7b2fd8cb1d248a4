"""What people call the vertices of a graph."""

from __future__ import annotations

import polars as pl

from followmoney.graph import FlowGraph


def labels(graph: FlowGraph) -> pl.Series:
    """What people call each vertex: the name of its holder where it is known, else its id."""
    vertices = graph.vertices
    if "label" in vertices.columns:
        return vertices["label"]
    if "holder" not in vertices.columns:
        return vertices["id"]
    names = graph.ledger.parties.select("id", "name")
    named = vertices.select("id", "holder").join(
        names, left_on="holder", right_on="id", how="left", maintain_order="left"
    )
    return named.select(pl.coalesce("name", "id")).to_series()
