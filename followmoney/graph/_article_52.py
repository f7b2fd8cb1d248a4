"""Article 52: who owns enough of the shares or of the voting rights, over every chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph._chains import chains, shares
from followmoney.graph._entries import Integrated
from followmoney.graph._integrated import integrate
from followmoney.graph._interests import Direct, surely

NOISE = 1e-9  # shares are decimal fractions in binary floats
_DIGITS = 12
GROUNDS = ["company", "person", "article", "ground", "certain", "path"]


@dataclass(frozen=True)
class Solved:
    """Holdings, and the effective shares that follow from them."""

    direct: Direct
    shares: Integrated
    sure: NDArray[np.float64]
    """Least effective shares by what can be relied on, an entry; see `surely`."""

    @classmethod
    def of(cls, direct: Direct, *, ways: bool) -> Solved:
        """Solve them; once more where some of what is stated cannot be relied on."""
        found, sure = integrate(direct, ways=ways), surely(direct)
        again = found if sure is direct.least else integrate(replace(direct, least=sure), ways=False)
        return cls(direct, found, again.low)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Every effective share: company, who (numbers), entry, least, most, sure (the least to rely on)."""
        found = self.shares
        party = np.argsort(found.first, kind="stable")
        least = np.round(found.low, _DIGITS)
        most = np.round(np.maximum(least, np.minimum(1.0, found.high)), _DIGITS)
        return pl.DataFrame({
            "company": np.repeat(party, found.count[party]), "who": found.who.astype(np.int64),
            "entry": np.arange(len(least)), "least": least, "most": most,
            "sure": np.round(self.sure, _DIGITS),
        })  # fmt: skip

    def ways(self, entries: pl.Series, *, paths: bool) -> pl.Series:
        """The strongest chain of some entries, as text; null where it is not wanted."""
        if not paths:
            return pl.repeat(None, len(entries), dtype=pl.String, eager=True)
        return chains(self.shares, self.direct, entries.to_numpy().astype(np.int64))


def effective(of: Solved) -> pl.DataFrame:
    """Effective shares of natural persons: company, person (numbers), entry, least, most, sure."""
    person = pl.Series(of.direct.person[of.shares.who], dtype=pl.Boolean)
    return of.frame.filter(person).rename({"who": "person"})


def reaching(frame: pl.DataFrame, least: NDArray[np.float64]) -> pl.DataFrame:
    """The shares of which the most reaches the threshold of the company; `certain` where the least to rely on does."""
    needed = pl.Series("needed", least[frame["company"].to_numpy()] - NOISE, dtype=pl.Float64)
    rows = frame.with_columns(needed).filter(pl.col("most") >= pl.col("needed"))
    return rows.with_columns((pl.col("sure") >= pl.col("needed")).alias("certain")).drop("needed", "sure")


def interest(several: Sequence[Solved], least: NDArray[np.float64], *, paths: bool) -> pl.DataFrame:
    """Enough of the shares; of the votes where those are stated apart, and nothing is as certain by shares."""
    parts: list[pl.DataFrame] = []
    for of, what in zip(several, ("shares", "voting rights"), strict=False):
        rows = reaching(effective(of), least)
        for before in parts:
            rows = rows.join(before.filter(pl.col("certain")), on=["company", "person"], how="anti")
        told = shares(rows["least"].to_numpy(), rows["most"].to_numpy())
        ground = pl.Series("ground", [f"owns {share} of the {what}" for share in told], dtype=pl.String)
        rows = rows.with_columns(ground, of.ways(rows["entry"], paths=paths).alias("path"), article=pl.lit("52(1)"))
        parts.append(rows.select(GROUNDS))
    return pl.concat(parts)
