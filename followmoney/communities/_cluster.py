"""Graph and method → networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from followmoney.communities._catalogue import chosen
from followmoney.communities._describe import described
from followmoney.communities._method import Method
from followmoney.communities._ties import ties
from followmoney.communities.network import Networks
from followmoney.graph import FlowGraph


def cluster(graph: FlowGraph, method: str | Method, seed: int, options: Mapping[str, Any]) -> Networks:
    """See `followmoney.communities.cluster`."""
    with_options = chosen(method, seed, options)
    return described(graph, with_options.groups(ties(graph)), with_options)
