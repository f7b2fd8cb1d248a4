"""The report of a large case, format by format: `python -m benchmarks.report`.

A case of 10,000 transactions and 500 accounts, of which most hold claim money in the end. Each format is a process of
its own: CPU seconds of all threads, and the most memory beyond what stood there before. Figures never fail it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ..measure import cpu, forget_the_peak, peak
from .large import case

MIB = 1 << 20


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    ask.add_argument("--transactions", type=int, default=10_000)
    ask.add_argument("--accounts", type=int, default=500)
    ask.add_argument("--only", help="only this format, in this process; prints JSON")
    told = ask.parse_args()
    if told.only:
        print(json.dumps(measured(told.only, told.transactions, told.accounts)))
        return
    print(f"{'format':10} CPU seconds  peak MiB  size kB  first picture, CPU seconds")
    for name in formats():
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.report", "--only", name, *_sizes(told)],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        its = json.loads(done.stdout)
        print(f"{name:10} {its['cpu']:11.1f} {its['memory']:9.0f} {its['size']:8.0f} {its['picture']:9.2f}", flush=True)


def formats() -> list[str]:
    """The page, then whatever else a report can be."""
    from followmoney.reports._formats import ALWAYS, FORMATS

    return [ALWAYS, *FORMATS]


def measured(name: str, transactions: int, accounts: int) -> dict[str, Any]:
    """One report: everything that is always written, and this format; a small one first, so that nothing compiles."""
    import followmoney as fm
    from followmoney.reports._folder import PAGE
    from followmoney.reports._formats import ALWAYS, FORMATS
    from followmoney.reports.picture import picture

    with tempfile.TemporaryDirectory(prefix="followmoney-report-") as folder:
        few = case(transactions // 20, accounts // 20)
        fm.report(few, Path(folder) / "few", formats=[name])
        whole = case(transactions, accounts)
        picture("flow", few.trace)
        began = cpu()
        picture("flow", whole.trace)
        first = cpu() - began
        before, began = forget_the_peak(), cpu()
        fm.report(whole, Path(folder) / "whole", formats=[name])
        used, most = cpu() - began, peak()
        file = PAGE if name == ALWAYS else FORMATS[name].file
        size = (Path(folder) / "whole" / file).stat().st_size
    return {"cpu": used, "memory": max(0, most - before) / MIB, "size": size / 1000, "picture": first}


def _sizes(told: argparse.Namespace) -> list[str]:
    return ["--transactions", str(told.transactions), "--accounts", str(told.accounts)]


if __name__ == "__main__":
    main()
