"""Who controls which company, through what, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph._article_52 import Solved
from followmoney.graph._control_ways import ways
from followmoney.graph._kernels import A_ROW, fit
from followmoney.graph._stakes import Stakes, control_rows

_HALF = 0.5 + 1e-9
_LISTS = 10  # searches of which one goes through everything
_PAIR = ("who", "what")

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Control:
    """Pairs of a controller and what it controls, or directly holds enough of through what it controls."""

    frame: pl.DataFrame
    """Numbers who, what; how (as `_kernel_control` numbers it); via (row of `rows`, -1: over many chains); steps of
    the way (-1: over some step only many chains together lead) and the pair before (-1: the controller)."""
    rows: pl.DataFrame
    """The holdings, as `control_rows` has them."""

    def ways(self, its: Stakes, pairs: pl.DataFrame, *, paths: bool) -> pl.Series:
        """The way of control from `who` to `what`, as text; null where only many chains together lead."""
        if not paths or not len(self.frame):
            return pl.repeat(None, len(pairs), dtype=pl.String, eager=True)
        places = self.frame.select(*_PAIR).with_row_index("at")
        at = pairs.select(_PAIR).join(places, on=_PAIR, how="left", maintain_order="left")["at"].cast(pl.Int64)
        return ways(its, self.rows, self.frame, at)


@dataclass(frozen=True)
class Rights:
    """Who holds what, ready for the search of control at one end: the least to rely on, or the most."""

    its: Stakes
    rows: pl.DataFrame
    ptr: Numbers
    holdings: tuple[Numbers, Floats, Floats, NDArray[np.int8]]
    """Owned, share, vote and means of every row."""
    most_ptr: Numbers
    mostly: Numbers
    least: Floats

    def controls(self, asked: Numbers) -> Control:
        """What each of some parties controls, or holds enough of through what it controls."""
        return self._found(asked, np.zeros(len(asked) + 1, np.int64), np.zeros(0, np.int64))

    def between(self, pairs: pl.DataFrame) -> Control:
        """Of pairs `who` and `what` those in control, and what is on the way."""
        pairs = pairs.select(_PAIR).unique().sort(_PAIR)
        asked, ptr = _lists(pairs["who"].to_numpy())
        return self._found(asked, ptr, pairs["what"].to_numpy())

    def _found(self, asked: Numbers, ptr: Numbers, want: Numbers) -> Control:
        from followmoney.graph._kernel_control import control

        found = fit(control, self._work(len(asked)))(
            asked, ptr, want, self.ptr, self.rows["owner"].to_numpy(), *self.holdings, self.most_ptr, self.mostly,
            self.least,
        )  # fmt: skip
        return Control(pl.DataFrame(dict(zip(_FOUND, found, strict=True))), self.rows)

    def first(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Of companies `who` in order, each person's first that controls each company `what`: the pair, with `what`.

        `pairs` is in order of person. Cost: that of what each person's companies control, once; where several together
        control more than each alone, once for each company that leads there.
        """
        from followmoney.graph._kernel_control import first_in_control

        holding = np.diff(self.ptr) > 0
        pairs = pairs.filter(pl.Series(holding[pairs["who"].to_numpy()], dtype=pl.Boolean))
        _, ptr = _lists(pairs["person"].to_numpy())
        middles, whole = pairs["who"].to_numpy(), self._whole()
        lists = len(ptr) - 1 + _LISTS * int(np.count_nonzero(whole[middles]))
        place, what = fit(first_in_control, self._work(lists))(
            ptr, middles, whole, self.ptr, *self.holdings, self.most_ptr, self.mostly
        )
        return pairs[place].with_columns(pl.Series("what", what, dtype=pl.Int64))

    def _work(self, searches: int) -> int:
        """How large a job so many searches are: some go through everything, most end soon."""
        return len(self.rows) * (1 + searches // (_LISTS * A_ROW))

    def _whole(self) -> Flags:
        """From which companies on more can follow than what each controls alone, and those in loops.

        More follows only where holders none of whom has more than half have that together.
        """
        from followmoney.graph._kernel_jointly import upward
        from followmoney.graph._kernel_owners_first import owners_first

        owned, share, vote, means = self.holdings
        size, owner = len(self.ptr) - 1, self.rows["owner"].to_numpy()
        legal = ~self.its.shares.person[owner]
        joint = np.zeros(size, np.bool_)
        for held in (share, vote):
            part = np.where(legal & (held <= _HALF), held, 0.0)
            joint |= np.bincount(owned, weights=part, minlength=size) > _HALF - 1e-9
        whole = np.zeros(size, np.bool_)
        whole[owner[legal & joint[owned]]] = True
        run = len(owned)
        order, part = fit(owners_first, run)(self.ptr, owned)
        fit(upward, run)(order, part, self.ptr, owned, (share > _HALF) | (vote > _HALF) | (means > 0), whole)
        sizes = np.diff(part)
        whole[order[np.repeat(sizes > 1, sizes)]] = True
        return whole


_FOUND = ("who", "what", "how", "via", "steps", "before")


def rights(its: Stakes, solved: list[Solved], least: Floats) -> tuple[Rights, Rights]:
    """For control that is certain (by the least shares to rely on), and for control that is possible (by the most)."""
    rows, size = control_rows(its), len(its.parties)
    ptr = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(rows["owner"].to_numpy(), minlength=size), out=ptr[1:])
    found: list[Rights] = []
    for end, means in (("sure", "means_sure"), ("most", "means")):
        over = [_over_half(one, one.sure if end == "sure" else one.shares.high) for one in solved]
        pair = np.unique(np.concatenate(over))
        most_ptr = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(pair // max(1, size), minlength=size), out=most_ptr[1:])
        share, vote = (rows[f"{what}_{end}"].to_numpy().astype(np.float64) for what in ("share", "vote"))
        holdings = (rows["owned"].to_numpy(), share, vote, rows[means].to_numpy().astype(np.int8))
        found.append(Rights(its, rows, ptr, holdings, most_ptr, pair % max(1, size), least))
    return found[0], found[1]


def _lists(who: Numbers) -> tuple[Numbers, Numbers]:
    """Whoever stands in order there, each once, and where each begins."""
    each, begin = np.unique(who, return_index=True)
    return each, np.append(begin, len(who)).astype(np.int64)


def _over_half(of: Solved, shares: Floats) -> Numbers:
    """Pairs (owner · size + company) of whoever has more than half of a company over all chains."""
    found = of.shares
    order = np.argsort(found.first, kind="stable")
    company = np.repeat(order, found.count[order])
    at = np.flatnonzero(shares > _HALF)
    return found.who[at].astype(np.int64) * len(of.direct.parties) + company[at]
