"""How the time a transaction needs grows with the ledger: `python -m benchmarks.growth 100000.json 5000000.json`.

The files come from `python -m benchmarks.run --size ... --save FILE`, best one after the other on a quiet machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from .results import Result, saved


def main() -> None:
    """Read the files, print the table."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    ask.add_argument("files", type=Path, nargs="+", help="saved figures, one file a size")
    told = ask.parse_args()
    runs = [saved(file) for file in told.files]
    for where, _ in runs:
        print(where)
    print(f"\n{growth([results for _, results in runs])}")


def growth(runs: Sequence[dict[str, Result]]) -> str:
    """CPU nanoseconds a transaction (where the work is questions: ms a question, the median), by size of the ledger."""
    by_size = sorted(runs, key=lambda results: max(result.transactions for result in results.values()))
    sizes = [max(result.transactions for result in results.values()) for results in by_size]
    lines = [f"| CPU ns a transaction | {' | '.join(f'{size:,}' for size in sizes)} |", f"|---|{'--:|' * len(sizes)}"]
    names = dict.fromkeys(name for results in by_size for name in results)
    for name in names:
        cells = [_cell(results.get(name), size) for results, size in zip(by_size, sizes, strict=True)]
        if len(set(cells) - {""}):
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(result: Result | None, size: int) -> str:
    """Empty where it was measured on a part of the ledger only: that says nothing of growth."""
    if result is None or result.transactions != size:
        return ""
    return f"{result.ms():,.3g} ms" if result.questions else f"{result.ns:,.1f}"


if __name__ == "__main__":
    main()
