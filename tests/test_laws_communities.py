"""Laws of networks: planted rings come back, nothing depends on chance, every member once, no network in pieces."""

import math
import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from types import SimpleNamespace

import igraph
import numpy as np
import pytest
from community_methods import SEVERAL, asked, in_one_piece
from hypothesis import given
from hypothesis import strategies as st
from planted_rings import clustered, grouped, planted

import followmoney as fm
from followmoney.communities._ties import ties
from followmoney.communities.leiden import Leiden
from followmoney.graph import adapter


def test_planted_rings_come_back() -> None:
    lines, hidden = planted()
    found = grouped(clustered(lines))
    best = [max(2 * len(ring & n) / (len(ring) + len(n)) for n in found) for ring in hidden]
    assert sum(best) / len(best) > 0.9
    assert sum(best) / len(best) > 0.5 + sum(
        max(2 * len(ring & n) / (len(ring) + len(n)) for n in grouped(clustered(lines, method="components")))
        for ring in hidden
    ) / len(hidden)


@pytest.mark.parametrize(("method", "options"), SEVERAL)
def test_the_same_seed_gives_the_same_networks_whatever_else_draws(method, options) -> None:
    lines, _ = planted(rings=3, around=30, payments=60)
    graph = fm.FlowGraph(fm.sketch("\n".join(lines)))
    options = asked(graph, method, options)
    random.seed(1)
    one = fm.cluster(graph, method, seed=7, **options)
    random.seed(2)
    np.random.default_rng().random()
    other = fm.cluster(graph, method, seed=7, **options)
    assert one.frame.equals(other.frame)
    assert one.members.equals(other.members)


def test_hash_seeds_do_not_matter() -> None:
    lines, _ = planted(rings=3, around=20, payments=40)
    code = "from followmoney import *; print(cluster(FlowGraph(sketch(open(0).read()))).frame.write_json())"
    other = str(1 + int(os.environ.get("PYTHONHASHSEED", "0").replace("random", "0")))
    done = subprocess.run(
        [sys.executable, "-c", code], input="\n".join(lines), capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONHASHSEED": other},
    )  # fmt: skip
    assert done.stdout.strip() == clustered(lines).frame.write_json()


def made(lines, method, options):
    graph = fm.FlowGraph(fm.sketch("\n".join(lines)))
    return fm.cluster(graph, method, **{"seeds": ["a003", "r01"], **options} if method == "seeds" else options)


@pytest.mark.parametrize(("method", "options"), SEVERAL)
def test_the_order_of_rows_does_not_matter(method, options) -> None:
    lines, _ = planted(rings=2, around=12, payments=20)
    one = made(lines, method, options)
    for seed in range(3):
        other = made(random.Random(seed).sample(lines, len(lines)), method, options)  # noqa: S311
        assert one.frame.equals(other.frame)
        assert one.members.equals(other.members)


@pytest.mark.parametrize(("method", "options"), SEVERAL)
def test_renaming_accounts_changes_nothing_but_names(method, options) -> None:
    lines, _ = planted(rings=3, around=30, payments=60)
    names = sorted({word for line in lines for word in (line.split()[1], line.split()[3])})
    new = dict(zip(names, reversed([f"n{i:03}" for i in range(len(names))]), strict=True))
    renamed = [" ".join(new.get(word, word) for word in line.split()) for line in lines]
    plain, other = made(lines, method, options), {}
    if method == "seeds":
        other = {"seeds": [new["a003"], new["r01"]]}
    assert {frozenset(new[v] for v in n) for n in grouped(plain)} == grouped(made(renamed, method, options | other))


@pytest.mark.parametrize(("method", "options"), [(m, o) for m, o in SEVERAL if o.get("weight") != "recency"])
def test_an_unrelated_transaction_changes_no_network(method, options) -> None:
    """Nor the smaller of several levels; recency is counted back from the last transaction of all."""
    if options.get("objective") == "modularity":
        return  # compares with the whole ledger: that is what it means
    lines, _ = planted(rings=3, around=30, payments=60)
    more = grouped(made(["2023-01-01 U -> V 5,000.00", *lines, "2025-01-01 W -> V 5,000.00"], method, options))
    far = {n for n in more if n <= frozenset("UVW")}
    assert more - far == grouped(made(lines, method, options))
    assert frozenset("UVW") in far or method == "seeds" or options.get("resolution", 0) > 1


