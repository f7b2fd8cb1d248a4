"""What a transaction brings money to: an account, an outside end, an asset, or an end that somebody asserts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.tracing._record import Record

Positions = NDArray[np.int64]
Keys = NDArray[np.int64]
"""Numbers of accounts; from the number of accounts on, assets and asserted ends."""

_TEXT = {"account": pl.String, "kind": pl.String, "holder": pl.String, "country": pl.String}


@dataclass(frozen=True, eq=False)
class Ends:
    """The ends of the transactions of a record, by number and by name."""

    record: Record

    def of(self, at: Positions) -> Keys:
        """The end of each of these transactions."""
        purses, tape = self.record.purses, self.record.tape
        keys = purses.account[tape.got[at]].astype(np.int64)
        where, which, _ = self._special
        if len(where):
            slot = np.minimum(np.searchsorted(where, at), len(where) - 1)
            hit = where[slot] == at
            keys[hit] = len(self.record.graph.vertices) + which[slot[hit]]
        return keys

    def frame(self, keys: Keys) -> pl.DataFrame:
        """By key: account (or the asset), kind (account, cash, unknown, asset, fee, pooled, good_faith), and whose."""
        graph = self.record.graph
        accounts = len(graph.vertices)
        plain = keys < accounts
        vertices = graph.vertices[keys[plain]]
        columns = {"account": "id", "kind": "scheme", "holder": "holder", "country": "country"}
        known = vertices.select(
            (pl.col(old) if old in vertices.columns else pl.lit(None)).cast(pl.String).alias(new)
            for new, old in columns.items()
        )
        outside = pl.Series(graph.outside[keys[plain]], dtype=pl.Boolean)
        known = known.with_columns(kind=pl.when(outside).then("kind").otherwise(pl.lit("account")))
        special = self._special[2][keys[~plain] - accounts]
        order = np.empty(len(keys), np.int64)
        order[np.concatenate([np.flatnonzero(plain), np.flatnonzero(~plain)])] = np.arange(len(keys))
        names = graph.ledger.parties.select(holder="id", name="name")
        rows = pl.concat([known, special])[order].join(names, on="holder", how="left", maintain_order="left")
        return rows.select("account", "kind", "holder", "name", "country")

    @cached_property
    def _special(self) -> tuple[Positions, Keys, pl.DataFrame]:
        """Positions of transactions that go to an asset or an asserted end, in order; which; and what these are."""
        record, vertices = self.record, self.record.graph.vertices
        stops = np.array(sorted(record.stops), np.int64)
        payees = vertices["id"].gather(record.purses.account[record.tape.got[stops]]).to_list()
        found = {at: (payee, record.stops[at]) for at, payee in zip(stops.tolist(), payees, strict=True)}
        found |= {at: (asset, "asset") for at, asset in record.assets.items()}
        named = {end: number for number, end in enumerate(sorted(set(found.values())))}
        where = sorted(found)
        which = np.array([named[found[at]] for at in where], np.int64)
        rows = pl.DataFrame(list(named), schema=["account", "kind"], orient="row")
        if not len(rows):
            return np.zeros(0, np.int64), which, pl.DataFrame(schema=_TEXT)
        whose = pl.concat([
            vertices.select(account="id", holder=_text(vertices, "holder"), country=_text(vertices, "country"))
            .filter(pl.col("account").is_in([end for end, kind in named if kind != "asset"]))
            .with_columns(of=pl.lit("account")),
            record.graph.ledger.assets.select(account="id", holder="holder", country=pl.col("country").cast(pl.String))
            .with_columns(of=pl.lit("asset")),
        ])  # fmt: skip
        of = pl.when(pl.col("kind") == "asset").then(pl.lit("asset")).otherwise(pl.lit("account"))
        rows = rows.with_columns(of=of).join(whose, on=["account", "of"], how="left", maintain_order="left")
        return np.array(where, np.int64), which, rows.select(*_TEXT)


def _text(frame: pl.DataFrame, column: str) -> pl.Expr:
    return (pl.col(column) if column in frame.columns else pl.lit(None)).cast(pl.String)
