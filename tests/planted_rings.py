"""Rings hidden among ordinary payments, and networks as sets of members."""

import random
from itertools import pairwise

import followmoney as fm


def grouped(networks):
    """Every network as a set of its members."""
    return {frozenset(n.members["vertex"]) for n in networks}


def planted(rings=6, around=60, payments=140, seed=3):
    """Rings of four to seven accounts among ordinary payments; returns lines of a sketch and the rings."""
    draw = random.Random(seed)  # noqa: S311
    lines, hidden = [], []
    for _ in range(payments):
        a, b = draw.sample(range(around), 2)
        lines.append((f"a{a:03}", f"a{b:03}", draw.randint(1, 300)))
    for r in range(rings):
        ring = [f"r{r}{i}" for i in range(draw.randint(4, 7))]
        hidden.append(frozenset(ring))
        lines += [(a, b, draw.randint(3_000, 9_000)) for a, b in [*pairwise(ring), (ring[-1], ring[0])] * 2]
        lines += [(ring[0], f"a{draw.randrange(around):03}", 100), (f"a{draw.randrange(around):03}", ring[1], 100)]
    draw.shuffle(lines)
    days = [f"2024-{1 + i // 28:02}-{1 + i % 28:02}" for i in range(28 * 12)]
    return [f"{days[i]} {a} -> {b} {n}.00 #t{i:03}" for i, (a, b, n) in enumerate(lines)], hidden


def clustered(lines, **options):
    return fm.cluster(fm.FlowGraph(fm.sketch("\n".join(lines))), **options)
