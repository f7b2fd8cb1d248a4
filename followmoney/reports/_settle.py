"""How high each box of a column stands: near its neighbours, in order, never on top of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_ROUNDS = 60


@dataclass(frozen=True)
class Slot:
    """A box that needs room: its height, and the room kept free above it (for its label)."""

    height: float
    above: float
    weight: float = 1.0


@dataclass(frozen=True)
class Pull:
    """A link that wants to be level: from a point below the top of one box to a point below the top of another."""

    left: int
    right: int
    left_at: float
    right_at: float
    weight: float


def settle(
    columns: Sequence[Sequence[int]], slots: Mapping[int, Slot], pulls: Sequence[Pull], tall: float
) -> dict[int, float]:
    """The top of every box (0 = top of the picture, `tall` = its foot), links as level as the order allows."""
    into: dict[int, list[Pull]] = {}
    out: dict[int, list[Pull]] = {}
    for pull in pulls:
        out.setdefault(pull.left, []).append(pull)
        into.setdefault(pull.right, []).append(pull)
    tops: dict[int, float] = {}
    for column in columns:
        need = sum(slots[b].height + slots[b].above for b in column)
        y = (tall - need) / 2
        for b in column:
            y += slots[b].above
            tops[b] = y
            y += slots[b].height
    for round_ in range(_ROUNDS):
        onward = round_ % 2 == 0
        for column in columns if onward else reversed(columns):
            wish = [_wish(b, tops, into.get(b, []), out.get(b, []), onward=onward) for b in column]
            tops.update(zip(column, apart([slots[b] for b in column], wish, tall), strict=True))
    return tops


def _wish(box: int, tops: dict[int, float], into: list[Pull], out: list[Pull], *, onward: bool) -> float:
    """Where the links would have the box; those from the side already settled count more."""
    total = weight = 0.0
    for pulls, strong in ((into, onward), (out, not onward)):
        for p in pulls:
            other = tops[p.left] + p.left_at - p.right_at if pulls is into else tops[p.right] + p.right_at - p.left_at
            w = p.weight * (1.0 if strong else 0.35)
            total += other * w
            weight += w
    return total / weight if weight else tops[box]


def apart(slots: list[Slot], wish: list[float], tall: float) -> list[float]:
    """The nearest tops to those wished that keep the order and the room (pool adjacent violators, then the frame)."""
    shift, offset = list[float](), 0.0
    for i, slot in enumerate(slots):
        offset += slot.above if i == 0 else slots[i - 1].height + slot.above
        shift.append(offset)
    blocks: list[tuple[float, float, int]] = []
    for slot, want, move in zip(slots, wish, shift, strict=True):
        mean, weight, size = want - move, slot.weight, 1
        while blocks and blocks[-1][0] >= mean:
            m, w, n = blocks.pop()
            mean, weight, size = (m * w + mean * weight) / (w + weight), w + weight, size + n
        blocks.append((mean, weight, size))
    highest = tall - (shift[-1] + slots[-1].height) if slots else 0.0
    flat = [min(max(mean, 0.0), max(highest, 0.0)) for mean, _, size in blocks for _ in range(size)]
    return [f + move for f, move in zip(flat, shift, strict=True)]
