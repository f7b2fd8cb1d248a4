"""Round trip, as slowly and readably as possible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naive_chains import agrees, disjoint, steps
from naive_owned import countries, holder, owners, purposes
from naive_patterns import DAY, Move, Shown, limit, moves

from followmoney.graph import FlowGraph

LOOSE = {"days": 20, "loss": 0.3, "longest": 3, "least": {"EUR": 1_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if not graph.outside[[m.payer, m.payee]].any()]
    who, purpose = holder(graph), purposes(graph)

    def ways(path: list[Move], last: Move) -> Iterator[list[Move]]:
        if len(path) >= 2:
            yield path
        if len(path) == p.longest or (len(path) > 1 and path[0].payer == last.payee):
            return
        for m in every:
            follows = m.at < path[0].at and m.payee == path[0].payer and m.time >= last.time - p.days * DAY
            if follows and m.payer not in {x.payer for x in path} and agrees(p, m, path[0]):
                yield from ways([m, *path], last)

    def closes(way: list[Move]) -> bool:
        first, last = way[0].payer, way[-1].payee
        home = {(countries(graph, v) or [None])[0] for v in (first, last)}
        abroad = any(c not in home for m in way[1:] for c in countries(graph, m.payer))
        if len(home) > 1 or None in home or not abroad:
            return False
        one, other = (owners(graph, who[v], way[-1].time, p.owned) for v in (first, last))
        return bool(one & other) or (who[first] == who[last] and isinstance(who[first], str))

    found: list[list[Move]] = []
    for last in every:
        least = limit(p.least, last.got_in)
        if "capital" in purpose[last.at] and least is not None and last.got >= least:
            good = [way for way in ways([last], last) if last.payer != last.payee and closes(way)]
            found += sorted(good, key=lambda w: (len(w), [-m.at for m in reversed(w)]))[:1]
    order = sorted(found, key=lambda w: (w[-1].at, len(w), -w[0].at))
    return {(way[-1].payee, steps(way)) for way in disjoint(order)}
