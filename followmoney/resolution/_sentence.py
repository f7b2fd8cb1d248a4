"""Pairs and conflicts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.resolution._cards import columns
from followmoney.resolution._clusters import Conflict
from followmoney.resolution._score import Scored, registered_apart, score
from followmoney.resolution._table import US, table
from followmoney.resolution._traits import traits

if TYPE_CHECKING:
    from followmoney.resolution.resolution import Resolution


def pair(found: Resolution, left: int, right: int) -> str:
    """One pair: its outcome, who decided, and every weight."""
    one, other = (_named(found, at) for at in (left, right))
    if left == right:
        return f"{one} is one party."
    ids = found.cards.ids
    row = found.pairs.filter((pl.col("left") == ids[left]) & (pl.col("right") == ids[right]))
    if len(row):
        told = row.row(0, named=True)
        by = "" if told["decided_by"] == US else f", decided by {told['decided_by']}"
        said = f"{told['outcome']}{by} (weight {told['weight']:+g}; {told['reason']})."
        return f"{one} and {other}: {said}{_way(found, left, right)}"
    ends = np.array([[left], [right]], np.uint32)
    scored = score(found.cards, ends[0], ends[1], found.weights)
    no = np.zeros(1, bool)
    told = table(
        found.cards,
        scored,
        written=columns(found.ledger, "parties", "name")["name"],
        same=no,
        held=no,
        decided={},
        roots=found.groups.of,
    ).row(0, named=True)
    enough = told["weight"] >= found.weights.review
    why = f" They are not listed: {_unlisted(found, scored)}." if enough else ""
    return (
        f"{one} and {other}: different (weight {told['weight']:+g}; {told['reason']}).{why}{_way(found, left, right)}"
    )


def _unlisted(found: Resolution, scored: Scored) -> str:
    if registered_apart(found.cards, scored)[0]:
        return "a register has them as two"
    return "they share nothing that few others do, or nobody asked for them"


def conflict(found: Resolution, what: Conflict) -> str:
    """One conflict, with its chain."""
    names = [_named(found, at) for at in what.chain]
    by = f" by way of {', '.join(names[1:-1])}" if len(names) > 2 else ""  # noqa: PLR2004
    if what.what == "decision":
        apart = [
            str(d)
            for d in found.decisions
            if {d.left, d.right} == {found.cards.ids[what.chain[0]], found.cards.ids[what.chain[-1]]}
        ]
        origin = "Decisions" if what.decided else "Pairs"
        return f"{origin} would make {names[0]} and {names[-1]} the same{by}, but: {'; '.join(apart)}. None was merged."
    said = next(trait.said for trait in traits(found.cards) if trait.field == what.what)
    return f"Pairs would make {names[0]} and {names[-1]} the same{by}, but {said}. None was merged."


def _named(found: Resolution, at: int) -> str:
    name = columns(found.ledger, "parties", "name")["name"][int(found.cards.order[at])]
    return f"{found.cards.ids[at]} ({name})" if name else str(found.cards.ids[at])


def _way(found: Resolution, left: int, right: int) -> str:
    of = found.groups.of
    return (
        " They are counted as one, by way of others." if _indirect(found, left, right) and of[left] == of[right] else ""
    )


def _indirect(found: Resolution, left: int, right: int) -> bool:
    ids = found.cards.ids
    direct = (pl.col("left") == ids[left]) & (pl.col("right") == ids[right]) & (pl.col("outcome") == "same")
    return not len(found.pairs.filter(direct))
