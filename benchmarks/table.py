"""Results as a Markdown table: each job, below it its peers, beside it the goal and what was seen."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from .job import Goal, Job
from .results import Result

COLUMNS = (
    "job", "done with", "transactions", "CPU ns a transaction", "a question: median, 95 %",
    "peak bytes a transaction", "beside ours", "goal: seen",
)  # fmt: skip
HEAD = [f"| {' | '.join(COLUMNS)} |", "|---|---|--:|--:|--:|--:|--:|---|"]


def table(jobs: Mapping[str, Job], results: Mapping[str, Result]) -> str:
    """The whole table; ratios compare CPU time a transaction: above 1 the peer needs more than we do.

    Where the work is questions, a transaction's time is that of the mean question.
    """
    lines = [*HEAD]
    for name, job in jobs.items():
        if job.package != "followmoney" or name not in results:
            continue
        ours = results[name]
        seen = "; ".join(_seen(goal, ours, results) for goal in job.goals)
        lines.append(_line(f"**{name}**", job, ours, "1" if ours.runs else "", seen))
        for peer in job.peers:
            if peer in results:
                theirs = results[peer]
                ratio = f"{theirs.ns / ours.ns:.3g}" if theirs.runs and ours.runs else ""
                lines.append(_line(f"– {peer}", jobs[peer], theirs, ratio, ""))
            else:
                lines.append(f"| – {peer} | {jobs[peer].package}, not installed | | | | | | |")
    return "\n".join(lines) + "\n"


def _line(name: str, job: Job, result: Result, ratio: str, seen: str) -> str:
    tool = f"{job.package or 'Python'} {job.version}"
    if not result.runs:
        return f"| {name} | {tool} | | failed: {result.failed.replace('|', '/')} | | | | |"
    some = " (the earliest)" if job.rows is not None and job.rows <= result.transactions else ""
    spread = f" ± {result.spread / 2:.0%}" if len(result.runs) > 1 else ""
    each = f"{result.ms():,.3g} ms, {result.ms(0.95):,.3g} ms of {result.questions}" if result.questions else ""
    numbers = f"{result.transactions:,}{some} | {result.ns:,.1f}{spread} | {each} | {result.memory:,.0f}"
    return f"| {name} | {tool} | {numbers} | {ratio} | {seen} |"


def _seen(goal: Goal, ours: Result, results: Mapping[str, Result]) -> str:
    if not ours.runs:
        return str(goal)
    own = {"ns": lambda: ours.ns, "bytes": lambda: ours.memory, "ms": ours.ms}
    if goal.of in own:
        value = own[goal.of]()
    elif goal.of in results and results[goal.of].runs:
        value = ours.ns / results[goal.of].ns
    else:
        return f"{goal}: not measured"
    return f"{goal}: {value:,.3g}{'' if value <= goal.at_most else ' (missed)'}"


def machine() -> str:
    """Where and when this was measured, and of which commit."""
    try:
        models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    except OSError:
        models = []
    model = models[0].partition(":")[2].strip() if models else platform.processor() or platform.machine()
    describe = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"]
    commit = subprocess.run(describe, capture_output=True, text=True, check=False).stdout.strip() or "unknown commit"
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    parts = [now, commit, model, f"{os.cpu_count()} processors", f"load {load:.1f}", platform.system()]
    return " · ".join([*parts, f"Python {platform.python_version()}"])
