"""Findings for people: those that no innocent explanation fits, then those that one fits, and what was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.cli._count import count
from followmoney.cli._output import Output, say, show

if TYPE_CHECKING:
    from followmoney.finding import Findings

_COLUMNS = ("id", "pattern", "strength", "explanation")  # who, when and how much are in the explanation
_EMPTY = "No pattern was found."


def shown(found: Findings, output: Output) -> None:
    """Print the findings; a table has a heading over those that an innocent explanation fits, and how many fit."""
    import polars as pl

    if output.kind != "table":
        show(found.frame, output, empty=_EMPTY)
        return
    frame = found.frame.with_columns(fits=pl.col("counter").list.len().cast(pl.Int64))
    plain, explained = frame.filter(pl.col("fits") == 0), frame.filter(pl.col("fits") > 0)
    if len(plain) or not len(explained):
        show(plain, output, columns=_COLUMNS, empty=_EMPTY)
    if len(explained):
        say(("\n" if len(plain) else "") + _heading(len(explained)))
        show(explained, output, columns=("id", "pattern", "strength", "fits", "explanation"), empty=_EMPTY)


def _heading(number: int) -> str:
    one = number == 1
    return (
        f"{count(number, 'finding')} that {'an innocent explanation fits' if one else 'innocent explanations fit'} "
        "(fits: how many do; `followmoney explain RUN ID` says them):"
    )


def order(found: Findings) -> list[str]:
    """One line on what the order of findings of several patterns says, and what it does not."""
    from followmoney.finding import ORDER

    return [ORDER] if found.frame["pattern"].n_unique() > 1 else []


def looked_for(found: Findings) -> list[str]:
    """One line on the patterns that were looked for and not found, and on how many could not be examined."""
    none, lacked = found.not_found, found.not_examined
    parts = [
        *([f"{count(len(none), 'pattern')} looked for and not found: {', '.join(none)}"] if none else []),
        *([f"{len(lacked):,} not examined: see the notes"] if lacked else []),
    ]
    return [f"{'; '.join(parts)}."] if parts else []
