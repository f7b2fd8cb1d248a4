"""Stays and their survival, unit by unit, as a book would define them."""

from __future__ import annotations

from fractions import Fraction


def naive_survival(stays, microseconds):
    """1 - gone / still there at every time at which anything left, multiplied up."""
    share = Fraction(1)
    for time in sorted({s.microseconds for s in stays if s.left and s.amount}):
        if time <= microseconds:
            there = sum(s.amount for s in stays if s.microseconds >= time)
            gone = sum(s.amount for s in stays if s.left and s.microseconds == time)
            share *= 1 - Fraction(gone, there)
    return share


def naive_stays(movements, opening, now):
    """How long every single unit stayed; movements are (time, amount), in (+) or out (-); the oldest leave first.

    Units of an opening balance have no beginning, and leave first; a debt takes units in before anything is held.
    """
    held = [None] * max(0, opening)
    debt = max(0, -opening)
    units = []
    for time, amount in movements:
        if amount > 0:
            paid_off = min(debt, amount)
            debt -= paid_off
            held += [time] * (amount - paid_off)
        units += [(time - since, True) for since in held[: max(0, -amount)] if since is not None]
        if amount < 0:
            held = held[-amount:]
    return sorted([*units, *((now - since, False) for since in held if since is not None)])
