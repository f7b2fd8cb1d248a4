"""Rings hidden in generated everyday traffic: members have their ordinary lives beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ..generator.scale import scale

_FEWEST, _MOST = 3, 12  # members
_LOOSEST, _DENSEST = 0.15, 0.7  # share of the further pairs that are linked, beside the circle through all members
_EVERY = 100  # accounts a ring


@dataclass(frozen=True)
class Planted:
    """A folder that `followmoney.load` reads, and the members of every ring in it."""

    folder: Path
    rings: list[frozenset[str]]


def planted(folder: Path, transactions: int, seed: int, each: int = 10) -> Planted:
    """A world of so many everyday transactions, `each` an account, with a ring of 3 to 12 accounts for every hundred.

    The members of a ring, drawn from all accounts, pay each other in a circle, and 15 to 70 % (drawn for each ring) of
    the other pairs deal too: one to three payments of EUR 500 to 9,500 a pair within three weeks.
    """
    where = folder / f"{transactions}-{each}-{seed}"
    if not where.exists():
        scale(where, transactions, accounts=transactions // each, seed=seed, schemes=0)
    rows = pl.read_parquet(where / "transactions.parquet")
    accounts = pl.read_parquet(where / "accounts.parquet").filter(pl.col("currency") == "EUR")["id"].sort().to_list()
    rng = np.random.default_rng([seed, 77])
    free = rng.permutation(len(accounts)).tolist()
    rings: list[frozenset[str]] = []
    made: list[dict[str, Any]] = []
    for _ in range(len(accounts) // _EVERY):
        ring = [accounts[free.pop()] for _ in range(int(rng.integers(_FEWEST, _MOST + 1)))]
        rings.append(frozenset(ring))
        start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=int(rng.integers(0, 65)))
        payments = [pair for pair in _pairs(ring, rng) for _ in range(int(rng.integers(1, 4)))]
        made += [
            {
                    "originator": payer, "beneficiary": payee, "amount": int(rng.integers(50_000, 950_001)),
                    "booked_at": start + timedelta(seconds=int(rng.integers(0, 21 * 86_400))), "currency": "EUR",
            }
            for payer, payee in payments
        ]  # fmt: skip
    told = pl.DataFrame(made).with_columns(id=pl.format("ring{}", pl.int_range(pl.len())))
    told = told.select(pl.col(c).cast(rows.schema[c]) for c in told.columns)
    pl.concat([rows, told], how="diagonal").sort("booked_at", "id").write_parquet(
        _sources(where) / "transactions.parquet"
    )
    return Planted(where / "rings", rings)


def _pairs(ring: list[str], rng: np.random.Generator) -> list[tuple[str, str]]:
    dense = rng.uniform(_LOOSEST, _DENSEST)
    size = len(ring)
    circle = [(i, (i + 1) % size) for i in range(size)]
    joined = {frozenset(pair) for pair in circle}
    others = [(i, j) for i in range(size) for j in range(i + 1, size) if frozenset((i, j)) not in joined]
    chosen = [pair if rng.random() < 0.5 else pair[::-1] for pair in others if rng.random() < dense]
    return [(ring[i], ring[j]) for i, j in [*circle, *chosen]]


def _sources(where: Path) -> Path:
    made = where / "rings"
    made.mkdir(exist_ok=True)
    for name in ("accounts", "parties"):
        (made / f"{name}.parquet").write_bytes((where / f"{name}.parquet").read_bytes())
    return made
