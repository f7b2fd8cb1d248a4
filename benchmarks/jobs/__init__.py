"""Every job: what the package does, and its peers. Patterns, methods and rules come from their catalogues."""

from __future__ import annotations

from collections.abc import Iterator

from ..job import Job
from . import bounds, communities, features, graph, loading, paths, patterns, tracing

ROOMS = (loading, graph, patterns, features, communities, tracing, bounds, paths)


def catalogue() -> dict[str, Job]:
    """Every job by name, in the order of the table."""
    return {job.name: job for job in _all()}


def _all() -> Iterator[Job]:
    for room in ROOMS:
        yield from room.jobs()
