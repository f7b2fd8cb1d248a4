"""Fan-out, scatter-gather, gather-scatter, bipartite and stack: what each is for, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from random import Random

import pytest
from naive_patterns import Shown
from twins import twin

import followmoney as fm
from followmoney.engines import Local
from followmoney.finding import Finding, Findings
from followmoney.graph import FlowGraph
from followmoney.patterns import Pattern
from followmoney.patterns._detect import look
from followmoney.patterns._flows import Flows
from followmoney.patterns._hits import ROLES
from followmoney.patterns.bipartite import Bipartite
from followmoney.patterns.fan_out import FanOut
from followmoney.patterns.gather_scatter import GatherScatter
from followmoney.patterns.scatter_gather import ScatterGather
from followmoney.patterns.stack import Stack


def found(text: str, pattern: str | Pattern) -> Findings:
    return fm.detect(FlowGraph(fm.sketch(text)), pattern)


def only(text: str, pattern: str | Pattern) -> Finding:
    (finding,) = found(text, pattern)
    return finding


# --- fan-out ---------------------------------------------------------------------------------------------------------


def test_payees_who_were_paid_before_are_not_new() -> None:
    before = "\n".join(f"2024-01-1{i} G -> {payee} 10.00" for i, payee in enumerate("ABCDE"))
    assert len(found(FanOut.example + before, "fan_out")) == 0


def test_a_payroll_is_said_to_be_one() -> None:
    wages = [f"2024-{m:02}-0{i} G -> {p} 1,500.00" for m in range(3, 6) for i, p in enumerate("ABCDE", 1)]
    assert only("2024-01-01 X -> Y 1.00\n" + "\n".join(wages), "fan_out").counter == (
        "All were paid the same amount, EUR 1,500.00.",
        "5 of the 5 payees were paid again in at least 2 later months, as employees or suppliers are.",
    )


def test_refunds_are_said_to_be_refunds() -> None:
    paid = "\n".join(f"2024-02-0{i} {p} -> G {i},600.00" for i, p in enumerate("ABC", 1))
    (counter,) = only(FanOut.example + paid, "fan_out").counter
    assert counter == "3 of the 5 payees had paid this account before, as customers who get a refund have."


# --- scatter-gather --------------------------------------------------------------------------------------------------


def test_what_was_split_and_reunited_is_one_finding_that_follows_a_conversion() -> None:
    finding = only(ScatterGather.example, "scatter_gather")
    assert finding.explanation == (
        "A paid EUR 26,500.00 to 3 payees, which paid several currencies on to E, within 7 days, in 6 transactions."
    )
    assert finding.evidence["role"].to_list() == ["out", "out", "out", "in", "in", "in"]


@pytest.mark.parametrize(("paid_on", "times"), [("800.00", 1), ("799.99", 0), ("1,200.00", 1), ("1,200.01", 0)])
def test_what_an_intermediary_keeps_is_compared_exactly(paid_on: str, times: int) -> None:
    lines = [f"2024-03-0{i} S -> M{i} 1,000.00\n2024-03-1{i} M{i} -> T {paid_on}" for i in (1, 2, 3)]
    assert len(found("\n".join(lines), "scatter_gather")) == times


def test_several_who_scatter_over_the_same_payments_are_one_finding() -> None:
    lines = [f"2024-03-0{i} {s} -> M{i} 1,000.00" for i in (1, 2, 3) for s in ("S1", "S2")]
    lines += [f"2024-03-1{i} M{i} -> T 1,000.00" for i in (1, 2, 3)]
    finding = only("\n".join(lines), "scatter_gather")
    assert finding.subject == "S1"
    assert finding.transactions == 9


def hub(seed: int) -> str:
    """Two hubs and a few others between two originators and two ends, and many whom the hubs pay besides."""
    dice = Random(seed)  # noqa: S311
    lines: list[str] = []

    def pay(day: int, payer: str, payee: str) -> None:
        amount = dice.choice(["900.00", "1,000.00", "1,100.00", "5,000.00"])
        lines.append(f"2024-03-{day:02}T{dice.randint(10, 20)}:00 {payer} -> {payee} {amount}")

    for s, m in product(("S1", "S2"), ("HUB1", "HUB2", "M1", "M2")):
        pay(dice.randint(1, 9), s, m)
    for m, t in product(("HUB1", "HUB2", "M1", "M2"), ("T1", "T2")):
        pay(dice.randint(4, 19), m, t)
    for number in range(120):
        pay(dice.randint(4, 19), dice.choice(["HUB1", "HUB2"]), f"X{number % 50}")
    return "\n".join(lines)


def seen(pattern: Pattern, graph: FlowGraph) -> set[Shown]:
    hits = look(pattern, Flows.of(graph), Local())
    return {
        (
            int(hits.subject[i]),
            frozenset((int(hits.at[k]), ROLES[int(hits.role[k])]) for k in range(hits.ptr[i], hits.ptr[i + 1])),
        )
        for i in range(len(hits))
    }


@pytest.mark.parametrize("seed", range(12))
def test_hubs_in_between_are_looked_up_and_nothing_is_missed(seed: int) -> None:
    graph = FlowGraph(fm.sketch(hub(seed)))
    for pattern in (ScatterGather(), ScatterGather(intermediaries=2), ScatterGather(intermediaries=4)):
        assert seen(pattern, graph) == twin(pattern, graph)


def dense(seed: int, days: int) -> FlowGraph:
    """Very many payments among a few accounts, on so many days."""
    dice = Random(seed)  # noqa: S311
    pairs = [dice.sample("ABCDEF", 2) for _ in range(60)]
    lines = [f"2024-03-{dice.randint(1, days):02} {a} -> {b} {dice.randint(8, 12)}00.00" for a, b in pairs]
    return FlowGraph(fm.sketch("\n".join(lines)))


@pytest.mark.parametrize(("seed", "days"), list(product(range(4), (1, 3, 28))))
def test_payments_of_one_instant_are_found_like_any_others(seed: int, days: int) -> None:
    for pattern in (ScatterGather(days=2), ScatterGather(intermediaries=2, days=9, low=0.5)):
        graph = dense(seed, days)
        assert seen(pattern, graph) == twin(pattern, graph)


def test_a_window_shows_only_what_no_other_has_shown() -> None:
    graph = dense(1, 1)
    hits = ScatterGather().hits(Flows.of(graph))
    assert len(hits) <= 6 * 5, "one for each originator and end, not one for each payment"


def test_an_originator_that_is_given_up_on_is_named() -> None:
    text = hub(3).replace("S2 ", "S1 ")
    assert found(text, "scatter_gather").notes == ()
    assert "was used up at 1 first transaction" in found(text, ScatterGather(budget=1)).notes[-1]


def test_parallel_ways_between_accounts_of_two_holders_are_joined_by_folding() -> None:
    text = "party P person\nparty Q person\n"
    text += "\n".join(f"account A{i} holder=P\naccount C{i} holder=Q" for i in (1, 2, 3))
    text += "\n" + "\n".join(
        f"2024-03-0{i} A{i} -> B{i} {i},000.00\n2024-03-1{i} B{i} -> C{i} {i},000.00" for i in (1, 2, 3)
    )
    graph = FlowGraph(fm.sketch(text))
    assert len(fm.detect(graph, "scatter_gather")) == 0
    (finding,) = fm.detect(graph.fold("holder"), "scatter_gather")
    assert (finding.subject, finding.transactions) == ("P", 6)


def test_a_common_landlord_speaks_against_it() -> None:
    tenants = "\n".join(f"2024-04-0{3 + i % 5} K{i} -> E 900.00" for i in range(30))
    (counter,) = only(ScatterGather.example + tenants, "scatter_gather").counter
    assert (
        counter
        == "Who got it in the end was paid by 10 times as many others in these days, as a shop or a landlord is."
    )


# --- gather-scatter --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "times"), [("2,200.00", 1), ("2,199.99", 0), ("6,325.00", 1), ("6,325.01", 0)])
def test_the_share_that_goes_on_is_compared_exactly(last: str, times: int) -> None:
    text = GatherScatter.example.replace("Z 5,000.00", f"Z {last}")  # of 16,500.00, after 11,000.00
    assert len(found(text, "gather_scatter")) == times


def test_an_agent_for_others_is_said_to_be_one() -> None:
    agent = 'party P company "Notary" DE sector=69.10\naccount G holder=P\n'
    assert only(agent + GatherScatter.example, "gather_scatter").counter == (
        "The holder is in law and accounting, a trade that handles money of others.",
    )


def test_a_market_that_is_alike_every_week_is_no_gather_scatter() -> None:
    days = [f"2024-0{month}-{day:02}" for month in range(1, 4) for day in (2, 9, 16, 23)]
    weeks = [f"{d} {p}{d} -> G 3,000.00\n{d} G -> {p}X{d} 2,900.00" for d in days for p in "ABC"]
    assert len(found("\n".join(weeks), "gather_scatter")) == 0
    assert len(found("\n".join(weeks), GatherScatter(share=0))) > 0


# --- bipartite and stack ---------------------------------------------------------------------------------------------


def test_the_same_who_pay_the_same_are_named() -> None:
    assert only(Bipartite.example, "bipartite").explanation == (
        "3 payers paid 3 accounts, X among them, within 9 days: EUR 38,900.00 in 9 transactions, with 9 of the 9 "
        "possible pairs, none of which more than 2 times."
    )


def test_seven_pairs_in_ten_are_enough() -> None:
    lines = Bipartite.example.strip().splitlines()
    assert len(found("\n".join(lines), Bipartite(dense=0.6))) == 1
    without = [line for line in lines if "A -> Z" not in line]
    assert len(found("\n".join(without), Bipartite(payees=3))) == 0
    assert "Z" not in only("\n".join(without), "bipartite").evidence["beneficiary"].to_list()
    assert len(found("\n".join(without), Bipartite(payers=2, payees=3, dense=0.6))) == 1


def test_who_is_paid_by_everybody_is_in_no_group() -> None:
    taxes = "\n".join(f"2024-05-0{1 + i % 9} K{i} -> Z 100.00" for i in range(40))
    assert "Z" not in only(Bipartite.example + taxes, "bipartite").evidence["beneficiary"].to_list()
    assert len(found(Bipartite.example + taxes, Bipartite(payees=3))) == 0
    assert len(found(Bipartite.example + taxes, Bipartite(share=0))) == 1


def chains(*layers: str) -> str:
    """Nine chains of accounts that each pay one other only: what joins them is who holds them."""
    lines = [f"party {name} person" for layer in layers for name in layer]
    for k, (i, j) in enumerate(product(range(3), range(3))):
        chain = [f"{layer[j if depth == 1 else i]}{depth}{i}{j}" for depth, layer in enumerate(layers)]
        lines += [f"account {name} holder={name[0]}" for name in chain]
        for depth, (payer, payee) in enumerate(pairwise(chain)):
            lines.append(f"2024-03-0{1 + 3 * depth}T{10 + k}:00 {payer} -> {payee} {k + 1},000.00")
    return "\n".join(lines)


def test_chains_in_parallel_are_a_bipartite_form_of_their_holders() -> None:
    graph = FlowGraph(fm.sketch(chains("ABC", "XYZ")))
    assert len(fm.detect(graph, "bipartite")) == 0
    (finding,) = fm.detect(graph.fold("holder"), "bipartite")
    assert finding.transactions == 9


def test_chains_of_two_payments_in_parallel_are_a_stack_of_their_holders() -> None:
    graph = FlowGraph(fm.sketch(chains("ABC", "KLM", "XYZ")))
    assert len(fm.detect(graph, "stack")) == 0
    (finding,) = fm.detect(graph.fold("holder"), "stack")
    assert finding.transactions == 18
    assert finding.explanation.startswith("3 accounts paid EUR 45,000.00 to 3 payees, ")


@pytest.mark.parametrize("pattern", [Bipartite(), Stack()])
def test_payers_of_many_are_asked_for_the_payees_that_are_left(pattern: Pattern) -> None:
    payouts = "\n".join(f"2024-05-0{2 + i % 7} {'AK'[i % 2]} -> W{i} 10.00" for i in range(200))
    graph = FlowGraph(fm.sketch(type(pattern).example + payouts))
    (finding,) = fm.detect(graph, pattern)
    assert (
        finding.evidence["transaction"].to_list()
        == only(type(pattern).example, pattern).evidence["transaction"].to_list()
    )
    few = replace(pattern, budget=5)  # type: ignore[type-var]
    assert "was used up" in fm.detect(graph, few).notes[-1]


def test_one_layer_is_no_stack() -> None:
    assert len(found(Bipartite.example, Stack())) == 0
    assert len(found(Stack.example, "bipartite")) == 2
