"""Bounds without a rule: the least and the most in an account and in many accounts, by interval end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..answers import asked
from ..job import Goal, Job
from ..world import World

_SIZES = {100_000: 300, 400_000: 1_100, 10_000_000: 60_000}  # transactions → CPU ms an interval end that we aim at
_SMALL = 10  # accounts, asked one by one
_LARGE = 1_000  # accounts, asked together


def jobs() -> Iterator[Job]:
    """One account at a time, and a thousand together; beside igraph on the whole ledger."""
    for rows, most in _SIZES.items():
        peer = rows <= 400_000  # beyond, it takes minutes a question
        for what, subjects in (("one account", _one_by_one), (f"{_LARGE:,} accounts", _together)):
            name = f"bounds of {what} in {rows:,}"
            yield Job(
                name, partial(_given, subjects), _ours, peers=(f"igraph: {name}",) if peer else (),
                goals=(Goal(most, "ms"),), rows=rows, least=rows,
            )  # fmt: skip
            if peer:
                yield Job(f"igraph: {name}", partial(_tape, subjects), _igraph, package="igraph", rows=rows, least=rows)


def _one_by_one(accounts: list[str]) -> list[list[str]]:
    return [[account] for account in accounts[:_SMALL]]


def _together(accounts: list[str]) -> list[list[str]]:
    return [accounts[:_LARGE]]


def _given(subjects: Any, world: World) -> Any:
    return world.graph, world.claims[0], subjects(world.holders())


def _ours(given: Any) -> Any:
    """Each question anew, from the graph to both ends of the interval."""
    from followmoney.tracing.bounds import bounds

    graph, claim, sets = given
    currency = graph.currencies[graph.columns.currency_received[graph.positions([claim])[0]]]
    return asked(lambda accounts: bounds(graph, claim, accounts, currency=currency), sets, parts=2)


def _tape(subjects: Any, world: World) -> Any:
    import numpy as np

    record, graph = world.record(), world.graph
    number = {name: at for at, name in enumerate(graph.vertices["id"].to_list())}
    own = record.purses.currency == record.purses.currency[record.tape.got[record.tape.claims[0]]]
    sets = [np.isin(record.purses.account, [number[a] for a in some]) & own for some in subjects(world.holders())]
    return record.tape, [np.flatnonzero(purses) for purses in sets]


def _igraph(given: Any) -> Any:
    """Each question anew: the whole ledger as a network, both ends."""
    from ._igraph_flow import bounds

    tape, sets = given
    return asked(lambda purses: bounds(tape, purses), sets, parts=2)
