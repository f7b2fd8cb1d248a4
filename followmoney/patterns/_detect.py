"""Run patterns through an engine and put their hits into one table of findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from followmoney.engines import Engine, Local, Slice
from followmoney.errors import A_FLOW_GRAPH, expect
from followmoney.finding import Findings
from followmoney.graph import FlowGraph
from followmoney.patterns._assemble import assemble
from followmoney.patterns._catalogue import chosen
from followmoney.patterns._flows import Flows
from followmoney.patterns._folded import folded
from followmoney.patterns._hits import Hits, gather
from followmoney.patterns._pattern import Pattern


def detect(
    graph: FlowGraph, patterns: str | Pattern | Iterable[str | Pattern] | None, engine: Engine | None
) -> Findings:
    """Every pattern over the whole graph; see `followmoney.detect`."""
    expect("detect", graph, FlowGraph, A_FLOW_GRAPH)
    if not hasattr(engine or Local(), "run"):
        expect("detect", engine, Local, "an engine, like followmoney.engines.Local(slices=4), or None")
    flows = Flows.of(graph)
    asked = chosen(patterns)
    each = (_found(pattern, flows, engine or Local(), graph) for pattern in asked)
    return Findings.together([Findings.empty(folded(graph, asked)), *each])


def _found(pattern: Pattern, flows: Flows, engine: Engine, graph: FlowGraph) -> Findings:
    known = flows.knowing([*pattern.needs, *pattern.uses])
    found = assemble(pattern, look(pattern, known, engine), known, graph)
    lacked = (pattern.name,) if pattern.lacking(known) else ()
    return replace(found, looked_for=(pattern.name,), not_examined=lacked)


def look(pattern: Pattern, flows: Flows, engine: Engine) -> Hits:
    """All hits of one pattern, whatever the slices."""
    if flows.graph is not None and not flows.known:
        flows = flows.knowing([*pattern.needs, *pattern.uses])
    flows.multiply()
    if pattern.lacking(flows):
        return Hits()

    def cut(part: Slice) -> tuple[Slice, Flows]:
        return part, flows.cut(part)

    hits = gather(engine.run(partial(look_in, pattern), cut, pattern.scope, flows.time))
    if pattern.joined:
        hits = hits.joined()
    return hits.disjoint() if pattern.disjoint else hits


def look_in(pattern: Pattern, given: tuple[Slice, Flows]) -> Hits:
    """The hits that one slice owns; runs in another process as well."""
    part, flows = given
    return pattern.hits(flows).owned(flows, part, pattern.scope)
