"""Returned payments: which earlier entry of the same account came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl

from followmoney.readers._parts import Made

_STEP = 4_000


class Returns:
    """Entries that may come back, a few bytes each, and entries that are said to come back, kept until the end."""

    def __init__(self, notes: Counter[str]) -> None:
        self.notes = notes
        self._kept: list[pl.DataFrame] = []
        self._some: list[tuple[str, str, int]] = []
        self._waiting: list[tuple[str, str, dict[str, Any]]] = []

    def original(self, key: str, row: dict[str, Any]) -> None:
        """An entry that may come back, under its key (account, direction, reference)."""
        self._some.append((key, row["id"], row["amount"]))
        if len(self._some) >= _STEP:
            self._flush()

    def returned(self, key: str | None, source: str, row: dict[str, Any]) -> None:
        """An entry that brings back the one under this key."""
        self._waiting.append((key or "", source, row))

    def _flush(self) -> None:
        frame = pl.DataFrame(
            self._some, schema={"key": pl.String, "id": pl.String, "amount": pl.Int64}, orient="row"
        ).with_columns(pl.col("key").hash(seed=0))
        self._kept.append(frame)
        self._some = []

    def rows(self) -> dict[str, Iterator[Made]]:
        """By source, the entries that were kept waiting, each with the one entry that it brings back."""
        if not self._waiting:
            return {}
        self._flush()
        asked = pl.DataFrame({"key": [key for key, _, _ in self._waiting]}).with_columns(pl.col("key").hash(seed=0))
        every = pl.concat(self._kept).join(asked.unique(), on="key", how="semi")
        found: dict[tuple[int, int], set[str]] = {}
        for key, name, amount in every.iter_rows():
            found.setdefault((key, amount), set()).add(name)
        rows: dict[str, list[Made]] = {}
        for hashed, (key, source, row) in zip(asked["key"], self._waiting, strict=True):
            names = found.get((hashed, row["amount"]), set()) if key else set[str]()
            if len(names) == 1:
                row["reverses"] = names.pop()
            else:
                self.notes["unnamed returns"] += 1
            rows.setdefault(source, []).append(("transactions", row))
        return {source: iter(some) for source, some in rows.items()}
