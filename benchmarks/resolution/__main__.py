"""CPU time, memory, pairs a second, precision and recall on dirty names; Splink beside, where installed."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from pathlib import Path
from typing import Any

from .dirty import dirty
from .measured import ours, saved_once


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.resolution", description=__doc__)
    ask.add_argument("--data", type=Path, default=Path(".bench/resolution"), help="folder for the generated worlds")
    ask.add_argument("--holders", type=int, default=20_000)
    ask.add_argument("--register", type=int, default=100_000)
    ask.add_argument("--seed", type=int, default=6, help="tune on 1, 2 and 5, report on 6 and later")
    ask.add_argument("--peer", action="store_true", help="Splink on the same parties")
    told = ask.parse_args()
    world = dirty(told.data, told.holders, told.register, told.seed)
    saved = world.folder / "saved"
    if not saved.exists():
        _apart(saved_once, world.folder)
    _apart(ours, world)
    if told.peer:
        from .peers import splink

        _apart(splink, world)


def _apart(work: Any, *given: Any) -> None:
    """In a process of its own, so that memory is its own."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


if __name__ == "__main__":
    main()
