"""The pieces of a flow picture, and how ribbons pass through its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from followmoney.reports._flow_boxes import Box
from followmoney.reports._flow_links import Link
from followmoney.reports._settle import Pull

BAR = 0.13
"""Inches a bar is wide."""
Ports = dict[tuple[int, bool], float]
"""Below the top of its box, where ribbon n leaves (n, True) and arrives (n, False)."""


@dataclass(frozen=True)
class Bar:
    """A box with its place; `x` is the middle of the bar, `half` half the room its label takes."""

    box: Box
    x: float
    half: float
    top: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A level piece of a ribbon: from left to right at one height, `claim` of it (on top) claim money."""

    left: float
    right: float
    top: float
    height: float
    claim: float


@dataclass(frozen=True)
class Ribbon:
    """A link as it is drawn: level pieces joined by bends."""

    link: Link
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Frame:
    """Where columns and boxes stand."""

    place: Mapping[int, int]
    """Column of each box, those made for passing ribbons too."""
    xs: Sequence[float]
    """Middle of each column."""
    half: Sequence[float]
    """Half the room of the labels of each column."""
    tops: Mapping[int, float]
    ports: Ports
    scale: float
    """Inches a unit of money."""

    def ribbon(self, n: int, link: Link, path: Sequence[int]) -> Ribbon:
        """A link as level pieces, one in each column it passes."""
        stages = list[Stage]()
        last = len(path) - 1
        for i, b in enumerate(path):
            x, h = self.xs[self.place[b]], self.half[self.place[b]]
            share = i / last
            thick = (link.sent + (link.arrived - link.sent) * share) * self.scale
            claim = (link.sent_claim + (link.arrived_claim - link.sent_claim) * share) * self.scale
            down = self.ports[n, True] if i == 0 else self.ports[n, False] if i == last else 0.0
            stages.append(Stage(x if i == 0 else x - h, x if i == last else x + h, self.tops[b] + down, thick, claim))
        return Ribbon(link, tuple(stages))


def ways(drawn: Sequence[Link], number: dict[str, int], column: Sequence[int], size: int) -> list[list[int]]:
    """The boxes a ribbon passes: its two ends, and one made for it in each column between, so that it takes up room."""
    found, new = list[list[int]](), size
    for link in drawn:
        a, b = number[link.source], number[link.target]
        between = column[b] - column[a] - 1
        found.append([a, *range(new, new + between), b])
        new += between
    return found


def heights(boxes: Sequence[Box], drawn: Sequence[Link], number: dict[str, int]) -> list[float]:
    """The larger of what leaves and what arrives, a box."""
    out, into = [0.0] * len(boxes), [0.0] * len(boxes)
    for link in drawn:
        out[number[link.source]] += link.sent
        into[number[link.target]] += link.arrived
    return [max(o, i) for o, i in zip(out, into, strict=True)] if drawn else [1.0] * len(boxes)


def first_seen(way: Sequence[Sequence[int]], size: int) -> dict[int, int]:
    """The first ribbon that touches each box: the order in which boxes are tried."""
    first: dict[int, int] = {}
    for n, path in enumerate(way):
        for b in path:
            first.setdefault(b, n)
    return {b: first.get(b, len(way)) for b in range(max([size, *(b + 1 for b in first)]))}


def ports(drawn: Sequence[Link], way: Sequence[Sequence[int]], tops: dict[int, float], scale: float) -> Ports:
    """How far below the top of its box each ribbon leaves (n, True) and arrives (n, False), ordered by other end."""
    found: Ports = {}
    for leaving in (True, False):
        at: dict[int, list[int]] = {}
        for n, path in enumerate(way):
            at.setdefault(path[0] if leaving else path[-1], []).append(n)
        for group in at.values():
            group.sort(
                key=lambda n: (tops[way[n][1] if leaving else way[n][-2]], tops[way[n][-1 if leaving else 0]], n)
            )
            down = 0.0
            for n in group:
                found[n, leaving] = down
                down += (drawn[n].sent if leaving else drawn[n].arrived) * scale
    return found


def pulls(drawn: Sequence[Link], way: Sequence[Sequence[int]], ports: Ports, scale: float) -> list[Pull]:
    """What pulls each box: ribbons that want to be level."""
    found = list[Pull]()
    for n, (link, path) in enumerate(zip(drawn, way, strict=True)):
        last = len(path) - 2
        for i, (a, b) in enumerate(pairwise(path)):
            left = ports.get((n, True), 0.0) if i == 0 else 0.0
            right = ports.get((n, False), 0.0) if i == last else 0.0
            found.append(Pull(a, b, left, right, max(link.sent, link.arrived) * scale + 1e-6))
    return found
