"""Running jobs, each run in a process of its own, and what came out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

TIMEOUT = 3_600


@dataclass(frozen=True)
class Result:
    """The runs of one job."""

    runs: tuple[dict[str, Any], ...]
    failed: str = ""
    """Last line of what went wrong, if anything did."""

    @property
    def transactions(self) -> int:
        """How many transactions it worked on."""
        return self.runs[0]["transactions"]

    @property
    def ns(self) -> float:
        """Median CPU nanoseconds a transaction, all threads."""
        return median(run["cpu"] for run in self.runs) / self.transactions * 1e9

    @property
    def memory(self) -> float:
        """Median bytes a transaction at the peak, beyond what stood there before."""
        return median(run["memory"] for run in self.runs) / self.transactions

    @property
    def questions(self) -> int:
        """How many questions a run answered; 0 where the work is one piece."""
        return len(self.runs[0]["seconds"])

    def ms(self, share: float = 0.5) -> float:
        """CPU milliseconds a question: the median, or another share of them takes no longer; of the runs the median."""
        many = max(1, self.questions)
        place = min(many - 1, round(share * (many - 1)))
        return median(sorted(run["seconds"] or [run["cpu"]])[place] for run in self.runs) * 1e3

    @property
    def spread(self) -> float:
        """(Slowest − fastest) / median."""
        times = [run["cpu"] for run in self.runs]
        return (max(times) - min(times)) / median(times) if median(times) else 0.0


def run(job: str, world: Path, *, within: Path | None = None) -> Result:
    """Run a job once, with the packages found from the folder `within`."""
    command = [sys.executable, "-m", "benchmarks.measure", "--job", job, "--world", str(world)]
    try:
        done = subprocess.run(command, cwd=within, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return Result((), f"took more than {TIMEOUT} s")
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return Result((), lines[-1] if lines else f"ended with code {done.returncode}")
    return Result((json.loads(done.stdout.splitlines()[-1]),))


def together(results: list[Result]) -> Result:
    """Several runs of one job as one result; one failure is enough."""
    failed = next((r.failed for r in results if r.failed), "")
    return Result((), failed) if failed else Result(tuple(run for r in results for run in r.runs))


def save(path: Path, where: str, results: Mapping[str, Result]) -> None:
    """Keep the figures of a run of the benchmarks in a file."""
    kept = {name: result.runs for name, result in results.items() if result.runs}
    path.write_text(json.dumps({"machine": where, "runs": kept}, indent=1), encoding="utf-8")


def saved(path: Path) -> tuple[str, dict[str, Result]]:
    """Where and when the figures in a file were measured, and the figures."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return kept["machine"], {name: Result(tuple(runs)) for name, runs in kept["runs"].items()}
