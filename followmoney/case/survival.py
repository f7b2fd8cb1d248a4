"""How long money stays: the survival of its stays in an account (Kaplan and Meier), exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple


class Stay(NamedTuple):
    """Money that stayed together: how long, how much, and whether it has left."""

    microseconds: int
    amount: int
    left: bool


@dataclass(frozen=True)
class Survival:
    """The share of money that stays longer than a time; between its steps it does not change."""

    steps: tuple[tuple[int, int, int], ...]
    """(microseconds, minor units that left after exactly that time, minor units that stayed at least so long)."""

    def at(self, microseconds: int) -> Fraction:
        """The share that stays longer, between 0 and 1; after the longest stay seen, that of the longest."""
        share = Fraction(1)
        for time, left, there in self.steps:
            if time > microseconds:
                break
            share *= Fraction(there - left, there)
        return share


def survival(stays: Iterable[Stay]) -> Survival:
    """The survival of stays, weighted by amount: of every step, what left over what had stayed so long.

    Money still there counts as at risk up to the age it has (censored), and for exactly that age still.

    Source: Kaplan and Meier, Journal of the American Statistical Association 53 (1958) 457.
    """
    known = sorted(stay for stay in stays if stay.amount > 0)
    there = sum(stay.amount for stay in known)
    steps: list[tuple[int, int, int]] = []
    for time, group in groupby(known, key=lambda stay: stay.microseconds):
        its = list(group)
        left = sum(stay.amount for stay in its if stay.left)
        if left:
            steps.append((time, left, there))
        there -= sum(stay.amount for stay in its)
    return Survival(tuple(steps))
