"""Opening balances that a statement gives; where none is given, nothing is assumed."""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.schema.clock import DAY
from followmoney.tracing._purses import Purses

Money = NDArray[np.int64]
Numbers = NDArray[np.intp]
_NEVER = np.iinfo(np.int64).max
_PIECE = 1 << 16


class Stated(NamedTuple):
    """The stated openings, a row each; where several are of one account and currency the last one counts."""

    account: NDArray[np.uint32]
    """Number of the vertex."""
    currency: NDArray[np.uint8]
    """Number of the currency."""
    amount: Money


_OF: WeakKeyDictionary[FlowGraph, Stated] = WeakKeyDictionary()
"""What is stated for a graph, which never changes: every question about it asks."""


def openings(graph: FlowGraph, purses: Purses) -> Money:
    """By purse, in minor units: the latest balance stated for the time before the account's first transaction.

    An opening balance counts up to the moment of that transaction; a closing balance, and one stated after no named
    transaction, if it is of an earlier day, or of an earlier time where it has one: one dated midnight is of the end
    of its day. Where two sources state different balances for one moment the lower one is used.
    """
    opening, its = np.zeros(len(purses.account), np.int64), stated(graph)
    purse = _purse(purses, its)
    opening[purse[purse >= 0]] = its.amount[purse >= 0]
    return opening


def unstated(graph: FlowGraph, purses: Purses) -> NDArray[np.bool_]:
    """By purse: whether nobody states what was in it before its account's first transaction."""
    nobody, purse = np.ones(len(purses.account), np.bool_), _purse(purses, stated(graph))
    nobody[purse[purse >= 0]] = False
    return nobody


def stated(graph: FlowGraph) -> Stated:
    """The stated openings of the accounts of a graph. Cost: a few passes over the balances and transactions, once."""
    if graph not in _OF:
        _OF[graph] = _stated(graph)
    return _OF[graph]


def _stated(graph: FlowGraph) -> Stated:
    table, first = graph.ledger.tables.get("balances", pl.DataFrame()), _first(graph, len(graph))
    moved = np.flatnonzero(first < _NEVER)
    usable = _usable(table).filter(pl.col("when") <= first[moved].max()) if len(table) and len(moved) else table
    if not len(usable):
        return Stated(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.int64))
    place = numbers(graph.vertices["id"].gather(moved), usable["account"])
    number, when, amount = moved[place], usable["when"].to_numpy(), usable["amount"].to_numpy()
    code = usable["currency"].cast(pl.String).cast(pl.Enum(list(graph.currencies)), strict=False).to_physical()
    rows = np.flatnonzero((place >= 0) & code.is_not_null().to_numpy() & (when <= first[number]))
    several = np.bincount(number[rows])[number[rows]] > 1 if len(rows) else np.zeros(0, np.bool_)
    if several.any():
        again = rows[several]
        rows = np.concatenate([rows[~several], again[np.lexsort((-amount[again], when[again]))]])
    codes = code.cast(pl.UInt8).fill_null(0).to_numpy()
    return Stated(number[rows].astype(np.uint32), codes[rows], amount[rows])


def _usable(table: pl.DataFrame) -> pl.DataFrame:
    """Balances of no transaction: account, when (the last microsecond before which they stood), amount, currency."""
    opens, at = pl.col("kind").cast(pl.String) == "opening", pl.col("at").to_physical()
    end = at + pl.when(at % DAY == 0).then(DAY).otherwise(1)
    return table.filter(opens | _of_none(table)).select(
        "account", when=pl.when(opens).then(at).otherwise(end), amount="amount", currency="currency"
    )


def _of_none(table: pl.DataFrame) -> pl.Expr:
    return pl.col("after").is_null() if "after" in table.columns else pl.lit(value=True)


def unclear(graph: FlowGraph, size: int) -> list[str]:
    """Accounts with a balance stated at the time of their first transaction, or on its day: before it or after it."""
    table = graph.ledger.tables.get("balances", pl.DataFrame())
    if not len(table):
        return []
    at = pl.col("at").to_physical()
    stated = table.filter((pl.col("kind").cast(pl.String) == "stated") & _of_none(table))
    number = numbers(graph.vertices["id"], stated["account"])
    first, start = _first(graph, size)[np.maximum(number, 0)], stated.select(at).to_series().to_numpy()
    end = start + np.where(start % DAY == 0, DAY, 1)
    return sorted(set(stated["account"].filter(pl.Series((number >= 0) & (start <= first) & (first < end)))))


def numbers(known: pl.Series, asked: pl.Series) -> Numbers:
    """Where each of these names stands among those known (without repetition), or -1."""
    if not len(known) or not len(asked):
        return np.full(len(asked), -1)
    (order, keys), (turn, wanted) = _sorted_keys(known), _sorted_keys(asked)  # quicker to look up than unsorted ones
    place = np.searchsorted(keys, wanted)
    np.minimum(place, len(keys) - 1, out=place)
    missing = turn[keys[place] != wanted]
    del keys, wanted
    found = np.empty(len(asked), np.intp)
    found[turn] = order[place]
    found[missing] = -1
    del order, turn, place
    hit = np.flatnonzero(found >= 0)
    pieces = np.array_split(hit, 1 + len(hit) // _PIECE)  # all at once, the names would be the most memory of a trace
    if all((known.gather(found[piece]) == asked.gather(piece)).all() for piece in pieces):
        return found
    table = pl.DataFrame({"id": known}).with_row_index("number")  # two names with one key
    joined = pl.DataFrame({"id": asked}).join(table, on="id", how="left", maintain_order="left")
    return joined["number"].cast(pl.Int64).fill_null(-1).to_numpy()


def _keys(names: pl.Series) -> NDArray[np.uint64]:
    """A number for every name, nearly always another one for another name; quicker to sort than names."""
    return names.hash().to_numpy()


def _sorted_keys(names: pl.Series) -> tuple[Numbers, NDArray[np.uint64]]:
    """Which names these are, in order of their keys; and the keys."""
    keys = _keys(names)
    order = np.argsort(keys)
    return order, keys[order]


def _purse(purses: Purses, its: Stated) -> Numbers:
    """The purse of each of these accounts in a currency, or -1; the private purses of linked cash have no opening."""
    key = purses.account.astype(np.int64) * 256 + purses.currency
    own = int(np.append(np.flatnonzero(np.diff(key) <= 0) + 1, len(key))[0])
    number = its.account.astype(np.int64)
    begins = np.zeros(max(int(number.max(initial=0)), int(purses.account[:own].max(initial=0))) + 2, np.int64)
    np.cumsum(np.bincount(purses.account[:own], minlength=len(begins) - 1), out=begins[1:])
    candidate = begins[number]
    found = np.full(len(number), -1)
    left = np.arange(len(number))
    while len(left):  # an account has few purses, one after the other
        left = left[candidate[left] < own]
        at = candidate[left]
        left, at = (some[purses.account[at] == number[left]] for some in (left, at))
        hit = purses.currency[at] == its.currency[left]
        found[left[hit]] = at[hit]
        left = left[~hit]
        candidate[left] += 1
    return found


def _first(graph: FlowGraph, size: int) -> Money:
    """By account: time of its first transaction."""
    first = np.full(len(graph.vertices), _NEVER)
    last_to_first = slice(None, None, -1)  # written backwards, so the earliest stands
    credited = first.copy()
    first[graph.originator[:size][last_to_first]] = graph.time[:size][last_to_first]
    credited[graph.beneficiary[:size][last_to_first]] = graph.time[:size][last_to_first]
    return np.minimum(first, credited)
