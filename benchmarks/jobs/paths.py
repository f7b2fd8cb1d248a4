"""Ways of claim money: the strongest paths to a holder, and when it can have been anywhere at the earliest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..answers import asked
from ..job import Goal, Job
from ..world import CLAIMS, World
from . import _reach

_QUERIES = 100
_HOPS = 6
_FEW = 200_000  # transactions for networkx and raphtory
_ASKED = 10  # claims


def jobs() -> Iterator[Job]:
    """Queries for paths; earliest arrival over the whole ledger, and claim by claim at a size that peers can hold."""
    yield Job("paths, the first query", _holders, _first)
    yield Job(f"paths of {_HOPS} hops", _begun, _paths, goals=(Goal(0.2, "ms"),))
    one, many, some = (partial(World.record, claims=claims) for claims in (1, CLAIMS, _ASKED))
    yield Job("earliest arrival", one, _pass, peers=("bare walk",), goals=(Goal(10, "ns"), Goal(2, "bare walk")))
    yield Job(f"earliest arrival, {CLAIMS} claims", many, _passes, goals=(Goal(23, "ns"),))
    peers = ("networkx arrival", "raphtory load", "raphtory reach")
    yield Job(f"question of arrival in {_FEW:,}", some, _arrival, peers=peers, rows=_FEW)
    yield Job("networkx arrival", _reach.networkx, partial(_each, _reach.earliest), package="networkx", rows=_FEW)
    yield Job("raphtory load", _reach.frame, _reach.load, package="raphtory", rows=_FEW)
    yield Job("raphtory reach", _reach.loaded, partial(_each, _reach.reach), package="raphtory", rows=_FEW)


def _holders(world: World) -> Any:
    """A trace in proportion, which spreads widest, and holders large and small."""
    import followmoney as fm

    trace, accounts = fm.trace(world.graph, world.claims[0], rule="pro_rata"), world.holders()
    return trace, accounts[:: max(1, len(accounts) // _QUERIES)][:_QUERIES]


def _first(given: Any) -> Any:
    """The ten strongest to one account; makes what the trace keeps for further queries."""
    trace, accounts = given
    return trace, trace.paths(accounts[0], hops=_HOPS)


def _begun(world: World) -> Any:
    trace, accounts = _holders(world)
    trace.paths(accounts[0], hops=_HOPS)
    return trace, accounts[1:]


def _paths(given: Any) -> Any:
    """The ten strongest to each."""
    trace, accounts = given
    return asked(lambda account: trace.paths(account, hops=_HOPS), accounts)


def _pass(record: Any) -> Any:
    """By transaction, where money of the claim can first have come; the record is already there."""
    from followmoney.tracing._reach import reach

    return reach(record, record.tape.claims, None)


def _passes(record: Any) -> Any:
    """The same for every claim by itself, all in one pass."""
    from followmoney.tracing._reach import reach_many

    return reach_many(record, {str(at): record.tape.claims[at : at + 1] for at in range(len(record.tape.claims))}, None)


def _arrival(record: Any) -> Any:
    """One claim after the other; the record is made once for all, as the peers' graphs are."""
    from followmoney.tracing._reach import reach

    claims = record.tape.claims
    return asked(lambda at: reach(record, claims[at : at + 1], None), range(len(claims)))


def _each(answer: Any, given: Any) -> Any:
    graph, starts = given
    return asked(lambda start: answer(graph, *start), starts[:_ASKED])
