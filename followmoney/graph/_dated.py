"""Fold where accounts change hands: each end of a transaction belongs to whoever owned the holder on its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph.enough import Enough
from followmoney.graph.flow import FlowGraph
from followmoney.schema.clock import DAY

_BITS = 24  # for days: 45,000 years

Numbers = NDArray[np.int64]


def dated(
    graph: FlowGraph, held: pl.DataFrame, by_day: pl.DataFrame,
    described: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame], enough: Enough,
) -> FlowGraph:  # fmt: skip
    """Vertices by owner, and each end of each transaction at the vertex of its day. See `fold`.

    `held` has every account with its party, `by_day` whom companies are counted with since when; `described` names
    the vertex of each row.
    """
    ledger = graph.ledger
    day = ledger.numbered["booked_at"].to_physical().to_numpy() // DAY
    begin = int(day.min())
    spells = held.with_row_index("account").join(
        by_day, left_on="party", right_on="company", how="left", maintain_order="left"
    )
    spells = spells.with_columns(
        pl.coalesce("person", "party").alias("party"),
        since=pl.col("since").to_physical().cast(pl.Int64).fill_null(begin) - begin,
    ).sort("account", "since", maintain_order=True)  # fmt: skip
    account = spells["account"].to_numpy().astype(np.int64)
    key = (account << _BITS) + spells["since"].to_numpy()
    first = np.searchsorted(account, np.arange(len(held)))
    changes = np.bincount(account, minlength=len(held)) > 1

    def spell(ends: NDArray[np.unsignedinteger], days: Numbers) -> Numbers:
        found = first[ends]
        at = np.flatnonzero(changes[ends])
        found[at] = np.maximum(
            np.searchsorted(key, (ends[at].astype(np.int64) << _BITS) + days[at], "right") - 1, found[at]
        )
        return found

    ends = {end: spell(ledger.numbered[end].to_numpy(), day - begin) for end in ("originator", "beneficiary")}
    order = _order(len(spells), ends["originator"], ends["beneficiary"])
    silent = np.bincount(account, weights=order < _never(ends), minlength=len(held)) == 0
    last = np.append(account[1:] != account[:-1], np.ones(min(1, len(account)), np.bool_))
    used = (order < _never(ends)) | (silent[account] & last)
    names = described(spells, ledger.parties).with_columns(
        pl.Series("order", order), pl.Series("used", used), pl.Series("account", account)
    )
    vertices = names.filter("used").sort("order", maintain_order=True).group_by("id", maintain_order=True).agg(
        pl.first("label", "kind", "country"), pl.col("account").n_unique().cast(pl.Int64).alias("accounts"),
        pl.first("scheme"),
    )  # fmt: skip
    number = vertices.select("id", pl.int_range(pl.len(), dtype=pl.UInt32).alias("number"))
    vertex = names.join(number, on="id", how="left", maintain_order="left")["number"].fill_null(0).to_numpy()
    columns = replace(
        graph.columns,
        **{end: vertex[found[graph.columns.number]] for end, found in ends.items()},
    )
    same = by_day.group_by("company").agg(pl.col("person").unique()).filter(pl.col("person").list.len() == 1)
    merged = same.select("company", pl.col("person").list.first()).drop_nulls()
    return FlowGraph(ledger, columns=columns, vertices=vertices, merged=dict(merged.iter_rows()), enough=enough)


def _never(ends: dict[str, Numbers]) -> int:
    return 2 * len(ends["originator"])


def _order(spells: int, originator: Numbers, beneficiary: Numbers) -> Numbers:
    """When money first touches each spell, as twice the row (and one more for the beneficiary); behind all if never."""
    rows = np.arange(len(originator), dtype=np.int64)
    order = np.full(spells, 2 * len(rows), np.int64)
    order[beneficiary[::-1]] = 2 * rows[::-1] + 1
    paid = np.full(spells, 2 * len(rows), np.int64)
    paid[originator[::-1]] = 2 * rows[::-1]
    return np.minimum(order, paid)
