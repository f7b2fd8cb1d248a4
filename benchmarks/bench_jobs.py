"""Every job of ours under pytest-benchmark, on a small ledger: `pytest -n0 benchmarks --benchmark-only`."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.job import Job
from benchmarks.jobs import catalogue
from benchmarks.world import World

SIZE = 50_000
OURS = [job for job in catalogue().values() if job.package == "followmoney" and job.least <= SIZE]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World.made(tmp_path_factory.mktemp("world"), SIZE)


@pytest.mark.parametrize("job", OURS, ids=lambda job: job.name)
def bench_job(job: Job, world: World, benchmark: BenchmarkFixture) -> None:
    given = job.prepare(World(world.folder, rows=job.rows))
    benchmark.extra_info["transactions"] = min(SIZE, job.rows or SIZE)
    benchmark.pedantic(job.work, (given,), rounds=5, warmup_rounds=1)
