"""The strongest chain of holdings from a person to every company below, as text."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from followmoney.graph._interests import Direct

Holding = tuple[int, float, str]
"""Owned, weight, share as text."""


def holdings(direct: Direct) -> list[list[Holding]]:
    """For every party, what it holds directly."""
    below = [list[Holding]() for _ in direct.parties]
    middle = np.minimum((direct.least + direct.most) / 2, 1.0)
    pairs: list[tuple[int, int]] = direct.ends.tolist()
    shares = zip(middle.tolist(), direct.least.tolist(), direct.most.tolist(), strict=True)
    for (owner, owned), (weight, least, most) in zip(pairs, shares, strict=True):
        below[owner].append((owned, weight, share(least, most)))
    return below


def strongest(person: int, below: list[list[Holding]], parties: list[str]) -> dict[int, str]:
    """Company → the chain with the largest product of shares (middles of ranges); ties: shorter, then by identifier."""
    heap: list[tuple[float, int, tuple[int, ...], str]] = [(-1.0, 0, (person,), parties[person])]
    found: dict[int, str] = {}
    while heap:
        product, steps, chain, text = heappop(heap)
        at = chain[-1]
        if at in found:
            continue
        found[at] = text
        for owned, weight, stated in below[at]:
            if owned not in found:
                step = f"{text} → {parties[owned]} ({stated})"
                heappush(heap, (product * weight, steps + 1, (*chain, owned), step))
    del found[person]
    return found


def share(least: float, most: float) -> str:
    """A share as text: "51 %", "33.33 %", "25 to 50 %"."""
    low, high = f"{least * 100:.4g}", f"{most * 100:.4g}"
    return f"{low} %" if low == high else f"{low} to {high} %"
