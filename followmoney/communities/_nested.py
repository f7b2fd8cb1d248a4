"""Networks of several levels in one table, each with the larger one it lies in."""

from __future__ import annotations

import polars as pl


def nested(frames: list[pl.DataFrame], members: list[pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All levels below one another, a network that is the same at two of them once, and the parent of each."""
    frame, of = frames[0], members[0]
    for next_frame, next_members in zip(frames[1:], members[1:], strict=True):
        new = ~next_frame["id"].is_in(frame["id"].implode())
        added = next_frame.filter(new)
        into = next_members.filter(pl.col("network").is_in(added["id"].implode()))
        within = of.select("network", "vertex").join(into.select("vertex", up="network"), on="vertex", how="inner")
        parents = within.group_by("network").agg(pl.col("up").first())
        frame = (
            frame.join(parents, left_on="id", right_on="network", how="left", maintain_order="left")
            .with_columns(pl.coalesce("parent", "up").alias("parent"))
            .drop("up")
        )
        frame, of = pl.concat([frame, added]), pl.concat([of, into])
    return frame, of
