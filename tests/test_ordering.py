"""Vertices within a layer are placed so that few pairs cross."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from followmoney.graph.adapter import layered
from followmoney.graph.ordering import ordering

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)


def crossings(pairs: list[tuple[int, int]], layers: list[int], places: list[int]) -> int:
    """Pairs between neighbouring layers that cross, each with each."""
    down = [(a, b) if layers[a] < layers[b] else (b, a) for a, b in pairs]
    return sum(
        layers[a] == layers[c] and (places[a] - places[c]) * (places[b] - places[d]) < 0
        for n, (a, b) in enumerate(down) for c, d in down[:n]
    )  # fmt: skip


def test_two_pairs_that_cross_are_untangled() -> None:
    pairs, layers = [(0, 3), (1, 2)], [0, 0, 1, 1]
    assert crossings(pairs, layers, [0, 1, 0, 1]) == 1
    assert crossings(pairs, layers, ordering(4, pairs, layers)) == 0


def test_a_tree_has_no_crossings() -> None:
    pairs = [(0, 2), (0, 1), (1, 6), (2, 3), (2, 5), (1, 4)]
    layers = [0, 1, 1, 2, 2, 2, 2]
    assert crossings(pairs, layers, ordering(7, pairs, layers)) == 0


@given(PAIRS, st.data())
def test_every_layer_is_filled_from_its_first_place_whatever_the_order_of_pairs(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    layers, places = layered(pairs, 12)
    for layer in set(layers):
        inside = [places[v] for v in range(12) if layers[v] == layer]
        assert sorted(inside) == list(range(len(inside)))
    assert layered(data.draw(st.permutations(pairs)), 12) == (layers, places)