MOVES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 10_000)), min_size=1, max_size=40)
OPTIONS = st.sampled_from(SEVERAL)


def graph_of(moves):
    end = {8: "cash", 9: "?"}
    named = [(end.get(a, f"v{a}"), end.get(b, f"v{b}"), n) for a, b, n in moves if not (a > 7 and b > 7)]
    return fm.FlowGraph(fm.sketch("\n".join(["account Q", *(f"2024-03-04 {a} -> {b} {n}.00" for a, b, n in named)])))


@given(MOVES, OPTIONS, st.integers(0, 3))
def test_every_account_is_in_one_network_or_none_and_no_network_is_in_pieces(moves, chosen, seed) -> None:
    method, options = chosen
    graph = graph_of(moves)
    found = fm.cluster(graph, method, seed=seed, **asked(graph, method, options))
    assert (found.frame["size"] >= 2).all()
    assert not set(found.members["vertex"]) & set(graph.vertices["id"].filter(graph.outside))
    for _, level in found.frame.group_by("level"):
        vertices = found.members.filter(found.members["network"].is_in(level["id"].implode()))["vertex"].to_list()
        assert len(set(vertices)) == len(vertices) == level["size"].sum()
    for network in found:
        members = set(network.members["vertex"])
        assert in_one_piece(members, network.rows().select("originator", "beneficiary").rows())
        if network.parent:
            assert members < set(found[network.parent].members["vertex"])


@given(MOVES, OPTIONS)
def test_sums_equal_a_plain_count(moves, chosen) -> None:
    method, options = chosen
    graph = graph_of(moves)
    rows = graph.to_polars().select("originator", "beneficiary", "amount").rows()
    for network in fm.cluster(graph, method, **asked(graph, method, options)):
        members = set(network.members["vertex"])
        inside = [(a, b, n) for a, b, n in rows if a in members and b in members and a != b]
        came = [(b, n) for a, b, n in rows if b in members and a not in members]
        went = [(a, n) for a, b, n in rows if a in members and b not in members]
        assert (network.transactions, network.internal) == (len(inside), sum(n for *_, n in inside))
        assert network.incoming == sum(n for _, n in came)
        assert network.outgoing == sum(n for _, n in went)
        assert network.rows()["amount"].sum() == network.internal
        for member in network.members.iter_rows(named=True):
            own = member["vertex"]
            assert member["paid"] == sum(n for a, _, n in inside if a == own)
            assert member["received"] == sum(n for _, b, n in inside if b == own)
            assert member["incoming"] == sum(n for b, n in came if b == own)
            assert member["outgoing"] == sum(n for a, n in went if a == own)
            assert set(member["roles"]) == plain_roles(member, network, inside)


def plain_roles(member, network, inside):
    """The roles of a member, read off the words of `ROLES` one by one."""
    own, everyone = member["vertex"], network.members.rows(named=True)
    payers, payees = {a for a, b, _ in inside if b == own}, {b for a, b, _ in inside if a == own}
    came, went = member["received"] + member["incoming"], member["paid"] + member["outgoing"]
    left = {m["vertex"] for m in everyone} - {own}
    left_pairs = [(a, b) for a, b, _ in inside if own not in {a, b}]
    played = {
        "hub": len(payers | payees) >= 3 and 2 * len(payers | payees) >= network.size - 1,
        "collector": len(payers) >= 3 and len(payers) >= 2 * len(payees),
        "distributor": len(payees) >= 3 and len(payees) >= 2 * len(payers),
        "pass_through": came > 0 and 5 * went >= 4 * came and 5 * came >= 4 * went,
        "bridge": not in_one_piece(left, left_pairs),
    }
    for role, side in (("entry", "incoming"), ("exit", "outgoing")):
        ranked = sorted((m for m in everyone if m[side]), key=lambda m: -m[side])  # as numbered where equal
        whole, before = sum(m[side] for m in ranked), 0
        for m in ranked:
            if 5 * before < 4 * whole and m["vertex"] == own:
                played[role] = True
            before += m[side]
    return {role for role, plays in played.items() if plays}


