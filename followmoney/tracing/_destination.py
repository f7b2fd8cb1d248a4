"""Which transactions bring claim money to what somebody asks about, and how much each can bring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.tracing._ways import Ways

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

KINDS = ("cash", "unknown", "asset", "debt", "fee", "pooled", "good_faith")
"""Kinds of exits, as in `Trace.exits`."""

_SHOWN = 1_000  # names looked through for the nearest match
_ALL = np.iinfo(np.int64).max

Money = NDArray[np.int64]


def destination(trace: Trace, ways: Ways, to: str | Iterable[str]) -> tuple[Money, Money]:
    """Rows of the rows that go there, in order, and the most that each can bring there.

    An asset is not its seller: what was paid for it went to the asset.
    """
    rows = [np.zeros(0, np.int64)]
    most = [rows[0]]
    for name in [to] if isinstance(to, str) else sorted(set(to)):
        there = _debts(ways) if name == "debt" else _there(trace, ways, name)
        rows.append(there)
        most.append(ways.discharged[there] if name == "debt" else np.full(len(there), _ALL))
    if len(rows) <= 2:  # noqa: PLR2004 - one name
        return rows[-1], most[-1]
    order = np.lexsort((-np.concatenate(most), np.concatenate(rows)))
    there, first = np.unique(np.concatenate(rows)[order], return_index=True)
    return there, np.concatenate(most)[order][first]


def _there(trace: Trace, ways: Ways, name: str) -> Money:
    """Rows of the rows that go to an account, an asset, a kind of exit, a party or a country."""
    if name in KINDS:
        return _kind(trace, ways, name)
    if name in ways.names.purses:  # nearly always, and fast
        return _accounts(ways, ways.names.purses[name])
    ledger, vertices = trace.graph.ledger, trace.graph.vertices
    assets = ledger.assets
    if name in assets["id"] or name in trace.record.assets.values():
        return _assets(ways, {name})
    if name in vertices["id"]:
        return np.zeros(0, np.int64)  # no claim money came there
    for column in ("holder", "country"):
        held = ways.names.holders.with_row_index("purse").filter(pl.col(column) == name)["purse"].to_list()
        owned = set(assets.filter(pl.col(column).cast(pl.String) == name)["id"].to_list())
        known = column in vertices.columns and bool((vertices[column].cast(pl.String) == name).any())
        if held or owned or known or (column == "holder" and name in ledger.parties["id"]):
            return np.unique(np.concatenate([_accounts(ways, held), _assets(ways, owned)]))
    what = "account, asset, party, country or kind of exit"
    raise SettingsError(unknown(what, name, [*KINDS, *vertices["id"].head(_SHOWN), *assets["id"].head(_SHOWN)]))


def _accounts(ways: Ways, purses: list[int]) -> Money:
    ptr, bought = ways.ptr, list(ways.names.assets)
    parts: list[Money] = [np.arange(ptr[purse], ptr[purse + 1]) for purse in purses]
    rows = np.concatenate([np.zeros(0, np.int64), *parts])
    return rows[~np.isin(rows, bought)] if bought else rows


def _assets(ways: Ways, names: set[str]) -> Money:
    return np.sort(np.array([row for row, parts in ways.names.assets.items() if names & parts], np.int64))


def _kind(trace: Trace, ways: Ways, kind: str) -> Money:
    record = trace.record
    if kind == "asset":
        return np.array(sorted(ways.names.assets), np.int64)
    if kind in ("cash", "unknown"):
        graph = trace.graph
        scheme = graph.vertices["scheme"].gather(ways.names.accounts).cast(pl.String) if graph.outside.any() else None
        purses = (scheme == kind).arg_true().to_list() if scheme is not None else []
        return _accounts(ways, purses)
    stops = np.array(sorted(at for at, stop in record.stops.items() if stop == kind), np.int64)
    return np.flatnonzero(np.isin(ways.names.at, stops))


def _debts(ways: Ways) -> Money:
    return np.flatnonzero(ways.discharged > 0)
