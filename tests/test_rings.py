"""How recovery of rings is measured: by hand, and against another library's index."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rings.planted import planted
from benchmarks.rings.score import ari, ring_f1

RINGS = [frozenset("ABC"), frozenset("DEFG")]


def test_rings_given_back_whole_score_one() -> None:
    groups = {member: n for n, ring in enumerate(RINGS) for member in ring}
    assert (ring_f1(groups, RINGS), ari(groups, RINGS)) == (1.0, 1.0)


def test_everybody_together_scores_by_the_size_of_the_whole() -> None:
    together = dict.fromkeys("ABCDEFGHIJ", 0)
    assert ring_f1(together, RINGS) == pytest.approx((6 / 13 + 8 / 14) / 2)
    assert ari(together, RINGS) == 0.0


def test_accounts_in_no_group_are_alone() -> None:
    assert ring_f1({"A": 1, "B": 1}, RINGS) == pytest.approx((4 / 5) / 2)


@given(st.lists(st.integers(0, 3), min_size=7, max_size=7))
def test_the_index_is_that_of_igraph(numbers) -> None:
    import igraph

    groups = dict(zip("ABCDEFG", numbers, strict=True))
    if len(set(numbers)) > 1:
        truth = [0, 0, 0, 1, 1, 1, 1]
        told = igraph.compare_communities(truth, numbers, method="adjusted_rand")
        assert ari(groups, RINGS) == pytest.approx(told)


def test_planted_rings_are_the_same_for_a_seed_and_their_members_pay_each_other(tmp_path) -> None:
    import polars as pl

    one, other = (planted(tmp_path / name, 6_000, 3) for name in ("a", "b"))
    assert one.rings == other.rings
    rows = pl.read_parquet(one.folder / "transactions.parquet")
    assert rows.equals(pl.read_parquet(other.folder / "transactions.parquet"))
    paid = set(rows.select("originator", "beneficiary").rows())
    ring = random.Random(1).choice(one.rings)  # noqa: S311
    assert all(any((m, o) in paid for o in ring) and any((o, m) in paid for o in ring) for m in ring)
    assert len({m for r in one.rings for m in r}) == sum(map(len, one.rings))