@given(MOVES)
def test_ties_equal_a_dictionary(moves) -> None:
    graph = graph_of(moves)
    amount, count = Counter(), Counter()
    for a, b, n in zip(graph.originator.tolist(), graph.beneficiary.tolist(), graph.amount.tolist(), strict=True):
        if a != b and not graph.outside[a] and not graph.outside[b]:
            amount[min(a, b), max(a, b)] += n
            count[min(a, b), max(a, b)] += 1
    found = ties(graph)
    assert [tuple(e) for e in found.ends.tolist()] == sorted(amount)
    assert found.amount.tolist() == pytest.approx([math.log2(2 + amount[e] / 100_000) for e in sorted(amount)], abs=0.1)
    assert (found.recency == found.count).all()  # all on one day
    assert found.count.tolist() == pytest.approx([math.log2(1 + count[e]) for e in sorted(count)], abs=0.1)
    ranked = sorted(range(len(amount)), key=lambda i: amount[sorted(amount)[i]])
    assert (np.diff(found.amount[ranked]) >= 0).all()  # more money never weighs less


def quality(groups, ends, weights, masses, resolution):
    """Σ weight inside less ½ · resolution · mass², in plain Python."""
    inside = sum(w for (a, b), w in zip(ends.tolist(), weights.tolist(), strict=True) if groups[a] == groups[b])
    mass = defaultdict(float)
    for vertex, group in enumerate(groups):
        mass[group] += masses[vertex]
    return inside - resolution * sum(m * m for m in mass.values()) / 2


@given(MOVES, st.booleans(), st.integers(0, 5))
def test_the_grouping_is_as_good_as_igraph_says_and_better_than_none(moves, modularity, seed) -> None:
    found = ties(graph_of(moves))
    if not len(found.ends):
        return
    strength = np.bincount(found.ends.ravel(), weights=found.amount.repeat(2), minlength=found.size)
    masses, resolution = (strength, 1 / strength.sum()) if modularity else (np.ones(found.size), 0.3)
    given_ = {"resolution": resolution, "iterations": 2, "seed": seed}
    groups = adapter.leiden(found.size, found.ends, found.amount, masses, **given_).tolist()
    ours = quality(groups, found.ends, found.amount, masses, resolution)
    with adapter._seeded(seed):
        told = adapter._graph(found.size, found.ends, directed=False).community_leiden(
            "CPM", weights=found.amount.tolist(), node_weights=masses.tolist(), resolution=resolution, n_iterations=2
        )
    assert ours == pytest.approx(told.quality * found.amount.sum(), abs=1e-9)
    assert ours >= quality(range(found.size), found.ends, found.amount, masses, resolution) - 1e-9
    if modularity:
        plain = adapter._graph(found.size, found.ends, directed=False)
        assert ours / found.amount.sum() == pytest.approx(plain.modularity(groups, weights=found.amount.tolist()))


@given(MOVES, st.sampled_from(["cpm", "modularity"]))
def test_one_part_after_the_other_is_no_worse_than_no_grouping(moves, objective) -> None:
    found = ties(graph_of(moves))
    if not len(found.ends):
        return
    strength = np.bincount(found.ends.ravel(), weights=found.amount.repeat(2), minlength=found.size)
    masses, resolution = (strength, 0.5 / strength.sum()) if objective == "modularity" else (np.ones(found.size), 0.5)
    groups = Leiden(objective=objective, resolution=0.5).groups(found).tolist()
    ours = quality(groups, found.ends, found.amount, masses, resolution)
    assert ours >= quality(range(found.size), found.ends, found.amount, masses, resolution) - 1e-9


def test_a_group_that_comes_back_in_pieces_is_split(monkeypatch) -> None:
    monkeypatch.setattr(igraph.Graph, "community_leiden", lambda *_, **__: SimpleNamespace(membership=[0, 0, 0, 0]))
    ends = np.array([[0, 1], [2, 3]])
    found = adapter.leiden(4, ends, np.ones(2), np.ones(4), resolution=1.0, iterations=1, seed=1)
    assert found.tolist() == [0, 0, 1, 1]


def test_modularity_is_that_of_the_whole_ledger() -> None:
    pairs = ["AB", "BC", "CA", "CD", "DE", "EF", "FD", "GH"]
    lines = [f"2024-03-0{day} {a} -> {b} 500.00" for day in (1, 2) for a, b in pairs]
    assert grouped(clustered(lines, objective="modularity", resolution=1.0)) == {
        frozenset("ABC"), frozenset("DEF"), frozenset("GH"),
    }  # fmt: skip
