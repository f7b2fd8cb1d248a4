"""Who controls which company, through what, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph._article_52 import Solved
from followmoney.graph._chains import NOMINEE, share
from followmoney.graph._kernels import fit
from followmoney.graph._stakes import Stakes, control_rows

_HALF = 0.5 + 1e-9
_MEANS = {3: "appoints the board", 4: "controls it by other means"}

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Control:
    """Pairs of a controller and what it controls, or directly holds enough of through what it controls."""

    frame: pl.DataFrame
    """Numbers who, what; how (as `_kernel_control` numbers it); via (row of `rows`, -1: over many chains)."""
    rows: pl.DataFrame
    """The holdings, as `control_rows` has them."""

    def way(self, its: Stakes) -> Ways:
        """Ways as text."""
        return Ways(self, its)


class Ways:
    """The way from a controller down to a company, as text; each beginning is written once."""

    def __init__(self, control: Control, its: Stakes) -> None:
        self._names, self._lent = its.parties, its.shares.lent
        self._via = {(x, c): h for x, c, h in control.frame.select("who", "what", "via").iter_rows()}
        self._rows = control.rows
        self._known: dict[tuple[int, int], str | None] = {}

    def down(self, who: int, what: int) -> str | None:
        """Like "P → A (60 %) → B (appoints the board)"; None where over some step only many chains together lead."""
        todo = [what]
        while todo:
            at = todo[-1]
            if (who, at) in self._known:
                todo.pop()
                continue
            holding = self._via.get((who, at), -1)
            if holding < 0:
                self._known[who, at] = None
                continue
            row = self._rows.row(holding, named=True)
            if row["owner"] == who:
                self._known[who, at] = f"{self._names[who]}{self._step(row)}"
            elif (who, row["owner"]) in self._known:
                before = self._known[who, row["owner"]]
                self._known[who, at] = None if before is None else f"{before}{self._step(row)}"
            else:
                todo.append(row["owner"])
        return self._known[who, what]

    def _step(self, row: dict[str, float]) -> str:
        to, least, most = int(row["owned"]), row["vote_least"], row["vote_most"]
        if self._lent is not None and self._lent[to]:
            said = NOMINEE
        elif most > 0 or row["share_most"] > 0:
            held = (row["share_least"], row["share_most"]) if row["share_most"] > 0 else (least, most)
            said = share(*held) + (" of the votes" if not row["share_most"] > 0 else "")
            said += f", {share(least, most)} of the votes" if row["share_most"] > 0 and (least, most) != held else ""
        else:
            said = _MEANS[int(row["means"])]
        return f" → {self._names[to]} ({said})"


def controls(its: Stakes, solved: list[Solved], least: Floats) -> tuple[Control, Control]:
    """Control that is certain (by the least shares to rely on), and control that is possible (by most shares)."""
    from followmoney.graph._kernel_control import control

    rows, size = control_rows(its), len(its.parties)
    ptr = np.zeros(size + 1, np.int64)
    owner = rows["owner"].to_numpy()
    np.cumsum(np.bincount(owner, minlength=size), out=ptr[1:])
    found: list[Control] = []
    for end, means in (("sure", "means_sure"), ("most", "means")):
        over = [_over_half(one, one.sure if end == "sure" else one.shares.high) for one in solved]
        pair = np.unique(np.concatenate(over))
        most_ptr = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(pair // max(1, size), minlength=size), out=most_ptr[1:])
        share_, vote = (rows[f"{what}_{end}"].to_numpy().astype(np.float64) for what in ("share", "vote"))
        who, what, how, via = fit(control, len(rows))(
            ptr, rows["owned"].to_numpy(), share_, vote, rows[means].to_numpy().astype(np.int8),
            most_ptr, pair % max(1, size), least,
        )  # fmt: skip
        found.append(Control(pl.DataFrame({"who": who, "what": what, "how": how, "via": via}), rows))
    return found[0], found[1]


def _over_half(of: Solved, shares: Floats) -> NDArray[np.int64]:
    """Pairs (owner · size + company) of whoever has more than half of a company over all chains."""
    found = of.shares
    order = np.argsort(found.first, kind="stable")
    company = np.repeat(order, found.count[order])
    at = np.flatnonzero(shares > _HALF)
    return found.who[at].astype(np.int64) * len(of.direct.parties) + company[at]
