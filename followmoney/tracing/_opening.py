"""Opening balances that a statement gives; where none is given, nothing is assumed."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.schema.clock import DAY
from followmoney.tracing._purses import Purses

Money = NDArray[np.int64]
Numbers = NDArray[np.intp]


def openings(graph: FlowGraph, size: int, purses: Purses) -> Money:
    """By purse, in minor units: the latest balance stated for the time before the account's first transaction.

    An opening balance counts up to the moment of that transaction; a closing balance, and one stated after no named
    transaction, if it is of an earlier day, or of an earlier time where it has one: one dated midnight is of the end
    of its day. Where two sources state different balances for one moment the lower one is used.
    """
    opening = np.zeros(len(purses.account), np.int64)
    purse, amount = _stated(graph, size, purses)
    opening[purse] = amount
    return opening


def unstated(graph: FlowGraph, size: int, purses: Purses) -> NDArray[np.bool_]:
    """By purse: whether nobody states what was in it before its account's first transaction."""
    nobody = np.ones(len(purses.account), np.bool_)
    nobody[_stated(graph, size, purses)[0]] = False
    return nobody


def _stated(graph: FlowGraph, size: int, purses: Purses) -> tuple[Numbers, Money]:
    """The stated openings: purse and amount; of several for one purse the last one written stands."""
    table = graph.ledger.tables.get("balances", pl.DataFrame())
    if not len(table):
        return np.zeros(0, np.intp), np.zeros(0, np.int64)
    stated = _usable(table)
    number = numbers(graph.vertices["id"], stated["account"])
    when, amount = stated["when"].to_numpy(), stated["amount"].to_numpy()
    codes = stated["currency"].cast(pl.String).cast(pl.Enum(list(graph.currencies)), strict=False)
    code = codes.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    counts = number >= 0
    if size and len(when) and when.max() > graph.time[0]:
        counts &= when <= _first(graph, size)[number]
    purse = np.where(counts, _purse(purses, number, code), -1)
    there = np.flatnonzero(purse >= 0)
    if np.bincount(purse[there]).max(initial=0) > 1:
        there = there[np.lexsort((-amount[there], when[there]))]
    return purse[there], amount[there]


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
    keys, wanted = _keys(known), _keys(asked)
    order, turn = np.argsort(keys), np.argsort(wanted)  # looking up in order is quicker than the sorting costs
    keys, wanted = keys[order], wanted[turn]
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found = np.empty(len(asked), np.intp)
    found[turn] = np.where(keys[place] == wanted, order[place], -1)
    hit = np.flatnonzero(found >= 0)
    if (known.gather(found[hit]) == asked.gather(hit)).all():
        return found
    table = pl.DataFrame({"id": known}).with_row_index("number")  # two names with one key
    joined = pl.DataFrame({"id": asked}).join(table, on="id", how="left", maintain_order="left")
    return joined["number"].cast(pl.Int64).fill_null(-1).to_numpy()


def _keys(names: pl.Series) -> NDArray[np.uint64]:
    """A number for every name, nearly always another one for another name; quicker to sort than names."""
    return names.hash().to_numpy()


def _purse(purses: Purses, number: Numbers, code: Money) -> Numbers:
    """The purse of each of these accounts in a currency, or -1; the private purses of linked cash have no opening."""
    key = purses.account.astype(np.int64) * 256 + purses.currency
    own = int(np.append(np.flatnonzero(np.diff(key) <= 0) + 1, len(key))[0])
    candidate = np.searchsorted(purses.account[:own], np.arange(int(number.max(initial=0)) + 1))[number]
    found = np.full(len(number), -1)
    left = np.flatnonzero(number >= 0)
    while len(left):  # an account has few purses, one after the other
        left = left[candidate[left] < own]
        at = candidate[left]
        left, at = (some[purses.account[at] == number[left]] for some in (left, at))
        hit = purses.currency[at] == code[left]
        found[left[hit]] = at[hit]
        left = left[~hit]
        candidate[left] += 1
    return found


def _first(graph: FlowGraph, size: int) -> Money:
    """By account: time of its first transaction."""
    first = np.full(len(graph.vertices), np.iinfo(np.int64).max)
    last_to_first = slice(None, None, -1)  # written backwards, so the earliest stands
    credited = first.copy()
    first[graph.originator[:size][last_to_first]] = graph.time[:size][last_to_first]
    credited[graph.beneficiary[:size][last_to_first]] = graph.time[:size][last_to_first]
    return np.minimum(first, credited)
