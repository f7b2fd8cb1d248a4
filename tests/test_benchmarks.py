"""The benchmarks compare like with like: the bound and the peers answer the same question as the package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.answers import asked
from benchmarks.growth import growth
from benchmarks.job import Goal, Job
from benchmarks.jobs import catalogue
from benchmarks.jobs._igraph_flow import bounds as by_igraph
from benchmarks.jobs._plain import columns, loop
from benchmarks.jobs._reach import earliest, networkx, starts
from benchmarks.jobs._walk import walk
from benchmarks.results import Result, save, saved
from benchmarks.table import table
from benchmarks.world import World
from followmoney.tracing._catalogue import find
from followmoney.tracing._sweep import sweep
from followmoney.tracing.bounds import bounds

SIZE = 3_000


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World.made(tmp_path_factory.mktemp("world"), SIZE)


def result(transactions: int, *cpu: float, questions: tuple[float, ...] = ()) -> Result:
    return Result(
        tuple({"cpu": c, "memory": 100, "transactions": transactions, "seconds": list(questions)} for c in cpu)
    )


def test_every_peer_and_every_goal_names_a_job() -> None:
    jobs = catalogue()
    assert {peer for job in jobs.values() for peer in job.peers} <= set(jobs)
    assert {goal.of for job in jobs.values() for goal in job.goals} <= {"ns", "bytes", "ms", *jobs}


def test_claims_differ_and_a_beginning_of_the_ledger_has_some_too(world: World) -> None:
    assert len(set(world.claims)) == len(world.claims) > 1
    assert World(world.folder, rows=1_000).claims


def test_the_bare_walk_ends_with_the_balances_of_a_sweep(world: World) -> None:
    tape = world.tape()
    assert not len(tape.undoes)
    known = ~tape.outside
    assert np.array_equal(walk(tape)[known], sweep(tape, find("pro_rata")).balance[known])


def test_the_plain_loop_comes_close_to_pro_rata(world: World) -> None:
    """It rounds down where pro_rata rounds to the nearest: a cent for every movement at most."""
    tape = world.tape()
    exact = sweep(tape, find("pro_rata"), "reference")
    claim = np.array(loop(columns(world)))
    known = ~tape.outside
    assert exact.moved.astype(bool).sum() > 100
    assert abs(claim - exact.claim)[known].max() <= exact.moved.astype(bool).sum()


def test_igraph_over_the_whole_ledger_finds_the_same_bounds(world: World) -> None:
    record = world.record()
    held = sweep(record.tape, find("pro_rata")).claim
    largest = np.argsort(-held, kind="stable")[:4]
    sets = [largest[:1], largest[1:2], largest]
    names = [world.graph.vertices["id"].gather(record.purses.account[some]).to_list() for some in sets]
    assert not record.tape.converted
    ours = [bounds(world.graph, world.claims[0], some) for some in names]
    assert [by_igraph(record.tape, some) for some in sets] == [(one.least, one.most) for one in ours]
    assert max(one.most for one in ours) > 0


def test_the_search_in_networkx_finds_the_first_arrival_everywhere(world: World) -> None:
    graph, _ = networkx(world)
    start, at = starts(world)[0]
    first = {start: at}
    ends = zip(world.graph.originator.tolist(), world.graph.beneficiary.tolist(), strict=True)
    for place, (paid, got) in enumerate(ends):
        if place > at and paid in first and not world.graph.outside[paid]:
            first.setdefault(got, place)
    assert earliest(graph, start, at) == first
    assert len(first) > 10


def test_questions_are_timed_one_by_one() -> None:
    answers = asked(lambda number: number**2, [1, 2, 3], parts=2)
    assert answers.kept == (1, 4, 9)
    assert len(answers.seconds) == 3
    assert all(second >= 0 for second in answers.seconds)


def test_the_table_gives_the_median_question_and_the_slow_ones() -> None:
    job = Job("paths", len, len, goals=(Goal(2, "ms"),))
    text = table({"paths": job}, {"paths": result(1_000, 0.004, questions=(0.001, 0.003, 0.008))})
    assert "3 ms, 8 ms of 3" in text
    assert "≤ 2 ms: 3 (missed)" in text


def test_growth_stands_by_size_and_leaves_out_what_saw_only_a_part(tmp_path: Path) -> None:
    small = {"sweep": result(1_000, 1e-5), "loop": result(500, 1e-3)}
    large = {"sweep": result(2_000, 4e-5, 6e-5, 5e-5), "loop": result(500, 1e-3)}
    save(tmp_path / "large.json", "here", large)
    save(tmp_path / "small.json", "here", small)
    runs = [saved(tmp_path / name)[1] for name in ("large.json", "small.json")]
    assert growth(runs).splitlines()[2:] == ["| sweep | 10.0 | 25.0 |"]
    assert growth(runs).startswith("| CPU ns a transaction | 1,000 | 2,000 |")
