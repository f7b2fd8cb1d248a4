"""Where the members of a network stand in its picture: around an oval, in the order in which money runs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

from followmoney.graph.adapter import layered
from followmoney.languages import say
from followmoney.reports._labels import compact, height, printable, short_account, shorten
from followmoney.reports._paper import AMOUNT, DETAIL, GREY, INK, TITLE, Align, Label

RADIUS = 0.085
_ACROSS, _ROOM, _STEP, _LOWEST = 2.8, 2.35, 0.52, 0.9


@dataclass(frozen=True)
class Spot:
    """A member as a dot, with its words beside it."""

    member: dict[str, Any]
    x: float
    y: float
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Arrow:
    """All that one member paid another."""

    source: int
    target: int
    amount: int
    transactions: int
    weight: float
    """Line width in points: wider is more."""


@dataclass(frozen=True)
class Plan:
    """A picture of a network before it is painted, in inches."""

    spots: tuple[Spot, ...]
    arrows: tuple[Arrow, ...]
    wide: float
    tall: float


def plan(members: list[dict[str, Any]], paid: dict[tuple[int, int], tuple[int, int]], currency: str) -> Plan:
    """Place the members; `paid` is amount and number of transactions by payer and payee (places in `members`)."""
    order = _order(len(members), list(paid))
    half = -(-len(order) // 2)
    tall = max(_LOWEST, half * _STEP)
    spots: dict[int, Spot] = {}
    for side, those in ((1, order[:half]), (-1, order[half:][::-1])):
        step = tall / max(1, len(those))
        for n, at in enumerate(those):
            y = (n + 0.5) * step
            bulge = sqrt(max(0.0, 1 - ((y - tall / 2) / (tall / 2 + _STEP)) ** 2))
            x = _ROOM + _ACROSS * (1 + side * bulge) / 2
            spots[at] = Spot(members[at], x, y, _labels(members[at], x, y, side, currency))
    most = max((amount for amount, _ in paid.values()), default=1) or 1
    arrows = [Arrow(a, b, amount, many, 0.7 + 4.3 * amount / most) for (a, b), (amount, many) in sorted(paid.items())]
    return Plan(tuple(spots[n] for n in range(len(members))), tuple(arrows), 2 * _ROOM + _ACROSS, tall)


def _order(size: int, pairs: list[tuple[int, int]]) -> list[int]:
    levels, places = layered(pairs, size)
    return sorted(range(size), key=lambda n: (levels[n], places[n]))


def _labels(member: dict[str, Any], x: float, y: float, side: int, currency: str) -> tuple[Label, ...]:
    align: Align = "left" if side > 0 else "right"
    start, room = x + side * (RADIUS + 0.07), _ROOM - 0.2
    name, own = printable(str(member["label"])), str(member["vertex"])
    title = name if name == own else f"{name} · {short_account(own)}"
    ways = [way(compact(member[c], currency)) for way, c in ((_in, "incoming"), (_out, "outgoing")) if member[c]]
    said = [", ".join(say(r.replace("_", "-")) for r in member["roles"]), " · ".join(ways)]
    lines = [(title, TITLE), *((text, size) for text, size in zip(said, (DETAIL, AMOUNT), strict=True) if text)]
    step = height(1, TITLE)
    top = y - step * (len(lines) - 1) / 2
    return tuple(
        Label(shorten(text, room, size), start, top + n * step, size, INK if n == 0 else GREY, align)
        for n, (text, size) in enumerate(lines)
    )


def _in(amount: str) -> str:
    return say("in {amount}", amount=amount)


def _out(amount: str) -> str:
    return say("out {amount}", amount=amount)
