"""Files of banks and registers, read beside peers: `python -m benchmarks.bench_readers --entries 100000`.

Each run is a process of its own; CPU time counts all threads, memory is the peak beyond what stood there before. A peer
that is not installed is left out, and said so. Where the machine is busy CPU time is longer for all alike: look at the
ratio, and at the bound (parsing alone).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from .formats import formats
from .formats.format import PEERS, Format
from .measure import cpu, forget_the_peak, peak

SMALL = 1_000
HEAD = (
    "| format | read by | entries a CPU second | peak MB | beside ours | goal |\n|---|---|---:|---:|---:|---|"
)  # fmt: skip


def main() -> None:
    """Read the options, write the files, measure, print a table."""
    every = formats()
    ask = argparse.ArgumentParser(prog="python -m benchmarks.bench_readers", description=__doc__)
    ask.add_argument("--entries", type=int, default=100_000, help="entries of a file (default 100000)")
    ask.add_argument("--runs", type=int, default=3, help="runs of each; the median counts (default 3)")
    ask.add_argument("--only", choices=[*every], nargs="*", default=[*every], help="formats (default: all)")
    ask.add_argument("--ours", action="store_true", help="no peers")
    ask.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    told = ask.parse_args()
    if told.one:
        name, way, small, path = told.one
        print(json.dumps(measured(every[name], way, Path(small), Path(path))))
        return
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for name in told.only:
            for line in lines(name, every[name], Path(folder), told.entries, told.runs, ours=told.ours):
                print(line, flush=True)


def lines(name: str, one: Format, folder: Path, entries: int, runs: int, *, ours: bool) -> list[str]:
    """The rows of one format; ratios compare the CPU time of an entry in files of the same length."""
    files = {n: one.write(folder / f"{name}{n}{one.suffix}", n) for n in {SMALL, PEERS, one.warm, entries}}
    found: list[str] = []
    seconds: dict[bool, float] = {}
    for way, by in one.ways.items():
        if ours and by.package != "followmoney":
            continue
        if find_spec(by.package) is None:
            found.append(f"| {one.title} | {way} | not installed | | | |")
            continue
        count = PEERS if by.few else entries
        small = files[one.warm if by.package == "followmoney" else SMALL]
        done = [_run(name, way, small, files[count]) for _ in range(runs)]
        each = median(run["cpu"] for run in done) / count
        beside = each / seconds.setdefault(by.few, each)
        memory = median(run["memory"] for run in done) / 1e6
        goal = one.goal if way == "followmoney" else ""
        found.append(f"| {one.title} | {way} | {1 / each:,.0f} | {memory:,.0f} | {beside:.2f} × | {goal} |")
    for file in files.values():
        file.unlink()
    return found


def measured(one: Format, way: str, small: Path, path: Path) -> dict[str, float]:
    """CPU seconds and peak memory of one way, after a run on a small file."""
    read = one.ways[way].read
    read(small)
    before = forget_the_peak()
    began = cpu()
    kept = read(path)
    used = cpu() - began
    most = peak()
    del kept
    return {"cpu": used, "memory": max(0, most - before)}


def _run(name: str, way: str, small: Path, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bench_readers", "--one", name, way, str(small), str(path)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
