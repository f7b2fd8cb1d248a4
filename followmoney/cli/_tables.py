"""Frames of a stage on disk, as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import polars as pl

R = TypeVar("R")


def write(folder: Path, **frames: pl.DataFrame) -> None:
    """Write each frame to `<name>.parquet`."""
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")


def read(folder: Path, make: Callable[..., R], *names: str, notes: Sequence[Any]) -> R:
    """Build a result again from its frames and notes."""
    import polars as pl

    return make(*(pl.read_parquet(folder / f"{name}.parquet") for name in names), tuple(notes))
