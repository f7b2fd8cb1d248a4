"""Every tracing rule of the catalogue: one planted claim followed through the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..job import Goal, Job
from ..world import World

_FEW = 500_000  # transactions for the loop in plain Python


def jobs() -> Iterator[Job]:
    """One job a rule, and the same walk as a plain loop."""
    from followmoney.tracing import catalogue
    from followmoney.tracing._sweep import compiled

    for name in sorted(catalogue()):
        few = None if compiled(catalogue()[name]()) else _FEW
        yield Job(
            f"trace {name}", _given, partial(_trace, name), "followmoney", ("Python loop",), (Goal(100, "ns"),), few
        )
    yield Job("Python loop", _plain, _loop, package="", rows=_FEW)


def _given(world: World) -> Any:
    return world.graph, world.claim


def _trace(rule: str, given: Any) -> Any:
    """The claim through every account, and who holds it now."""
    import followmoney as fm

    graph, claim = given
    trace = fm.trace(graph, claim=claim, rule=rule)
    return trace, trace.moved, trace.holders()


def _plain(world: World) -> Any:
    graph = world.graph
    claimed = set(graph.positions(world.claim).tolist())
    return graph.originator.tolist(), graph.beneficiary.tolist(), graph.amount.tolist(), claimed


def _loop(given: Any) -> Any:
    """Balances and the claim's share of them in dictionaries, in proportion, in order of time."""
    originators, beneficiaries, amounts, claimed = given
    balance: dict[int, int] = {}
    claim: dict[int, int] = {}
    for at, (paid, got, amount) in enumerate(zip(originators, beneficiaries, amounts, strict=True)):
        held = balance.get(paid, 0)
        moved = min(amount, claim.get(paid, 0) * amount // held) if held > 0 else 0
        if at in claimed:
            moved = amount
        elif moved:
            claim[paid] -= moved
        balance[paid] = max(0, held - amount)
        balance[got] = balance.get(got, 0) + amount
        if moved:
            claim[got] = claim.get(got, 0) + moved
    return claim
