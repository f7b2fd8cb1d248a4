"""The columns of the tables of networks and their members."""

from __future__ import annotations

import polars as pl

_MOMENT = pl.Datetime("us", "UTC")

NETWORKS = {
    "id": pl.String, "level": pl.Int64, "parent": pl.String, "size": pl.Int64, "transactions": pl.Int64,
    "internal": pl.Int64, "incoming": pl.Int64, "outgoing": pl.Int64, "currency": pl.String, "first": _MOMENT,
    "last": _MOMENT, "countries": pl.List(pl.String), "findings": pl.Int64, "label": pl.String,
    "explanation": pl.String,
}  # fmt: skip
"""Columns of `Networks.frame`; see `Network`."""

MEMBERS = {
    "network": pl.String, "vertex": pl.String, "label": pl.String, "roles": pl.List(pl.String), "received": pl.Int64,
    "paid": pl.Int64, "incoming": pl.Int64, "outgoing": pl.Int64, "currency": pl.String, "country": pl.String,
}  # fmt: skip
"""Columns of `Networks.members`."""

INSIDE = {"network": pl.String, "finding": pl.String, "pattern": pl.String}
"""Columns of `Networks.inside`."""

MATCHED = {
    "network": pl.String, "before": pl.String, "shared": pl.Int64, "joined": pl.Int64, "gone": pl.Int64,
    "jaccard": pl.Float64,
}  # fmt: skip
"""Columns of `Networks.match`."""
