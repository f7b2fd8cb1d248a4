"""What patterns look up of parties and rows: the same as dicts and sorts would say, without one object a row."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import polars as pl
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from followmoney.graph._rows import by_pair, compress
from followmoney.patterns._index import Directory, Index
from followmoney.patterns._kernels_cycle import places
from followmoney.patterns._names import Names
from followmoney.patterns._posts import Posts

TEXTS = st.sampled_from(["", "A", "B", "a", "ä", "Ž", "co", "company with a long name", "\U0001f4b6"])
ROWS = st.lists(st.tuples(st.none() | TEXTS, st.none() | st.integers(0, 3)), max_size=12)
POSTS = st.lists(st.tuples(st.none() | TEXTS, st.none() | TEXTS, st.integers(-2, 2), st.integers(-2, 2)), max_size=12)
PAYMENTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=20)


@examples(40)
@given(ROWS, TEXTS)
def test_a_directory_says_what_a_dict_of_lists_says(rows: list[tuple[str | None, int | None]], text: str) -> None:
    told = defaultdict[str | None, list[int]](list)
    for key, value in rows:
        if value is not None:
            told[key].append(value)
    index = Index(pl.Series([key for key, _ in rows], dtype=pl.String))
    found = Directory[int](index, pl.Series([value for _, value in rows], dtype=pl.Int64))
    assert found.every(text) == told[text]
    assert found.get(text) == (told[text] or [None])[-1]
    assert index.rows(text) == [row for row, (key, _) in enumerate(rows) if key == text]


@examples(40)
@given(POSTS, TEXTS)
def test_posts_are_found_from_either_side_in_order(rows: list[tuple[Any, ...]], text: str) -> None:
    schema = {"party": pl.String, "what": pl.String, "since": pl.Int64, "until": pl.Int64}
    posts = Posts(pl.DataFrame(rows, schema=schema, orient="row"))
    known = [row for row in rows if None not in row]
    assert posts.of(text) == sorted((what, *days) for party, what, *days in known if party == text)
    assert posts.back(text) == sorted((party, *days) for party, what, *days in known if what == text)


@examples(40)
@given(st.sets(TEXTS), st.lists(st.none() | TEXTS))
def test_names_are_numbered_in_order(texts: set[str], asked: list[str | None]) -> None:
    names = Names.of(*texts)
    assert list(names) == [names[number] for number in range(len(names))] == sorted(texts)
    numbers = {text: number for number, text in enumerate(sorted(texts))}
    wanted = [numbers.get(text, -1) if text is not None else -1 for text in asked]
    assert names.numbers(pl.Series(asked, dtype=pl.String)).tolist() == wanted
    assert [names.number(text) for text in asked if text is not None] == [
        number for number, text in zip(wanted, asked, strict=True) if text is not None
    ]


@examples(40)
@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)), st.integers(-3, 3))
def test_two_ascending_columns_are_held_against_each_other_in_one_pass(
    numbers: list[int], keys: list[int], later: int
) -> None:
    ascending, asked = np.array(sorted(numbers), np.int64), np.array(sorted(keys), np.int64)
    wanted = np.searchsorted(ascending, asked + later, "right")
    assert places(ascending, asked, later).tolist() == wanted.tolist()
    assert places.py_func(ascending, asked, later).tolist() == wanted.tolist()


@examples(40)
@given(PAYMENTS)
def test_payments_stand_pair_by_pair_in_order(payments: list[tuple[int, int]]) -> None:
    payer, payee = (np.array([pair[end] for pair in payments], np.uint32) for end in (0, 1))
    out = compress(payer, 5)
    places_of = by_pair(compress(payee, 5), out, payer)
    assert out.row[places_of].tolist() == np.lexsort((np.arange(len(payer)), payee, payer)).tolist()
