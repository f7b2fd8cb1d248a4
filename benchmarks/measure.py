"""One job in this process, measured: `python -m benchmarks.measure --job load --world FOLDER` prints a line of JSON."""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import resource
import sys
from pathlib import Path
from typing import Any

from .answers import Answers
from .job import Job
from .jobs import catalogue
from .world import World

WARM = 250_000
"""Transactions of the run that comes first, so that importing and compiling are not measured; with fewer, some of our
kernels would run as plain Python."""


def main() -> None:
    """Prepare, warm up, measure, print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--job", required=True)
    ask.add_argument("--world", type=Path, required=True)
    told = ask.parse_args()
    print(json.dumps(measured(catalogue()[told.job], told.world)))


def measured(job: Job, folder: Path) -> dict[str, Any]:
    """CPU seconds of all threads, the most memory beyond what stood there when the work began, and of questions each.

    Work that is questions counts for its mean one, so that figures a transaction stay comparable.
    """
    import followmoney

    few = job.rows // 10 if job.rows and job.package != "followmoney" else WARM
    job.work(job.prepare(World(folder, rows=min(few, job.rows or few))))
    world = World(folder, rows=job.rows)
    given = job.prepare(world)
    before = forget_the_peak()
    began = cpu()
    kept = job.work(given)
    used = cpu() - began
    most = peak()
    seconds = kept.seconds if isinstance(kept, Answers) else ()
    del kept
    return {
        "cpu": sum(seconds) / len(seconds) if seconds else used,
        "seconds": seconds,
        "memory": max(0, most - before),
        "transactions": len(world),
        "package": str(Path(followmoney.__file__).resolve().parent),
    }


def cpu() -> float:
    """CPU seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def forget_the_peak() -> int:
    """Memory now, in bytes. On Linux the peak so far is forgotten; elsewhere it stands, and hides smaller ones."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)  # what the warm run gave back is not memory in use
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except (OSError, AttributeError, TypeError):
        return peak()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def peak() -> int:
    """The most memory so far, in bytes."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
