"""Which network comes first, and which findings lie inside which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.communities._frames import INSIDE
from followmoney.errors import SettingsError
from followmoney.schema.codes import exponents

if TYPE_CHECKING:
    from followmoney.communities.networks import Networks
    from followmoney.finding import Findings
    from followmoney.graph import FlowGraph

_NAMED = 5  # patterns in a sentence


def ranked(networks: Networks) -> Networks:
    """The same networks level by level: most findings first, then the most money that left, the largest, the first id.

    What left is compared in whole units of the currency of most transactions of each network, unconverted.
    """
    decimals = {c: 10**d for c, d in exponents().items()}
    left = networks.members.group_by("network").agg(
        pl.col("outgoing").sum(), pl.col("currency").first(), pl.col("vertex").min()
    )
    unit = pl.col("currency").replace_strict(decimals, default=100, return_dtype=pl.Int64)
    order = (
        networks.frame.select("id", "level", "findings", "size")
        .join(
            left.select("network", "vertex", left=pl.col("outgoing") // unit),
            left_on="id",
            right_on="network",
            how="left",
            maintain_order="left",
        )
        .with_row_index("at")
    )
    by = ["level", "findings", "left", "size", "vertex"]
    order = order.sort(by, descending=[False, True, True, True, False])
    frame = networks.frame[order["at"]]
    place = frame.select(network="id").with_row_index("place")

    def in_order(rows: pl.DataFrame) -> pl.DataFrame:
        placed = rows.join(place, on="network", how="left", maintain_order="left")
        return placed.sort("place", maintain_order=True).drop("place")

    return replace(networks, frame=frame, members=in_order(networks.members), inside=in_order(networks.inside))


def with_findings(networks: Networks, findings: Findings) -> Networks:
    """The networks with the findings inside each, ranked by them.

    A finding is inside a network if at least half of the accounts in its evidence, cash and unknown ends aside, are
    members of it, and so is the account it is about, where that one is in its evidence.
    """
    if networks.graph is None:
        raise SettingsError("These networks were read from files; give `cluster` the findings, or set their graph.")
    ends = _ends(networks.graph, findings)
    many = ends.group_by("finding").agg(pl.len().alias("all"))
    shared = (
        ends.join(networks.members.select("network", "vertex"), on="vertex")
        .group_by("network", "finding")
        .agg(pl.len().alias("shared"))
    )
    half = shared.join(many, on="finding").filter(2 * pl.col("shared") >= pl.col("all"))
    about = _subjects(networks.graph, findings)
    theirs = about.join(networks.members.select("network", "vertex"), on="vertex").select("finding", "network")
    strange = half.join(about, on="finding", how="semi").join(theirs, on=["finding", "network"], how="anti")
    half = half.join(strange, on=["finding", "network"], how="anti")
    known = findings.frame.select(finding="id", pattern="pattern").with_row_index("place")
    inside = half.join(known, on="finding").sort("place").select(*INSIDE)
    now, before = _counted(inside), _counted(networks.inside)
    frame = networks.frame
    told = frame.select("id", "explanation").iter_rows()
    said = [text.removesuffix(_said(*before.get(i, (0, [])))) + _said(*now.get(i, (0, []))) for i, text in told]
    counts = [now.get(i, (0, []))[0] for i in frame["id"]]
    frame = frame.with_columns(
        pl.Series("explanation", said, dtype=pl.String), pl.Series("findings", counts, dtype=pl.Int64)
    )
    return ranked(replace(networks, frame=frame, inside=inside))


def _counted(inside: pl.DataFrame) -> dict[str, tuple[int, list[str]]]:
    """How many findings are inside each network, and of which patterns."""
    of = inside.group_by("network").agg(pl.len().alias("findings"), pl.col("pattern").unique().sort())
    return {network: (findings, patterns) for network, findings, patterns in of.iter_rows()}


def _ends(graph: FlowGraph, findings: Findings) -> pl.DataFrame:
    """Every finding with each vertex of its evidence once: columns finding, vertex; without cash and unknown ends."""
    evidence = findings.evidence.select("finding", pl.col("transaction").cast(pl.String)).unique()
    rows = graph.located(evidence["transaction"].unique())
    at = evidence.join(rows, left_on="transaction", right_on="id")
    number = at["at"].to_numpy()
    both = np.concatenate([graph.originator[number], graph.beneficiary[number]])
    known = ~graph.outside[both]
    named = pl.concat([at["finding"], at["finding"]]).filter(pl.Series(known))
    return pl.DataFrame({"finding": named, "vertex": graph.vertices["id"].gather(both[known])}).unique()


def _subjects(graph: FlowGraph, findings: Findings) -> pl.DataFrame:
    """The vertices whom findings are about, as far as their evidence shows them: columns finding, vertex."""
    subject = findings.frame.select(finding="id", subject="subject")
    evidence = findings.evidence.select("finding", "transaction", "originator", "beneficiary").with_columns(
        pl.col(c).cast(pl.String) for c in ("transaction", "originator", "beneficiary")
    )
    at = evidence.join(subject, on="finding").join(
        graph.located(evidence["transaction"].unique()), left_on="transaction", right_on="id"
    )
    ids = graph.vertices["id"].cast(pl.String)
    sides = [("originator", graph.originator), ("beneficiary", graph.beneficiary)]
    parts = [  # after a fold the account is another vertex: it is found by its place in the transaction
        rows.select("finding", ids.gather(ends[rows["at"].to_numpy()]).alias("vertex"))
        for name, ends in sides
        for rows in [at.filter(pl.col(name) == pl.col("subject"))]
    ]
    return pl.concat(parts).unique()


def _said(findings: int, patterns: list[str]) -> str:
    if not findings:
        return ""
    kinds = [p.replace("_", " ") for p in patterns[:_NAMED]]
    others = len(patterns) - _NAMED
    more = f" and {others} more pattern{'' if others == 1 else 's'}" if others > 0 else ""
    return f" {findings:,} finding{'' if findings == 1 else 's'} inside: {', '.join(kinds)}{more}."
