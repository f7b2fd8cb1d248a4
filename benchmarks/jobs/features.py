"""Features for those who train models, beside the peer that counts the same shapes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..job import Goal, Job
from ..world import World
from . import _windowed


def jobs() -> Iterator[Job]:
    """The profile `gfp` whole and without statistics, the profile `casework`, and the sums of a window alone."""
    from followmoney.profiles import Casework, Gfp

    peer = "snapml everything"
    goals = (Goal(1 / 300, peer),)
    yield Job("features gfp", _graph, partial(_features, Gfp()), peers=(peer,), goals=goals)
    yield Job("features gfp, counts", _graph, partial(_features, Gfp(statistics=False)), peers=(peer,), goals=goals)
    yield Job("features casework", _graph, partial(_features, Casework()))
    yield Job("features, sums of a day", _graph, _sums, peers=_windowed.PEERS, goals=(Goal(60, "ns"),))
    yield from _windowed.jobs()


def _graph(world: World) -> Any:
    return world.graph


def _features(profile: Any, graph: Any) -> Any:
    import followmoney as fm

    return fm.features(graph, profile)


def _sums(graph: Any) -> Any:
    from followmoney.profiles._sums import Sums

    sums = Sums.of(graph, graph.columns.amount, graph.columns.received)
    return [sums.window(side, side, _windowed.DAY) for side in (0, 1)]
