"""Write generated ledgers: `python -m benchmarks.generator --out DIR --transactions 100000 --seed 1`."""

from __future__ import annotations

import argparse
from pathlib import Path

from .harbour import SEED, harbour
from .scale import scale
from .writing import write_all


def main() -> None:
    """Read the options and write the files."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    ask.add_argument("--out", type=Path, required=True, help="folder to write into")
    ask.add_argument("--harbour", action="store_true", help="write the small harbour matter instead of a world")
    ask.add_argument("--transactions", type=int, default=100_000, help="how many transactions (default 100000)")
    ask.add_argument("--accounts", type=int, help="how many accounts (default: a tenth of the transactions)")
    ask.add_argument("--days", type=int, default=90, help="how many days from 2024-01-01 (default 90)")
    ask.add_argument("--seed", type=int, help=f"default 1, for the harbour matter {SEED}")
    ask.add_argument("--schemes", type=int, help="how many planted schemes (default: one in 6000 transactions)")
    ask.add_argument("--parts", type=int, help="in how many files (default: one for every 2 million transactions)")
    told = ask.parse_args()
    if told.harbour:
        write_all(harbour(SEED if told.seed is None else told.seed).tables, told.out)
        return
    scale(
        told.out,
        told.transactions,
        accounts=told.accounts,
        days=told.days,
        seed=1 if told.seed is None else told.seed,
        schemes=told.schemes,
        parts=told.parts,
    )


if __name__ == "__main__":
    main()
