"""The countries that the FATF lists, as a table: from when to when, and where that was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def table() -> pl.DataFrame:
    """A row a country, list and time, by country; empty under `until` where it is still listed."""
    import polars as pl

    from followmoney.schema.listed import listed

    columns = ("place", "list", "since", "until", "source", "removal")
    rows = [{c: getattr(x, c) or None for c in columns} for x in sorted(listed(), key=lambda x: (x.place, x.since))]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String) | {"since": pl.Date, "until": pl.Date})
