"""The flow graph: a total order, dense numbers, slices and shards that share rows, only booked rows, few bytes."""

import random
import tracemalloc
from collections import defaultdict

import numpy as np
import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import OverflowLimitError, SettingsError
from followmoney.graph import _rows
from followmoney.graph.pairs import pairs
from followmoney.ledger import Ledger, Part, Reading, Source

TEXT = """
2024-03-05 B -> C 30.00 #b
2024-03-04 A -> B 10.00 #a
2024-03-05 A -> C 20.00 #c
2024-03-05 C -> A 40.00 #d seq=2
2024-03-05 C -> B 50.00 #e seq=1
2024-03-06T10:05 cash -> A 60.00 #f
2024-03-06 B -> ? 70.00 GBP #g
2024-03-07 B -> A 80.00 EUR = 70.00 GBP #h
"""


@pytest.fixture(scope="module")
def graph():
    return fm.FlowGraph(fm.sketch(TEXT))


def ids(graph):
    return graph.to_polars()["id"].to_list()


def test_order_is_time_then_sequence_then_id(graph) -> None:
    assert ids(graph) == ["a", "e", "d", "b", "c", "g", "f", "h"]
    assert (np.diff(graph.time) >= 0).all()


def test_the_order_of_rows_in_the_file_does_not_matter(graph) -> None:
    lines = TEXT.strip().splitlines()
    random.Random(4).shuffle(lines)  # noqa: S311
    other = fm.FlowGraph(fm.sketch("\n".join(lines)))
    assert ids(other) == ids(graph)
    assert other.vertices["id"].equals(graph.vertices["id"])
    assert (other.originator == graph.originator).all()


def test_ties_are_marked(graph) -> None:
    assert graph.tied.tolist() == [False, False, True, True, True, False, False, False]


def test_vertices_are_numbered_as_money_first_touches_them(graph) -> None:
    assert graph.vertices["id"].to_list() == ["A", "B", "C", "(unknown GBP)", "(cash EUR)"]
    assert graph.vertex("C") == 2


def test_cash_and_unknown_ends_are_outside(graph) -> None:
    assert graph.outside.tolist() == [False, False, False, True, True]


def test_an_unknown_account_is_an_error_with_the_nearest_name(graph) -> None:
    with pytest.raises(SettingsError, match=r"Unknown account '\(cash EURO\)'. Did you mean '\(cash EUR\)'"):
        graph.vertex("(cash EURO)")


def test_only_booked_rows_move_money() -> None:
    lines = ["2024-03-04 A -> B 1.00 pending", "2024-03-05 A -> C 2.00", "2024-03-06 C -> A 3.00 returned"]
    graph = fm.FlowGraph(fm.sketch("\n".join(lines)))
    assert ids(graph) == ["t2"]
    assert graph.columns.number.tolist() == [1]
    assert graph.amount.tolist() == [200]


def test_what_was_received_is_what_was_sent_unless_converted(graph) -> None:
    columns = graph.columns
    assert graph.currencies == ("EUR", "GBP")
    assert (columns.amount[-1], columns.currency[-1]) == (8_000, 0)
    assert (columns.received[-1], columns.currency_received[-1]) == (7_000, 1)
    assert (columns.received[:-1] == columns.amount[:-1]).all()
    assert (columns.currency_received[:-1] == columns.currency[:-1]).all()


def test_without_conversions_received_costs_nothing() -> None:
    graph = fm.FlowGraph(fm.sketch("2024-03-04 A -> B 1.00\n2024-03-05 B -> A 1.00"))
    assert graph.columns.received is graph.columns.amount
    part = graph.only(slice(0, 1))
    assert part.columns.received is part.columns.amount


def test_days_count_whole(graph) -> None:
    assert ids(graph.between("2024-03-05", "2024-03-06")) == ["e", "d", "b", "c", "g", "f"]
    assert ids(graph.between("2024-03-06T10:05", "2024-03-07")) == ["f", "h"]
    assert ids(graph.between("2025-01-01", "2025-12-31")) == []


def test_a_slice_shares_memory_and_keeps_vertices_and_row_numbers(graph) -> None:
    part = graph.between("2024-03-05", "2024-03-05")
    assert np.shares_memory(part.amount, graph.amount)
    assert part.vertices is graph.vertices
    assert part.columns.number.tolist() == [1, 2, 3, 4]
    assert part.positions(["d"]).tolist() == [1]


def test_positions_are_in_the_order_asked(graph) -> None:
    assert graph.positions(["h", "a", "d"]).tolist() == [7, 0, 2]
    assert graph.positions([]).tolist() == []


def test_a_transaction_that_is_not_there_is_an_error(graph) -> None:
    with pytest.raises(SettingsError, match=r"Unknown transaction 'hh'\. Did you mean 'h'"):
        graph.positions(["a", "hh"])


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("role", ["originator", "beneficiary"])
def test_shards_are_disjoint_and_whole(graph, role, parts) -> None:
    shards = [graph.shard(role, part, parts) for part in range(parts)]
    assert sorted(n for s in shards for n in s.columns.number) == graph.columns.number.tolist()
    owners = [set(getattr(s, role).tolist()) for s in shards]
    assert sum(map(len, owners)) == len(set().union(*owners))


