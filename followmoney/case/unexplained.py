"""What lawful sources do not explain: the answer of every indirect method, with the lines it is the sum of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from followmoney.schema.codes import money

Line = dict[str, object]
"""One of the lines: see `LINES`."""
LINES = {
    "step": pl.String, "sign": pl.Int64, "least": pl.Int64, "most": pl.Int64, "rows": pl.List(pl.String),
}  # fmt: skip
"""Columns of the lines: the step, whether it is added (1) or taken off (-1), its least and most amount (minor units),
and the source rows it is made of ("file row n")."""


@dataclass(frozen=True)
class Unexplained:
    """How much of what a party had or spent no lawful source explains, as a range over what is not known."""

    method: str
    party: str
    currency: str
    start: date
    end: date
    least: int
    """Minor units: whatever is not known (cash at the start, cash paid in again) taken in the party's favour."""
    most: int
    """The same taken against the party."""
    lines: pl.DataFrame
    """What is added and taken off, with source rows: see `LINES`. Their sums are `least` and `most`."""
    notes: tuple[str, ...] = ()
    """What was left out, or has to be known before the figure is relied on."""

    @property
    def sentence(self) -> str:
        """The answer in a sentence; a negative figure means that lawful sources explain more than all."""
        low, high = money(self.least, self.currency), money(self.most, self.currency)
        asked = f"{self.method}, {self.party}, {self.start} to {self.end}"
        if self.most <= 0:
            return f"{asked}: known lawful sources explain all of it, and {money(-self.most, self.currency)} more."
        figure = low if self.least == self.most else f"{low} to {high}"
        return f"{asked}: {figure} is not explained by known lawful sources."


def line(step: str, sign: int, amount: int | tuple[int, int], rows: pl.DataFrame | None = None) -> Line:
    """A line of the lines; an amount that is not known exactly is its least and most."""
    least, most = amount if isinstance(amount, tuple) else (amount, amount)
    cited = [] if rows is None else [f"{source} row {row}" for source, row in rows.select("source", "row").iter_rows()]
    return {"step": step, "sign": sign, "least": least, "most": most, "rows": cited}


def summed(lines: list[Line]) -> tuple[pl.DataFrame, int, int]:
    """The lines as a frame, and the least and most they come to (what is taken off is taken off at its other end)."""
    frame = pl.DataFrame(lines, schema=LINES, orient="row")
    ends = frame.select("sign", "least", "most").iter_rows()
    low = high = 0
    for sign, least, most in ends:
        low += least if sign > 0 else -most
        high += most if sign > 0 else -least
    return frame, low, high
