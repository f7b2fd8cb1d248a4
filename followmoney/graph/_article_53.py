"""Articles 53 and 54: who controls a company, and where ownership and control meet in different layers."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph._article_52 import GROUNDS, Solved, effective, reaching
from followmoney.graph._chains import shares
from followmoney.graph._control import Control
from followmoney.graph._stakes import Stakes

LAYERED = 6
_ARTICLES = {1: "53(2)(c)", 2: "53(3)(a)", 3: "53(3)(b)", 4: "53(4)", 5: "53(2)(c)", LAYERED: "54(a)"}
_SELF = {
    1: "holds more than half of the shares", 2: "has the majority of the voting rights", 3: "appoints the board",
    4: "controls it by other means", 5: "owns more than half over all chains together",
    LAYERED: "controls companies that directly own enough of it",
}  # fmt: skip
_THROUGH = {
    **_SELF, 1: "controls more than half of the shares, with companies under the same control",
    2: "controls the majority of the voting rights, with companies under the same control",
    3: "controls a company that appoints the board", 4: "controls a company that controls it by other means",
}  # fmt: skip


def by_control(
    its: Stakes, by_shares: Solved, sure: Control, possible: Control, least: NDArray[np.float64], *, paths: bool
) -> pl.DataFrame:
    """Natural persons by 53, 54(a) and 54(b)."""
    owning = reaching(effective(by_shares), least).rename({"company": "middle", "certain": "sure"})
    person = pl.Series(by_shares.direct.person, dtype=pl.Boolean)
    parts: list[pl.DataFrame] = []
    for control, certain in ((sure, True), (possible, False)):
        frame = control.frame
        if not certain:
            frame = frame.join(sure.frame, on=["who", "what", "how"], how="anti")
        mine = frame.filter(person.gather(frame["who"]))
        parts.append(_own(its, control, mine, certain=certain, paths=paths))
        over = frame.filter(~person.gather(frame["who"]) & (pl.col("how") != LAYERED))
        both = over.join(owning, left_on="who", right_on="middle", how="inner")
        parts.append(_middle(its, by_shares, control, both, certain=certain, paths=paths))
    return pl.concat(parts)


def ways(its: Stakes, control: Control, pairs: pl.DataFrame, *, paths: bool) -> list[str | None]:
    """The way of control from `who` to `what`, as text."""
    if not paths:
        return [None] * len(pairs)
    way = control.way(its)
    return [way.down(who, what) for who, what in pairs.select("who", "what").iter_rows()]


def _own(its: Stakes, control: Control, mine: pl.DataFrame, *, certain: bool, paths: bool) -> pl.DataFrame:
    holder = control.rows["owner"].gather(mine["via"].clip(0)) if len(mine) and len(control.rows) else mine["who"]
    how = pl.col("how")
    ground = pl.when(pl.Series(holder) == mine["who"]).then(how.replace_strict(_SELF, return_dtype=pl.String))
    return mine.with_columns(
        ground.otherwise(how.replace_strict(_THROUGH, return_dtype=pl.String)).alias("ground"),
        how.replace_strict(_ARTICLES, return_dtype=pl.String).alias("article"),
        pl.Series("path", ways(its, control, mine, paths=paths), dtype=pl.String),
        certain=pl.lit(certain), company="what", person="who",
    ).select(GROUNDS)  # fmt: skip


def _middle(
    its: Stakes, of: Solved, control: Control, both: pl.DataFrame, *, certain: bool, paths: bool
) -> pl.DataFrame:
    """54(b): who owns enough of a company that controls."""
    told = shares(both["least"].to_numpy(), both["most"].to_numpy())
    names = its.parties.gather(both["who"])
    ground = [f"owns {share} of {name}, which controls it" for share, name in zip(told, names, strict=True)]
    above, below = of.ways(both["entry"], paths=paths), ways(its, control, both, paths=paths)
    path = [
        None if up is None else f"{up}, and {down}" if down is not None else up
        for up, down in zip(above, below, strict=True)
    ]
    return both.with_columns(
        pl.Series("ground", ground, dtype=pl.String), pl.Series("path", path, dtype=pl.String),
        article=pl.lit("54(b)"), company="what", certain=pl.lit(certain) & pl.col("sure"),
    ).select(GROUNDS)  # fmt: skip
