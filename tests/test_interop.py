"""Hand-over to igraph, networkx and pandas: nothing lost, nothing added, in order."""

import random
from datetime import UTC, datetime

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.graph import adapter

TEXT = """
party P person "Pia"
account A holder=P
2024-03-04 A -> B 9,500.00 #t1 wire "goods"
2024-03-05 A -> B 500.00 #t2
2024-03-05 A -> B 10.00 GBP #t3
2024-03-06 B -> A 1.00 #t4
2024-03-07 B -> cash 2.00 #t5
"""


@pytest.fixture(scope="module")
def graph():
    return fm.FlowGraph(fm.sketch(TEXT))


def test_igraph_gets_one_edge_a_pair_and_currency(graph) -> None:
    made = graph.to_igraph()
    assert made.is_directed()
    assert made.vs["id"] == graph.vertices["id"].to_list()
    name = made.vs["id"]
    assert [(name[e.source], name[e.target], e["currency"], e["amount"], e["count"]) for e in made.es] == [
        ("A", "B", "EUR", 1_000_000, 2),
        ("A", "B", "GBP", 1_000, 1),
        ("B", "A", "EUR", 100, 1),
        ("B", "(cash EUR)", "EUR", 200, 1),
    ]
    assert made.es[0]["first"] == datetime(2024, 3, 4, tzinfo=UTC)
    assert made.es[0]["last"] == datetime(2024, 3, 5, tzinfo=UTC)


def test_igraph_vertices_of_a_fold_carry_names(graph) -> None:
    assert graph.fold("holder").to_igraph().vs["label"] == ["Pia", "B", "(cash EUR)"]


def test_networkx_gets_one_edge_a_transaction(graph) -> None:
    made = graph.to_networkx()
    assert isinstance(made, nx.MultiDiGraph)
    assert list(made.nodes) == graph.vertices["id"].to_list()
    assert made.nodes["A"]["holder"] == "P"
    assert [k for _, _, k in made.edges(keys=True)] == ["t1", "t2", "t3", "t4", "t5"]
    first = made.edges["A", "B", "t1"]
    assert (first["amount"], first["currency"], first["channel"], first["purpose"]) == (950_000, "EUR", "wire", "goods")
    assert first["booked_at"] == datetime(2024, 3, 4, tzinfo=UTC)
    assert "purpose" not in made.edges["A", "B", "t2"]


def test_pandas_gets_every_column_in_order(graph) -> None:
    frame = graph.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert frame["id"].tolist() == ["t1", "t2", "t3", "t4", "t5"]
    assert frame["originator"].tolist() == ["A", "A", "A", "B", "B"]
    assert frame["amount"].dtype == np.int64
    assert str(frame["booked_at"].dtype) == "datetime64[us, UTC]"


def test_an_empty_graph_is_handed_over_too() -> None:
    empty = fm.FlowGraph(fm.sketch("account A"))
    assert empty.to_igraph().ecount() == 0
    assert empty.to_igraph().vcount() == 1
    assert empty.to_networkx().number_of_edges() == 0
    assert len(empty.to_pandas()) == 0


PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24)


@given(PAIRS)
def test_layers_run_forward_except_where_loops_are_opened(pairs) -> None:
    level = adapter.layers(8, pairs)
    forward = {(a, b) for a, b in pairs if level[a] < level[b]}
    assert min(level, default=0) == 0
    for v in range(8):  # every layer is the longest way in
        assert level[v] == max((level[a] + 1 for a, b in forward if b == v and level[a] == level[v] - 1), default=0)
    if nx.is_directed_acyclic_graph(nx.DiGraph([p for p in pairs if p[0] != p[1]])):
        assert all(level[a] < level[b] for a, b in pairs if a != b)


@given(PAIRS, st.randoms(use_true_random=False))
def test_layers_and_places_do_not_depend_on_the_order_of_pairs(pairs, shuffled) -> None:
    levels, places = adapter.layered(pairs, 8)
    assert adapter.layered(shuffled.sample(pairs, len(pairs)), 8) == (levels, places)
    assert adapter.layered([*pairs, *pairs], 8) == (levels, places)
    for layer in set(levels):
        inside = sorted(place for level, place in zip(levels, places, strict=True) if level == layer)
        assert inside == list(range(len(inside)))


def test_places_avoid_a_crossing() -> None:
    assert adapter.layered([(0, 3), (1, 2)], 4)[1] in ([0, 1, 1, 0], [1, 0, 0, 1])


def test_no_vertices_no_layers() -> None:
    assert adapter.layered([], 0) == ([], [])


@given(PAIRS)
def test_components_equal_a_walk(pairs) -> None:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    for strong in (False, True):
        plain = nx.DiGraph()
        plain.add_nodes_from(range(8))
        plain.add_edges_from(pairs)
        parts = nx.strongly_connected_components(plain) if strong else nx.weakly_connected_components(plain)
        expected = [0] * 8
        for number, part in enumerate(sorted(parts, key=min)):
            for vertex in part:
                expected[vertex] = number
        assert adapter.components(8, ends, strong=strong).tolist() == expected


def test_random_numbers_drawn_elsewhere_are_not_disturbed() -> None:
    ends = np.array([(a, b) for a in range(12) for b in range(a)], dtype=np.int64)
    random.seed(5)
    before = random.getstate()
    adapter.leiden(12, ends, np.ones(len(ends)), np.ones(12), resolution=0.5, iterations=2, seed=1)
    assert random.getstate() == before
