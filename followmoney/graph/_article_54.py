"""Article 54(b): who owns enough of a company that controls another."""

from __future__ import annotations

import polars as pl

from followmoney.graph._article_52 import GROUNDS, Solved, effective, reaching
from followmoney.graph._chains import shares
from followmoney.graph._control import Floats, Rights
from followmoney.graph._stakes import Stakes

_PAIR = ("company", "person")


def by_middle(
    its: Stakes, of: Solved, rights: tuple[Rights, Rights], least: Floats, others: pl.DataFrame, *, paths: bool
) -> pl.DataFrame:
    """Natural persons by 54(b), but for those whom the `others`, by 52, 53 and the like, name as surely.

    Where a person owns enough of several companies that control, the first of them by the ground that is written.
    """
    owning = reaching(effective(of), least).rename({"company": "who", "certain": "owned"})
    names = its.parties.gather(owning["who"])
    told = zip(shares(owning["least"].to_numpy(), owning["most"].to_numpy()), names, strict=True)
    ground = [f"owns {share} of {name}, which controls it" for share, name in told]
    owning = owning.with_columns(pl.Series("ground", ground, dtype=pl.String)).sort("person", "ground")
    already = others.group_by(_PAIR).agg(pl.col("certain").max().alias("already"))
    sure = _first(rights[0], owning.filter("owned")).join(already.filter("already"), on=_PAIR, how="anti")
    known = pl.concat([already, sure.select(*_PAIR, pl.lit(value=True).alias("already"))])
    maybe = _first(rights[1], owning).join(known, on=_PAIR, how="anti")
    rows = pl.concat([sure.with_columns(certain=True), maybe.with_columns(certain=False)])
    return rows.with_columns(_way(its, of, rights, rows, paths=paths), article=pl.lit("54(b)")).select(GROUNDS)


def _first(rights: Rights, owning: pl.DataFrame) -> pl.DataFrame:
    return rights.first(owning).with_columns(company="what")


def _way(its: Stakes, of: Solved, rights: tuple[Rights, Rights], rows: pl.DataFrame, *, paths: bool) -> pl.Series:
    """Up to the company in the middle by shares, and down from there by control; the first by what is written."""
    if not paths:
        return pl.repeat(None, len(rows), dtype=pl.String, eager=True).alias("path")
    pair = ["who", "what"]
    surely, possibly = rights[0].between(rows), rights[1].between(rows.filter(~pl.col("certain")))
    ends = rows.select(*pair, up=of.ways(rows["entry"], paths=True))
    for name, control in (("sure", surely), ("most", possibly)):
        how = control.frame.select(*pair, pl.col("how").alias(f"{name} how"))
        ends = ends.with_columns(control.ways(its, ends, paths=True).alias(name))
        ends = ends.join(how, on=pair, how="left", maintain_order="left")
    both = pl.col("up") + ", and "
    ways = {name: pl.coalesce(both + pl.col(name), "up") for name in ("sure", "most")}
    only = pl.col("sure how").is_null()
    same = (pl.col("sure how") == pl.col("most how")).fill_null(value=True)
    return ends.select(
        pl.when(only).then(ways["most"]).when(same).then(ways["sure"])
        .otherwise(pl.min_horizontal(*ways.values())).alias("path")
    ).to_series()  # fmt: skip
