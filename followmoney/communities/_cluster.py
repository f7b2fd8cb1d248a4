"""Graph and method → networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from followmoney.communities._catalogue import chosen
from followmoney.communities._describe import described
from followmoney.communities._method import Method
from followmoney.communities._ties import ties
from followmoney.communities.networks import Networks
from followmoney.errors import A_FLOW_GRAPH, SOME_FINDINGS, expect
from followmoney.finding import Findings
from followmoney.graph import FlowGraph


def cluster(
    graph: FlowGraph, method: str | Method, seed: int, findings: Findings | None, options: Mapping[str, Any]
) -> Networks:
    """See `followmoney.communities.cluster`."""
    expect("cluster", graph, FlowGraph, A_FLOW_GRAPH)
    if findings is not None:
        expect("cluster(findings=...)", findings, Findings, SOME_FINDINGS)
    with_options = chosen(method, seed, options)
    found = described(graph, with_options.levels(ties(graph)), with_options)
    return found if findings is None else found.with_findings(findings)
