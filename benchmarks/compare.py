"""This checkout against another commit, on this machine: `python -m benchmarks.compare main`.

The runs of the two take turns, so that a busy moment hits both. Ratios of medians: above 1, this checkout needs more.
The jobs are those of this checkout, run on the package of each side.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .jobs import catalogue
from .results import Result, run, together
from .table import machine
from .world import World

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Read the options, measure both sides, print the ratios."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    ask.add_argument("base", help="commit, branch or tag to compare with")
    ask.add_argument("--size", type=int, default=500_000, help="transactions (default 500000)")
    ask.add_argument("--runs", type=int, default=5, help="runs of each job on each side (default 5)")
    ask.add_argument("--only", default="", help="only jobs whose name matches this regular expression")
    ask.add_argument("--data", type=Path, help="folder to keep the generated ledger in (default: a temporary one)")
    ask.add_argument("--fail-above", type=float, help="end with 1 if a ratio of CPU time is above this")
    told = ask.parse_args()
    ours = {n: job for n, job in catalogue().items() if job.package == "followmoney" and job.least <= told.size}
    jobs = [name for name in ours if re.search(told.only, name)]
    with tempfile.TemporaryDirectory(prefix="followmoney-compare-") as temporary, checkout(told.base) as base:
        folder = Path(temporary)
        world = World.made(told.data or folder, told.size)
        sides = [side(folder / "base", base, world), side(folder / "here", ROOT, world)]
        print(machine(), "\n")
        print(f"| job | CPU: here / {told.base} | peak memory | CPU ns a transaction here | spread |")
        print("|---|--:|--:|--:|--:|")
        worst = 0.0
        for name in jobs:
            turns = [[run(name, at / "world", within=at) for at in sides] for _ in range(told.runs)]
            before, here = (together(list(results)) for results in zip(*turns, strict=True))
            print(line(name, before, here), flush=True)
            worst = max(worst, here.ns / before.ns if before.runs and here.runs else 0.0)
            if here.failed:
                return 1
    return 1 if told.fail_above and worst > told.fail_above else 0


@contextmanager
def checkout(ref: str) -> Iterator[Path]:
    """The other commit in a folder of its own, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="followmoney-base-") as temporary:
        folder = Path(temporary) / "base"
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "--quiet", "--detach", folder, ref], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", folder], check=True)


def side(folder: Path, package: Path, world: World) -> Path:
    """A folder from which Python finds one side's package and this checkout's benchmarks; its own saved ledger."""
    (folder / "world").mkdir(parents=True)
    (folder / "followmoney").symlink_to(package / "followmoney")
    (folder / "benchmarks").symlink_to(ROOT / "benchmarks")
    for name in ("sources", "truth"):
        (folder / "world" / name).symlink_to((world.folder / name).resolve())
    return folder


def line(name: str, before: Result, here: Result) -> str:
    """One row of the table."""
    if before.failed or here.failed:
        said = f"here: {here.failed}" if here.failed else f"only here ({before.failed})"
        return f"| {name} | {said.replace('|', '/')} | | | |"
    memory = f"{here.memory / before.memory:.2f}" if before.memory else ""
    spread = f"{max(here.spread, before.spread):.0%}"
    return f"| {name} | {here.ns / before.ns:.2f} | {memory} | {here.ns:,.1f} | {spread} |"


if __name__ == "__main__":
    sys.exit(main())
