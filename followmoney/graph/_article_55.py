"""Articles 55 and 58: whoever is named in a trust is behind it, and behind what it holds or controls."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph._article_52 import GROUNDS, Solved, reaching
from followmoney.graph._control import Control
from followmoney.graph._stakes import Stakes
from followmoney.ledger import Ledger

_PAIR = ("who", "what")


def by_trust(
    ledger: Ledger, its: Stakes, by_shares: Solved, controls: tuple[Control, Control], least: NDArray[np.float64],
    *, paths: bool,
) -> pl.DataFrame:  # fmt: skip
    """Natural persons named in trusts (any interest in them), of the trust and of companies it owns or controls."""
    kinds = ledger.parties.select("id", pl.col("kind").cast(pl.String)).filter(pl.col("kind") == "trust")["id"]
    trusts = pl.Series(np.flatnonzero(its.parties.is_in(kinds.implode()).to_numpy()), dtype=pl.Int64).implode()
    people = pl.Series(np.flatnonzero(by_shares.direct.person), dtype=pl.Int64).implode()
    inside = its.rows.filter(pl.col("owned").is_in(trusts) & pl.col("owner").is_in(people))
    named = inside.select(person="owner", trust="owned").unique()
    itself = named.with_columns(
        pl.lit("58").alias("article"), pl.lit("is named in the trust").alias("ground"), company="trust",
        certain=pl.lit(value=True), path=pl.lit(None, dtype=pl.String),
    ).select(GROUNDS)  # fmt: skip
    owning = reaching(by_shares.frame.filter(pl.col("who").is_in(trusts)), least)
    pairs = [owning.select("who", "certain", what="company")]
    for control, certain in zip(controls, (True, False), strict=True):
        end = "sure" if certain else "most"
        mine = control.rows.filter(pl.col("owner").is_in(trusts))
        needed = pl.Series("needed", least[mine["owned"].to_numpy()] - 1e-9, dtype=pl.Float64)
        enough = mine.with_columns(needed).filter(pl.max_horizontal(f"share_{end}", f"vote_{end}") >= pl.col("needed"))
        pairs.append(enough.select(who="owner", what="owned", certain=pl.lit(certain)).select("who", "certain", "what"))
        over = control.frame.filter(pl.col("who").is_in(trusts))
        pairs.append(over.select("who", "what", certain=pl.lit(certain)).select("who", "certain", "what"))
    every = pl.concat(pairs).group_by(_PAIR).agg(pl.col("certain").max()).sort(_PAIR)
    both = every.join(named, left_on="who", right_on="trust", how="inner", maintain_order="left")
    names = its.parties.gather(both["who"])
    ground = [f"is named in {name}, a trust that owns enough of it or controls it" for name in names]
    chain = both.join(by_shares.frame, left_on=_PAIR, right_on=["who", "company"], how="left", maintain_order="left")
    by_chain = iter(by_shares.ways(chain["entry"].drop_nulls(), paths=paths))
    by_way = controls[1].ways(its, both, paths=paths)
    path = [next(by_chain) if entry is not None else way for entry, way in zip(chain["entry"], by_way, strict=True)]
    return pl.concat([itself, both.with_columns(
        pl.Series("ground", ground, dtype=pl.String), pl.Series("path", path, dtype=pl.String),
        article=pl.lit("55"), company="what",
    ).select(GROUNDS)])  # fmt: skip
