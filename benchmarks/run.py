"""Every job beside its peers: `python -m benchmarks.run --size 5000000 --out benchmarks.md`.

Each run of each job is a process of its own; CPU time counts all threads, memory is the peak beyond what stood there
before. Ends with 1 where a job of ours did not run; figures never fail it, because machines differ.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .jobs import catalogue
from .results import Result, run, save, together
from .table import machine, table
from .world import World

ENOUGH = 1_000_000


def main() -> int:
    """Read the options, measure, print the table."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    ask.add_argument("--size", type=int, default=1_000_000, help="transactions (default 1000000)")
    ask.add_argument("--runs", type=int, default=3, help="runs of each job; the median counts (default 3)")
    ask.add_argument(
        "--jobs", type=int, default=1, help="processes at a time; above 1 they disturb each other (default 1)"
    )
    ask.add_argument("--only", default="", help="only jobs whose name matches this regular expression, and their peers")
    ask.add_argument("--data", type=Path, help="folder to keep the generated ledgers in (default: a temporary one)")
    ask.add_argument("--out", type=Path, help="file to write the table to, as Markdown")
    ask.add_argument("--save", type=Path, help="file to save the figures in, for `python -m benchmarks.growth`")
    told = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="followmoney-benchmarks-") as temporary:
        world = World.made(told.data or Path(temporary), told.size)
        world.saved()
        results = measured(world, told.only, told.runs, told.jobs)
    small = (
        "" if told.size >= ENOUGH else "With so few transactions, memory says little and fixed costs weigh much.\n\n"
    )
    text = f"{machine()}\n\n{small}{table(catalogue(), results)}"
    print(text)
    if told.out:
        told.out.write_text(text, encoding="utf-8")
    if told.save:
        save(told.save, machine(), results)
    failed = [name for name, result in results.items() if result.failed and catalogue()[name].package == "followmoney"]
    for name in failed:
        print(f"did not run: {name}: {results[name].failed}", file=sys.stderr)
    return 1 if failed or not results else 0


def measured(world: World, only: str, runs: int, at_once: int) -> dict[str, Result]:
    """Results by name, of the jobs asked for and whatever they are compared with."""
    jobs = catalogue()
    size = len(world)
    ours = [n for n, job in jobs.items() if job.package == "followmoney" and re.search(only, n) and job.least <= size]
    beside = [b for n in ours for b in (*jobs[n].peers, *(g.of for g in jobs[n].goals if g.of in jobs))]
    wanted = [n for n in jobs if n in {*ours, *beside} and jobs[n].version is not None]

    def one(name: str) -> Result:
        print(f"{wanted.index(name) + 1}/{len(wanted)} {name}", file=sys.stderr, flush=True)
        return together([run(name, world.folder) for _ in range(runs)])

    with ThreadPoolExecutor(at_once) as several:  # each waits for its process
        return dict(zip(wanted, several.map(one, wanted), strict=True))


if __name__ == "__main__":
    sys.exit(main())
