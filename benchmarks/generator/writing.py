"""Tables to Parquet files, one file a table."""

from __future__ import annotations

from pathlib import Path

import polars as pl


def write(table: pl.DataFrame, path: Path) -> None:
    """Write one table, making its folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table.write_parquet(path, compression="zstd", statistics=True)


def write_all(tables: dict[str, pl.DataFrame], folder: Path) -> None:
    """Write every table as `<table>.parquet` into the folder."""
    for name, table in tables.items():
        write(table, folder / f"{name}.parquet")
