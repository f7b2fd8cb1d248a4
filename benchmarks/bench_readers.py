"""Files of banks and registers, read beside peers: `python -m benchmarks.bench_readers --entries 100000`.

Each run is a process of its own; CPU time counts all threads, memory is the peak beyond what stood there before. A peer
that is not installed is left out, and said so. Where the machine is busy CPU time is longer for all alike: look at the
ratio, and at `parsing alone`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from .generator.camt import camt
from .measure import cpu, forget_the_peak, peak

SMALL = 1_000
PEERS = 5_000
"""Entries of the file that peers are given which look for every entry from the beginning: their time grows squared."""


def _ours(path: Path) -> Any:
    import followmoney as fm

    return fm.load(path)


def _pycamt(path: Path) -> Any:
    from pycamt.parser import Camt053Parser

    return Camt053Parser.from_file(path).get_transactions()


def _parsing(path: Path) -> Any:
    """The floor: the file as a stream of elements, nothing looked at."""
    from lxml import etree

    for _, element in etree.iterparse(path, tag="{*}Ntry"):
        element.clear(keep_tail=False)
        if (elder := element.getprevious()) is not None:
            element.getparent().remove(elder)


WAYS: dict[str, tuple[str, Callable[[Path], Any], bool]] = {
    "followmoney": ("followmoney", _ours, True),
    "followmoney, few entries": ("followmoney", _ours, False),
    "pycamt, few entries": ("pycamt", _pycamt, False),
    "parsing alone": ("lxml", _parsing, True),
}
"""By name: the package, the work, and whether it is given the whole file."""


def main() -> None:
    """Read the options, write the file, measure, print a table."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.bench_readers", description=__doc__)
    ask.add_argument("--entries", type=int, default=100_000, help="entries of the statement (default 100000)")
    ask.add_argument("--runs", type=int, default=3, help="runs of each; the median counts (default 3)")
    ask.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    told = ask.parse_args()
    if told.one:
        print(json.dumps(measured(told.one[0], Path(told.one[1]), Path(told.one[2]))))
        return
    print("| camt.053, version 8 | entries a CPU second | peak MB | beside ours |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        sizes = {n: camt(Path(folder) / f"{n}.xml", n) for n in (SMALL, PEERS, told.entries)}
        ours = 0.0
        for name, (package, _, whole) in WAYS.items():
            if find_spec(package) is None:
                print(f"| {name} | not installed | | |")
                continue
            entries = told.entries if whole else PEERS
            runs = [_run(name, [sizes[SMALL], sizes[entries]]) for _ in range(told.runs)]
            seconds = median(run["cpu"] for run in runs) / entries
            ours = ours or seconds
            memory = median(run["memory"] for run in runs) / 1e6
            print(f"| {name} | {1 / seconds:,.0f} | {memory:,.0f} | {seconds / ours:.2f} × |")


def measured(name: str, small: Path, path: Path) -> dict[str, float]:
    """CPU seconds and peak memory of one way, after a run on a small file."""
    read = WAYS[name][1]
    read(small)
    before = forget_the_peak()
    began = cpu()
    kept = read(path)
    used = cpu() - began
    del kept
    return {"cpu": used, "memory": max(0, peak() - before)}


def _run(name: str, files: list[Path]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bench_readers", "--one", name, *map(str, files)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
