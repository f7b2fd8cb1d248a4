"""Ways of claim money: the strongest paths to a holder, and when it can have been anywhere at the earliest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from typing import Any

from ..answers import asked
from ..job import Goal, Job
from ..world import World
from . import _reach

_QUERIES = 100
_HOPS = 6
_FEW = 200_000  # transactions for networkx and raphtory
_CLAIMS = 10
_ARRIVAL = "followmoney.tracing.arrival"


def jobs() -> Iterator[Job]:
    """Queries for paths; earliest arrival over everything, and at a size that peers can hold."""
    yield Job(f"paths of {_HOPS} hops", _holders, _paths, goals=(Goal(0.2, "ms"),))
    peers = ("networkx arrival", "raphtory load", "raphtory reach")
    if find_spec(_ARRIVAL):
        yield Job("earliest arrival", _claims, _arrival, peers=("bare walk",), goals=(Goal(2, "bare walk"),))
        yield Job(f"earliest arrival, {_FEW:,}", _claims, _arrival, peers=peers, rows=_FEW)
    yield Job("networkx arrival", _reach.networkx, partial(_each, _reach.earliest), package="networkx", rows=_FEW)
    yield Job("raphtory load", _reach.frame, _reach.load, package="raphtory", rows=_FEW)
    yield Job("raphtory reach", _reach.loaded, partial(_each, _reach.reach), package="raphtory", rows=_FEW)


def _holders(world: World) -> Any:
    """A trace in proportion, which spreads widest, and holders large and small."""
    import followmoney as fm

    trace = fm.trace(world.graph, world.claims[0], rule="pro_rata")
    accounts = trace.holders()["account"].to_list()
    return trace, accounts[:: max(1, len(accounts) // _QUERIES)][:_QUERIES]


def _paths(given: Any) -> Any:
    """The ten strongest to each."""
    trace, accounts = given
    return asked(lambda account: trace.paths(account, hops=_HOPS), accounts)


def _claims(world: World) -> Any:
    return world.graph, world.claims[:_CLAIMS]


def _arrival(given: Any) -> Any:
    """For every account, when money of the claim can have been there at the earliest; one claim after the other."""
    from followmoney.tracing.arrival import arrival  # pyright: ignore[reportMissingImports]

    graph, claims = given
    return asked(lambda claim: arrival(graph, [claim]), claims)


def _each(answer: Any, given: Any) -> Any:
    graph, starts = given
    return asked(lambda start: answer(graph, *start), starts[:_CLAIMS])
