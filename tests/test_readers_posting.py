"""The posting order within a day is the one order in which stated balances chain: the search equals trying them all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from followmoney.readers._posting import Step, chain


def plain(steps: list[Step], start: int | None, tolerance: int) -> list[int] | None:
    """The twin: every order tried."""

    def chains(order: tuple[int, ...], first: int | None) -> bool:
        ends = [first] + [steps[at][1] for at in order[:-1]]
        return all(end is None or abs(end - steps[at][0]) <= tolerance for end, at in zip(ends, order, strict=True))

    for first in [start, None] if start is not None else [None]:
        found = [list(order) for order in permutations(range(len(steps))) if chains(order, first)]
        if found:
            return found[0] if len(found) == 1 else []
    return None


balance = st.integers(0, 5)


@given(st.lists(st.tuples(balance, balance), min_size=2, max_size=5), st.none() | balance, st.integers(0, 1))
def test_it_equals_trying_every_order(steps: list[Step], start: int | None, tolerance: int) -> None:
    assert chain(steps, start, tolerance) == plain(steps, start, tolerance)


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=200), st.randoms())
def test_a_long_day_of_credits_is_put_in_order(amounts: list[int], random: object) -> None:
    at, steps = 0, list[Step]()
    for amount in amounts:
        steps.append((at, at + amount))
        at += amount
    mixed = list(range(len(steps)))
    random.shuffle(mixed)  # type: ignore[attr-defined]
    order = chain([steps[index] for index in mixed], None)
    assert order is not None
    assert [mixed[index] for index in order] == list(range(len(steps)))


def test_a_search_that_would_not_end_says_the_order_is_not_known() -> None:
    assert chain([(0, 1), (1, 0)] * 30, 0) == []
