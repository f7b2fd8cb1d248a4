"""A job: what is given, what is measured, what it is compared with, and what we aim at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import Any

from .world import World


@dataclass(frozen=True)
class Goal:
    """What we aim at; printed beside what was seen, never asserted."""

    at_most: float
    of: str
    """`ns` (a transaction), `bytes` (a transaction), `ms` (a question, the median), or the name of another job: times
    its CPU time a transaction."""

    def __str__(self) -> str:
        """As it stands in the table."""
        unit = {"ns": "ns", "bytes": "B", "ms": "ms"}.get(self.of)
        return f"≤ {self.at_most:g} {unit}" if unit else f"≤ {self.at_most:g} × {self.of}"


@dataclass(frozen=True)
class Job:
    """One thing to measure, in a process of its own."""

    name: str
    prepare: Callable[[World], Any]
    """Makes what the work is given; not measured."""
    work: Callable[[Any], Any]
    """What is measured. What it returns is kept until the memory was read; `Answers` are counted one by one."""
    package: str = "followmoney"
    peers: tuple[str, ...] = ()
    """Jobs that do the same, or the least of it that must be done, with something else."""
    goals: tuple[Goal, ...] = ()
    rows: int | None = None
    """Only this many transactions, the earliest: for peers that cannot hold the whole."""
    least: int = 0
    """Only on ledgers of at least so many transactions."""

    @property
    def version(self) -> str | None:
        """Version of the package that does the work (empty: Python itself); None where it is not installed."""
        if not self.package:
            return python_version()
        try:
            return version(self.package)
        except PackageNotFoundError:
            return None
