"""Ledgers of 100 thousand to 100 million transactions with planted schemes and their truth, the same for a seed.

The same seed, options and numpy give the same rows. Every part is made from the seed and its own number alone,
so memory holds the accounts (some 60 bytes each) and one part, never the whole.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from .world import papers, registers, truth
from .world.balances import balances, move
from .world.banks import BANKS, account_ids
from .world.days import calendar
from .world.parts import ID_WIDTH, received, rows_of, sequences, table_of
from .world.plan import plan
from .world.planted import KINDS
from .writing import write, write_all

_ROWS_A_PART = 2_000_000
_TRANSACTIONS_A_SCHEME = 6_000


def scale(
    out: Path,
    transactions: int = 100_000,
    *,
    accounts: int | None = None,
    days: int = 90,
    seed: int = 1,
    schemes: int | None = None,
    parts: int | None = None,
) -> None:
    """Write a world into a folder: the tables, and the truth in its subfolder `truth`.

    One part is written as `transactions.parquet`, several as `transactions/part-0000.parquet` and so on, in time
    order and together holding exactly the number of transactions asked for.

    Args:
        out: The folder to write into.
        transactions: How many transactions in all, planted ones included.
        accounts: How many accounts; a tenth of the transactions unless said.
        days: How many days from 1 January 2024 on (at least 70).
        seed: The same seed gives the same world.
        schemes: How many schemes and look-alikes; one in 6,000 transactions, at least one a kind, unless said.
        parts: In how many consecutive parts; one for every 2 million transactions unless said, never above the days.
    """
    many = accounts if accounts is not None else max(600, transactions // 10)
    planted = schemes if schemes is not None else max(len(KINDS), transactions // _TRANSACTIONS_A_SCHEME)
    pieces = parts if parts is not None else max(1, -(-transactions // _ROWS_A_PART))
    made = plan(transactions, accounts=many, days=days, seed=seed, schemes=planted, parts=pieces)
    ids = account_ids(made.world.bank, made.told.ids())
    net = np.zeros(made.world.size, np.int64)
    posted = np.zeros(len(BANKS), np.int64)
    found: list[pl.DataFrame] = []
    paid: list[pl.DataFrame] = []
    first = 1
    for part in made.parts:
        rows = rows_of(made, part)
        move(net, rows, received(made, rows)[0])
        found.append(truth.members(rows, first))
        paid.append(papers.paying(rows, first, ID_WIDTH))
        name = "transactions.parquet" if len(made.parts) == 1 else f"transactions/part-{part.number:04d}.parquet"
        write(table_of(made, rows, ids, first, sequences(made, rows, posted)), out / name)
        first += len(rows)
    for name, table in registers.tables(made.world, ids, made.opened, made.told):
        write(table, out / f"{name}.parquet")
    for name, table in registers.papers(made.world, calendar(days), made.told, pl.concat(paid)):
        write(table, out / f"{name}.parquet")
    write(balances(made.world, ids, net, calendar(days)), out / "balances.parquet")
    write_all(truth.tables(found, made.patterns, ID_WIDTH), out / "truth")
