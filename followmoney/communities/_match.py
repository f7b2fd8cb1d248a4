"""The networks of two runs put beside each other, by the members they share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from followmoney.communities._frames import MATCHED

if TYPE_CHECKING:
    from followmoney.communities.networks import Networks


def matched(now: Networks, before: Networks, least: float) -> pl.DataFrame:
    """See `Networks.match`."""
    sides = [_members(networks) for networks in (now, before)]
    shared = (
        sides[0].join(sides[1], on=["level", "vertex"], suffix="_before")
        .group_by("network", "network_before", "size", "size_before").agg(pl.len().cast(pl.Int64).alias("shared"))
    )  # fmt: skip
    either = pl.col("size") + pl.col("size_before") - pl.col("shared")
    pairs = shared.with_columns(jaccard=pl.col("shared") / either).filter(pl.col("jaccard") > least)
    pairs = pairs.sort("jaccard", "shared", "network", "network_before", descending=[True, True, False, False])
    taken: set[tuple[str, str]] = set()
    kept: list[bool] = []
    for one, other in pairs.select("network", "network_before").iter_rows():
        free = ("now", one) not in taken and ("before", other) not in taken
        kept.append(free)
        if free:
            taken |= {("now", one), ("before", other)}
    best = pairs.filter(pl.Series(kept, dtype=pl.Boolean)).select(
        "network", "shared", "jaccard", before="network_before",
        joined=pl.col("size") - pl.col("shared"), gone=pl.col("size_before") - pl.col("shared"),
    )  # fmt: skip
    return now.frame.select(network="id").join(best, on="network", maintain_order="left").select(*MATCHED)


def renamed(now: Networks, before: Networks, least: float) -> Networks:
    """See `Networks.keep_ids`."""
    found = matched(now, before, least)
    names = dict(zip(found["network"], found["before"], strict=True))
    taken = set(names.values())
    for own in now.frame["id"]:  # a network of another membership may not go by an id that is given away
        if own not in names and own in taken:
            names[own] = _free(own, taken | set(now.frame["id"]))
            taken.add(names[own])

    def put(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        return frame.with_columns(pl.col(c).replace(names) for c in columns)

    said = (
        f"{len(found):,} of {len(now):,} networks go by the id of an earlier run: of all members of both, more than "
        f"{least:.0%} are members of each."
    )
    return replace(
        now, frame=put(now.frame, "id", "parent"), members=put(now.members, "network"),
        inside=put(now.inside, "network"), notes=(*now.notes, said),
    )  # fmt: skip


def _free(own: str, taken: set[str]) -> str:
    return next(name for n in range(2, len(taken) + 3) if (name := f"{own}-{n}") not in taken)


def _members(networks: Networks) -> pl.DataFrame:
    level = networks.frame.select("level", "size", network="id")
    return networks.members.select("network", "vertex").join(level, on="network")
