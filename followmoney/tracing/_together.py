"""Holders of one party or one country together, with their assets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.tracing import _frames
from followmoney.tracing._expanded import ASSET, HOLDING
from followmoney.tracing._holders import between, most_rows
from followmoney.tracing._ranges import Places

if TYPE_CHECKING:
    from followmoney.tracing._places import Named
    from followmoney.tracing.traced import Trace

_INSTANT = pl.Datetime("us", "UTC")


def together(trace: Trace, held: pl.DataFrame, by: str, *, bounded: bool = True) -> pl.DataFrame:
    """See `Trace.holders`; `held` are its holders by account. The least and the most are null unless `bounded`."""
    column = "holder" if by == "party" else "country"
    claims = [name for name in held.columns if name.startswith("claim")]
    accounts = held.select(
        pl.col(column).alias("who"), "currency", "balance", *claims, "bound", "last_moved", accounts=1, assets=0
    )  # fmt: skip
    rows = pl.concat([accounts, _assets(trace, column, claims)], how="vertical_relaxed")
    found = (
        rows.group_by("who", "currency")
        .agg(pl.col("accounts", "assets", "balance", *claims).sum(), pl.col("bound").min(), pl.col("last_moved").max())
        .sort("claim", "who", "currency", descending=[True, False, False])
    )
    groups = found.select("who", "currency").rows()[: most_rows(trace) if bounded and len(found) else 0]
    ends: list[tuple[int | None, int | None]] = []
    ends += between(trace, _sets(trace.rule_free.named, column, groups)) if groups else []
    ends += [(None, None)] * (len(found) - len(ends))
    parties = trace.graph.ledger.parties.select(who="id", name="name", country="country")
    shown = found.with_columns(
        least=pl.Series([end[0] for end in ends], dtype=pl.Int64),
        most=pl.Series([end[1] for end in ends], dtype=pl.Int64),
    )
    if by == "party":
        shown = shown.join(parties, on="who", how="left", maintain_order="left")
    first = ["name", "country"] if by == "party" else []
    return shown.select(
        pl.col("who").alias(by), *first, "currency", "accounts", "assets", "balance", "claim", "least", "most",
        "bound", "last_moved", *claims[1:],
    )  # fmt: skip


def _assets(trace: Trace, column: str, claims: list[str]) -> pl.DataFrame:
    """Claim money in assets, a row an asset: as accounts are."""
    its = [trace, *trace.apart().values()]
    parts = [_frames.exits(one).filter(pl.col("kind") == "asset").drop("kind") for one in its]
    found = parts[0]
    for name, part in zip(claims[1:], parts[1:], strict=True):
        found = found.join(
            part.select("to", "currency", pl.col("claim").alias(name)), on=["to", "currency"], how="left"
        )
    owner = _owners(trace, column)
    time: dict[str, int] = {}
    for at in trace.flows.left_at.tolist():
        if (asset := trace.record.assets.get(at)) is not None:
            time[asset] = max(time.get(asset, 0), int(trace.graph.time[at]))
    names = found["to"].to_list()
    return found.select(
        pl.Series("who", [owner(name) for name in names], dtype=pl.String), "currency", pl.lit(0).alias("balance"),
        *[pl.col(name).fill_null(0) for name in claims], "bound",
        pl.Series("last_moved", [time.get(name) for name in names], dtype=pl.Int64).cast(_INSTANT),
        accounts=0, assets=1,
    )  # fmt: skip


def _owners(trace: Trace, column: str) -> Callable[[str], str | None]:
    """From the name of an asset, or of several bought with one payment, to whom or where it is; None: not one."""
    known = dict(trace.graph.ledger.assets.select("id", column).iter_rows())

    def owner(name: str) -> str | None:
        found = {known.get(part) for part in name.split(" + ")}
        return found.pop() if len(found) == 1 else None

    return owner


def _sets(named: Named, column: str, groups: list[tuple[str | None, str]]) -> list[Places]:
    """All places of each group: every account and asset of a party or a country in one currency."""
    network, places = named.network, named.places
    vertices, table = named.graph.vertices, dict(named.graph.ledger.assets.select("id", column).iter_rows())
    account = np.zeros(len(network.kind), np.int64)
    held = (network.kind == HOLDING) & (places["kind"] == "account").fill_null(value=False).to_numpy()
    account[held] = named.record.purses.account[network.key[held]]
    known = vertices[column].to_list() if column in vertices.columns else [None] * len(vertices)
    sure: dict[tuple[str | None, str], list[int]] = {group: [] for group in groups}
    possible: dict[tuple[str | None, str], list[int]] = {group: [] for group in groups}
    currency, name = places["currency"].to_list(), places["id"].to_list()
    for at in np.flatnonzero(held | (network.kind == ASSET)).tolist():
        whose = {known[int(account[at])]} if held[at] else {table.get(part) for part in name[at].split(" + ")}
        for one in whose | ({None} if len(whose) > 1 else set[None]()):
            if (key := (one, currency[at])) in possible:
                possible[key].append(at)
                if len(whose) == 1 or one is None:
                    sure[key].append(at)
    return [Places(np.array(sure[group], np.int64), np.array(possible[group], np.int64)) for group in groups]
