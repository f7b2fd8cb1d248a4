"""What to know of holdings before relying on them, in sentences: circles, own shares, more than the whole."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.graph._chains import share
from followmoney.graph._entries import Integrated
from followmoney.graph._interests import Direct, some, too_much

_SHOWN = 5  # circles
_IN_ONE = 5  # companies of a circle


def circles(direct: Direct, found: Integrated) -> list[str]:
    """Companies that own each other, and companies that hold shares of themselves, by name."""
    notes: list[str] = []
    if found.circles:
        told = "; ".join(_among(direct.parties.gather(members).to_list()) for members in found.circles[:_SHOWN])
        more = len(found.circles) - _SHOWN
        others = f"; and {more:,} more circles" if more > 1 else "; and 1 more circle" if more == 1 else ""
        notes.append(f"Companies own each other in a circle, which is solved as a whole: {told}{others}.")
    own = np.flatnonzero(direct.owner == direct.owned)
    if len(own):
        names = direct.parties.gather(direct.owner[own])
        held = (f"{name} ({share(direct.least[h], direct.most[h])})" for name, h in zip(names, own, strict=True))
        notes.append(f"Companies hold shares of themselves, which count for their other owners: {some(held)}.")
    return notes


def over_the_whole(direct: Direct, what: str) -> list[str]:
    """Companies in which more is stated than there is."""
    found = too_much(direct)
    if not len(found):
        return []
    names = some(f"{company} ({_much(total)})" for company, total in found.rows())
    return [f"{what} add up to more than the whole, and are used as stated, in {names}."]


def endless(parties: pl.Series, ends: list[int]) -> list[str]:
    """Loops that hold all of themselves."""
    if not ends:
        return []
    return [f"The loop through {some(parties.gather(ends))} holds all of itself or more: only bounds are given for it."]


def _among(members: list[str]) -> str:
    more = len(members) - _IN_ONE
    return ", ".join(members[:_IN_ONE]) + (f" and {more:,} more" if more > 0 else "")


def _much(total: float) -> str:
    """120 %; two holders of more than half each hold more than 100 %."""
    told = f"{round(total * 100, 2):g} %"
    return "more than 100 %" if told == "100 %" else told
