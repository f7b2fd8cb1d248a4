"""Shares multiplied along chains, added over chains, and solved around loops."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from followmoney.graph.adapter import components

_DENSE = 1_500  # companies in one loop; above, sparse steps instead of a dense solution
_STEPS = 100_000
_SMALL = 1e-15
_EXPLODES = 1e9  # a loop that multiplies shares by more has, to the precision of its entries, no outside owner


@dataclass
class Integrated:
    """Effective shares of persons."""

    of: list[dict[int, float]]
    """For every party: person → effective share of that party."""
    roots: list[int] = field(default_factory=list[int])
    """Companies, or one of each loop of companies, that nobody outside is known to own."""
    endless: list[int] = field(default_factory=list[int])
    """Companies in loops whose entries add up to the whole or more, so that no solution exists."""


def integrate(
    person: NDArray[np.bool_], ends: NDArray[np.int64], shares: NDArray[np.float64], *, upper: bool
) -> Integrated:
    """Effective shares: the least solution of share(p, c) = direct(p, c) + Σ share(p, k) · direct(k, c).

    Loops are solved exactly: one linear system for each strongly connected part (dense up to 1,500 companies, sparse
    steps to 1e-15 above). Where a loop has no solution, its entries add up to the whole or more: then a lower bound
    follows every holding at most once around, and an upper bound is 1.
    """
    size = len(person)
    part = components(size, ends, strong=True)
    members = [list[int]() for _ in range(int(part.max(initial=-1)) + 1)]
    parts: list[int] = part.tolist()
    for party, of in enumerate(parts):
        members[of].append(party)
    owners = [list[tuple[int, float]]() for _ in range(size)]
    pairs: list[tuple[int, int]] = ends.tolist()
    for (owner, owned), share in zip(pairs, shares.tolist(), strict=True):
        owners[owned].append((owner, share))
    found = Integrated([dict[int, float]() for _ in range(size)])
    for at in _owners_first(part, ends, len(members)):
        inside = set(members[at])
        first = members[at][0]
        if not person[first] and all(owner in inside for company in inside for owner, _ in owners[company]):
            found.roots.append(first)
        for company in members[at]:
            for owner, share in owners[company]:
                if owner not in inside:
                    _pour({owner: 1.0} if person[owner] else found.of[owner], share, found.of[company])
        loops = [(o, c, s) for c in members[at] for o, s in owners[c] if o in inside]
        if loops and any(found.of[company] for company in members[at]):
            _around(members[at], loops, found, upper=upper)
    found.roots.sort()
    return found


def _pour(held: dict[int, float], share: float, into: dict[int, float]) -> None:
    for person, of in held.items():
        into[person] = into.get(person, 0.0) + of * share


def _owners_first(part: NDArray[np.int64], ends: NDArray[np.int64], size: int) -> list[int]:
    """The parts in an order in which every owner comes before what it owns."""
    across = np.unique(part[ends].reshape(-1, 2), axis=0) if len(ends) else ends
    across = across[across[:, 0] != across[:, 1]]
    waiting = np.bincount(across[:, 1], minlength=size).tolist()
    owned = [list[int]() for _ in range(size)]
    pairs: list[tuple[int, int]] = across.tolist()
    for owner, company in pairs:
        owned[owner].append(company)
    order = [at for at in range(size) if not waiting[at]]
    for at in order:  # grows while it is read
        for company in owned[at]:
            waiting[company] -= 1
            if not waiting[company]:
                order.append(company)
    return order


def _around(companies: list[int], loops: list[tuple[int, int, float]], found: Integrated, *, upper: bool) -> None:
    """Replace what flows into a loop of companies by what it amounts to after all rounds."""
    place = {company: i for i, company in enumerate(companies)}
    persons = sorted({p for company in companies for p in found.of[company]})
    given = np.zeros((len(persons), len(companies)))
    for company in companies:
        for row, who in enumerate(persons):
            given[row, place[company]] = found.of[company].get(who, 0.0)
    source = np.array([place[o] for o, _, _ in loops])
    target = np.array([place[c] for _, c, _ in loops])
    share = np.array([s for _, _, s in loops], np.float64)
    solved = _dense(given, source, target, share) if len(companies) <= _DENSE else _steps(given, source, target, share)
    if solved is None:
        found.endless.extend(companies)
        once = _rounds(given, source, target, share, len(companies))
        solved = np.ones_like(given) if upper else np.minimum(once, np.maximum(given, 1.0))
    for company, column in zip(companies, solved.T.tolist(), strict=True):
        found.of[company] = {who: share for who, share in zip(persons, column, strict=True) if share > 0}


def _dense(
    given: NDArray[np.float64], source: NDArray[np.int64], target: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    size = given.shape[1]
    system = np.eye(size)
    np.subtract.at(system, (target, source), share)
    try:
        solved = np.linalg.solve(system, np.column_stack([given.T, np.ones(size)])).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    rounds = solved[:, -1]  # how often one unit given to every company goes around: finite and ≥ 1, or no solution
    return solved[:, :-1].T if rounds.min() > 1 - 1e-9 and rounds.max() < _EXPLODES else None


def _steps(
    given: NDArray[np.float64], source: NDArray[np.int64], target: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    now = given
    for _ in range(_STEPS):
        after = given + _step(now, source, target, share)
        if np.abs(after - now).max() <= _SMALL:
            return after
        if after.max() > _EXPLODES:
            return None
        now = after
    return None


def _rounds(
    given: NDArray[np.float64], source: NDArray[np.int64], target: NDArray[np.int64], share: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    total = moving = given
    for _ in range(n - 1):
        moving = _step(moving, source, target, share)
        total = total + moving
    return total


def _step(
    now: NDArray[np.float64], source: NDArray[np.int64], target: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    after = np.zeros_like(now)
    for row, into in zip(now, after, strict=True):
        into[:] = np.bincount(target, weights=row[source] * share, minlength=len(into))
    return after
