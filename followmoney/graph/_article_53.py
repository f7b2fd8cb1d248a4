"""Articles 53 and 54(a): who controls a company, and who controls companies that own enough of it."""

from __future__ import annotations

import polars as pl

from followmoney.graph._article_52 import GROUNDS
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


def by_control(its: Stakes, controls: tuple[Control, Control], *, paths: bool) -> pl.DataFrame:
    """Natural persons by 53 and 54(a)."""
    parts: list[pl.DataFrame] = []
    for control, certain in zip(controls, (True, False), strict=True):
        frame = control.frame
        if not certain:
            frame = frame.join(controls[0].frame, on=["who", "what", "how"], how="anti")
        mine = frame.filter(pl.Series(its.shares.person, dtype=pl.Boolean).gather(frame["who"]))
        holder = control.rows["owner"].gather(mine["via"].clip(0)) if len(mine) and len(control.rows) else mine["who"]
        how = pl.col("how")
        ground = pl.when(pl.Series(holder) == mine["who"]).then(how.replace_strict(_SELF, return_dtype=pl.String))
        parts.append(mine.with_columns(
            ground.otherwise(how.replace_strict(_THROUGH, return_dtype=pl.String)).alias("ground"),
            how.replace_strict(_ARTICLES, return_dtype=pl.String).alias("article"),
            control.ways(its, mine, paths=paths).alias("path"),
            certain=pl.lit(certain), company="what", person="who",
        ).select(GROUNDS))  # fmt: skip
    return pl.concat(parts)
