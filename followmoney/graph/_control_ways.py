"""The way from a controller down to a company, as text."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.graph._chains import NOMINEE, share, written
from followmoney.graph._stakes import Stakes

_MEANS = {3: "appoints the board", 4: "controls it by other means"}


def ways(its: Stakes, rows: pl.DataFrame, pairs: pl.DataFrame, at: pl.Series) -> pl.Series:
    """Like "P → A (60 %) → B (appoints the board)", of those pairs of control (null: none).

    Null where over some step only many chains together lead. Of a long way the first and the last steps are written, as
    of the chains of shares; each beginning once.
    """
    if at.null_count() == len(at):
        return pl.repeat(None, len(at), dtype=pl.String, eager=True)
    pairs, at = _needed(pairs, at)
    steps, via, before = (pairs[name].to_numpy() for name in ("steps", "via", "before"))
    order = np.argsort(steps, kind="stable")
    order = order[np.searchsorted(steps[order], 1) :]
    place = np.full(len(pairs), -1, np.int64)
    place[order] = np.arange(len(order))
    above = np.where(before[order] < 0, -1, place[before[order]])
    ends = np.searchsorted(steps[order], np.arange(1, int(steps.max(initial=0)) + 2))
    wanted = at.is_not_null().to_numpy()
    wanted &= place[at.fill_null(0).to_numpy()] >= 0
    here = np.flatnonzero(wanted)
    top = its.parties.gather(pairs["who"].gather(order[: ends[min(1, len(ends) - 1)]]))
    held, which = np.unique(via[order], return_inverse=True)
    tail = pl.Series([_step(its, row) for row in rows[held].iter_rows(named=True)], dtype=pl.String).gather(which)
    told = written(top, tail, above, ends, place[at.gather(here).to_numpy()])
    found = np.full(len(at), -1, np.int64)
    found[here] = np.arange(len(here))
    return told.gather(pl.Series(found).replace(-1, None))


def _needed(pairs: pl.DataFrame, at: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """Those asked for and what comes before them, and where they stand then."""
    before, kept = pairs["before"].to_numpy(), np.zeros(len(pairs), np.bool_)
    here = at.drop_nulls().unique().to_numpy()
    while len(here):
        kept[here] = True
        up = before[here]
        up = np.unique(up[up >= 0])
        here = up[~kept[up]]
    place = np.cumsum(kept) - 1
    left = pairs.filter(pl.Series(kept))
    up = left["before"].to_numpy()
    left = left.with_columns(pl.Series("before", np.where(up < 0, -1, place[up])))
    return left, pl.Series(place).gather(at)


def _step(its: Stakes, row: dict[str, float]) -> str:
    to, least, most = int(row["owned"]), row["vote_least"], row["vote_most"]
    if its.shares.lent is not None and its.shares.lent[to]:
        said = NOMINEE
    elif most > 0 or row["share_most"] > 0:
        held = (row["share_least"], row["share_most"]) if row["share_most"] > 0 else (least, most)
        said = share(*held) + (" of the votes" if not row["share_most"] > 0 else "")
        said += f", {share(least, most)} of the votes" if row["share_most"] > 0 and (least, most) != held else ""
    else:
        said = _MEANS[int(row["means"])]
    return f" → {its.parties[to]} ({said})"
