"""Every tracing rule of the catalogue beside a walk that only keeps balances; one claim, many claims, all rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..job import Goal, Job
from ..world import CLAIMS, World
from . import _plain

_FEW = 20_000  # transactions for rules in plain Python
_LOOP = 500_000  # transactions for the loop in plain Python
_PEERS = ("bare walk", "Python loop", "scipy daily steps")  # in proportion, as pro_rata
_KNOWN = {"pro_rata": 8, "lowest_balance": 12, "fifo": 37, "lifo": 37}  # CPU ns a transaction at 5 million
_MANY = ("pro_rata", "lowest_balance", "fifo", "lifo")  # swept for many claimants in one pass


def jobs() -> Iterator[Job]:
    """Sweeps over a tape, whole traces, and what the sweeps are compared with."""
    from followmoney.tracing import catalogue

    for name in sorted(catalogue()):
        yield _sweep(name, 1)
    yield from (_sweep(name, CLAIMS) for name in _MANY if _fast(name, CLAIMS))
    yield Job("sweeps, all rules", partial(_tape, 1), _all_rules, goals=(Goal(200, "ns"), Goal(16, "bytes")))
    yield Job("trace", partial(_given, 1), _trace, goals=(Goal(16, "bytes"),))
    yield Job(f"trace, {CLAIMS} claims", partial(_given, CLAIMS), _trace)
    yield Job("trace, then holders", partial(_given, 1), _holders)
    yield Job("trace, then compare", partial(_given, 1), _compare)
    yield Job("bare walk", partial(_tape, 1), _walk, package="numba")
    yield Job("Python loop", _plain.columns, _plain.loop, package="", rows=_LOOP)
    yield Job("scipy daily steps", partial(_tape, 1), _plain.daily, package="scipy")


def _sweep(rule: str, claims: int) -> Job:
    fast, goals = _fast(rule, claims), list[Goal]()
    if fast and (claims > 1 or rule in _KNOWN):
        goals.append(Goal(_KNOWN[rule] if claims == 1 else 21, "ns"))
    if fast and claims == 1:
        goals += Goal(2, "bare walk"), Goal(16, "bytes")
    name = f"sweep {rule}" if claims == 1 else f"sweep {rule}, {claims} claims"
    return Job(
        name, partial(_tape, claims), partial(_swept, rule), peers=_PEERS if rule == "pro_rata" else (),
        goals=tuple(goals), rows=None if fast else _FEW,
    )  # fmt: skip


def _fast(rule: str, claims: int) -> bool:
    """Whether a compiled sweep runs the rule for so many claimants."""
    import numpy as np

    from followmoney.tracing import Settlement, catalogue
    from followmoney.tracing._sweep import _COMPILED, compiled
    from followmoney.tracing._tape import Tape

    chosen = catalogue()[rule]()
    if claims == 1 or not compiled(chosen):
        return compiled(chosen)
    if isinstance(chosen, Settlement):  # the sweep is that of another rule
        return False
    none, no = np.zeros(0, np.int64), np.zeros(0, np.uint32)
    empty = Tape(no, no, none, none, none.astype(np.uint8), none, none, none, none > 0, none, claims)
    return any(some.possible(chosen, empty) for some in _COMPILED)


def _tape(claims: int, world: World) -> Any:
    return world.tape(claims)


def _swept(rule: str, tape: Any) -> Any:
    """The rule over a tape that is already there: what moved in every transaction, and what every purse holds."""
    from followmoney.tracing._catalogue import find
    from followmoney.tracing._sweep import each

    return each(tape, find(rule), "compiled")


def _all_rules(tape: Any) -> Any:
    """All rules with a compiled sweep, one after the other; the figures by purse are kept, as a comparison does."""
    from followmoney.tracing import catalogue
    from followmoney.tracing._catalogue import find
    from followmoney.tracing._sweep import each, shared_sweeps

    rules = [find(name) for name in catalogue() if _fast(name, 1)]
    kept = shared_sweeps(rules)
    return [[outcome.claim for outcome in each(tape, rule, "compiled", kept)] for rule in rules]


def _walk(tape: Any) -> Any:
    """Balances and nothing else."""
    from ._walk import walk

    return walk(tape)


def _given(claims: int, world: World) -> Any:
    ids = world.claims[:claims]
    return world.graph, ids if claims == 1 else {f"claimant {name}": [name] for name in ids}


def _trace(given: Any) -> Any:
    """From a graph to the claim money in every movement and account: the tape and the sweep."""
    import followmoney as fm

    graph, claim = given
    return fm.trace(graph, claim=claim, rule="lowest_balance")


def _holders(given: Any) -> Any:
    """Who holds the claim now, as the table that people see; on ledgers that are not long with the least and most."""
    return _trace(given).holders()


def _compare(given: Any) -> Any:
    """The same claim under every rule with a compiled sweep, as the table that people see."""
    return _trace(given).compare()
