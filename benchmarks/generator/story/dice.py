"""Small repeatable choices: the same seed tells the same story on every machine and Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws that use only `random.Random.random`, whose sequence Python promises never to change."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a story, not a secret

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, things: Sequence[T]) -> T:
        """Draw one of the things."""
        return things[self.between(0, len(things) - 1)]

    def happens(self, chance: float) -> bool:
        """Draw yes with this chance."""
        return self._random.random() < chance