def test_a_shard_by_either_end_has_all_of_an_account(graph) -> None:
    for part in range(2):
        shard = graph.shard("either", part, 2)
        for account in range(part, len(graph.vertices), 2):
            assert len(shard.out.of(account)) == len(graph.out.of(account))
            assert len(shard.into.of(account)) == len(graph.into.of(account))


def test_a_table_for_people_has_every_column(graph) -> None:
    frame = graph.to_polars()
    assert frame.row(0, named=True)["originator"] == "A"
    assert {"source", "row", "currency", "amount_received"} <= set(frame.columns)


def test_a_graph_shows_itself(graph) -> None:
    assert repr(graph) == "FlowGraph(8 transactions between 5 accounts)"
    assert "FlowGraph(8 transactions" in graph._repr_html_()


def test_an_empty_ledger_is_an_empty_graph() -> None:
    empty = fm.FlowGraph(fm.sketch("account A"))
    assert (len(empty), len(empty.vertices), len(empty.out.of(0)), empty.tied.tolist()) == (0, 1, 0, [])
    assert len(pairs(empty)) == 0


MOVES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 999)), min_size=1, max_size=40)


def made(moves, currencies=("EUR",)):
    lines = [
        f"2024-03-{1 + i // 3:02} a{o} -> a{b} {n / 100:.2f} {currencies[n % len(currencies)]}"
        for i, (o, b, n) in enumerate(moves)
    ]
    return fm.FlowGraph(fm.sketch("\n".join(lines)))


@pytest.mark.parametrize("small", [_rows._SMALL, 0])  # 0: the compiled sort
@given(ends=st.lists(st.integers(0, 5), max_size=40))
def test_compressed_rows_equal_lists(ends, small) -> None:
    plain = defaultdict(list)
    for row, account in enumerate(ends):
        plain[account].append(row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_rows, "_SMALL", small)
        rows = _rows.compress(np.array(ends, np.uint32), 7)
    assert [rows.of(account).tolist() for account in range(7)] == [plain[account] for account in range(7)]


def test_out_and_into_are_the_rows_of_each_end(graph) -> None:
    for account in range(len(graph.vertices)):
        assert graph.out.of(account).tolist() == np.flatnonzero(graph.originator == account).tolist()
        assert graph.into.of(account).tolist() == np.flatnonzero(graph.beneficiary == account).tolist()


@given(MOVES)
def test_pairs_equal_a_dictionary(moves) -> None:
    graph = made(moves, ("EUR", "GBP"))
    c, plain = graph.columns, {}
    for paid, got, code, amount, time in zip(c.originator, c.beneficiary, c.currency, c.amount, c.time, strict=True):
        total, count, first, last = plain.get((paid, got, code), (0, 0, time, time))
        plain[paid, got, code] = (total + amount, count + 1, min(first, time), max(last, time))
    frame = pairs(graph).with_columns(pl.col("first", "last").to_physical())
    found = [(o, b, graph.currencies.index(cur), *rest) for o, b, cur, *rest in frame.iter_rows()]
    assert found == [(*key, *plain[key]) for key in sorted(plain)]


@examples(15)
@given(MOVES, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_rows(moves, shuffled) -> None:
    graph = made(moves)
    assert pairs(graph.only(np.array(shuffled.sample(range(len(graph)), len(graph))))).equals(pairs(graph))


def ledger(amounts):
    rows = {
        "id": [f"t{i}" for i in range(len(amounts))], "booked_at": ["2024-01-01"] * len(amounts), "originator": "A",
        "beneficiary": "B", "amount": amounts, "currency": "EUR", "row": range(1, len(amounts) + 1),
    }  # fmt: skip
    source = Source("f", "x", 1, "test")
    return Ledger.of([Reading([source], [Part("transactions", "f", pl.LazyFrame(rows))])])


def test_sums_near_the_limit_are_exact() -> None:
    assert pairs(fm.FlowGraph(ledger([2**62, 2**62 - 1])))["amount"].to_list() == [2**63 - 1]


def test_a_sum_that_does_not_fit_is_an_error_not_a_wrong_sum() -> None:
    with pytest.raises(OverflowLimitError, match="more than fits into 64 bits"):
        pairs(fm.FlowGraph(ledger([2**62, 2**62])))


def test_a_transaction_costs_few_bytes() -> None:
    size = 50_000
    numbers = np.arange(size)
    rows = {
        "id": pl.Series(numbers).cast(pl.String), "booked_at": pl.Series(numbers).cast(pl.Datetime("us", "UTC")),
        "originator": pl.Series(numbers % 97).cast(pl.String), "beneficiary": pl.Series(numbers % 89).cast(pl.String),
        "amount": numbers + 1, "currency": ["EUR"] * size, "row": numbers + 1,
    }  # fmt: skip
    source = Source("f", "x", 1, "test")
    held = Ledger.of([Reading([source], [Part("transactions", "f", pl.LazyFrame(rows))])])
    graph = fm.FlowGraph(held)
    columns = graph.columns
    one_each = {id(a): a for a in vars(columns).values()}
    assert sum(a.nbytes for a in one_each.values()) / size <= 32
    tracemalloc.start()
    fm.FlowGraph(held)
    held_more = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held_more / size < 16  # shares the ledger's columns
    assert (graph.out.row.nbytes + graph.into.row.nbytes) / size == 8
