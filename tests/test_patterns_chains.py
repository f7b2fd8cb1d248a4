"""Chains, cycles and mules: what each follows, where it stops, and what speaks against it."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from naive_patterns import Shown
from pattern_ledgers import BASE, START, Row, ledger_of
from twins import twin

import followmoney as fm
from followmoney.engines import Local
from followmoney.finding import Finding, Findings
from followmoney.graph import FlowGraph
from followmoney.graph._kernels import fit, searched
from followmoney.patterns import Pattern
from followmoney.patterns._detect import look
from followmoney.patterns._flows import Flows
from followmoney.patterns._hits import ROLES
from followmoney.patterns._kernels_chains import chained
from followmoney.patterns.cycle import Cycle
from followmoney.patterns.layering import Layering
from followmoney.patterns.mule import Mule
from followmoney.patterns.mule_network import MuleNetwork
from followmoney.patterns.peel_chain import PeelChain


def found(text: str, pattern: Pattern | str) -> Findings:
    return fm.detect(FlowGraph(fm.sketch(text)), pattern)


def only(text: str, pattern: Pattern | str) -> Finding:
    (finding,) = found(text, pattern)
    return finding


def shown(pattern: Pattern, graph: FlowGraph) -> set[Shown]:
    hits = look(pattern, Flows.of(graph), Local())
    rows = [range(hits.ptr[i], hits.ptr[i + 1]) for i in range(len(hits))]
    return {
        (int(hits.subject[i]), frozenset((int(hits.at[k]), ROLES[hits.role[k]]) for k in rows[i]))
        for i in range(len(hits))
    }


def dense(seed: int) -> list[Row]:
    """Few accounts that hand on round sums within hours, so that ways cross, meet and go round all the time."""
    dice, when = Random(seed), START  # noqa: S311
    rows: list[Row] = []
    for number in range(40):
        when += timedelta(hours=dice.choice([0, 0, 1, 2, 3]))
        payer, payee = dice.sample("ABCDEFGHJK", 2)
        amount = dice.choice([2_000_000, 1_900_000, 1_800_000, 1_710_000, 100_000, 60_000])
        row = {"id": f"r{number}", "booked_at": when, "originator": payer, "beneficiary": payee, "amount": amount}
        rows.append(dict.fromkeys(BASE) | row | {"currency": "EUR", "row": number + 1})
    return rows


@pytest.mark.parametrize(
    "pattern",
    [
        Layering(hops=3, changes=0), Layering(hops=2), PeelChain(hops=2), PeelChain(hops=2, payments=6),
        Cycle(days=2), Cycle(days=2, slack=8), Cycle(days=2, shortest=4, longest=5),
    ],
)  # fmt: skip
def test_dense_ledgers_give_what_the_plain_twin_gives(pattern: Pattern) -> None:
    several = 0
    for seed in range(16):
        graph = FlowGraph(ledger_of(dense(seed)))
        expected = twin(pattern, graph)
        assert shown(pattern, graph) == expected
        several += bool(expected)
    assert several > 1


# --- layering --------------------------------------------------------------------------------------------------------


def test_a_chain_says_where_the_money_went() -> None:
    finding = only(Layering.example, "layering")
    assert finding.explanation == (
        "EUR 48,000.00 left A on 2024-04-17, was handed on through B, C and D, and EUR 43,500.00 reached E within "
        "5 days, in 4 transactions."
    )
    assert finding.evidence["role"].to_list() == ["out", "link", "link", "in"]


def test_of_chains_that_share_a_beginning_the_longest_counts() -> None:
    ways = ["A -> B", "B -> C", "C -> D", "D -> E", "E -> F", "D -> X"]
    text = "\n".join(f"2024-03-0{day} {way} 20,000.00" for day, way in enumerate(ways, 1))
    finding = only(text, "layering")
    assert finding.evidence["beneficiary"].to_list() == ["B", "C", "D", "E", "F"]


def test_a_change_of_bank_is_asked_for_only_where_banks_are_known() -> None:
    chain = "\n".join(
        f"2024-03-0{n} {a} -> {b} 20,000.00" for n, (a, b) in enumerate(zip("ABCD", "BCDE", strict=True), 1)
    )
    assert (
        "layering: no account says its bank, so no change of bank or country was asked for."
        in found(chain, "layering").notes
    )
    banks = "\n".join(f"account {a} institution=ONE ES" for a in "ABCDE") + "\n"
    assert len(found(banks + chain, "layering")) == 0
    assert len(found(banks.replace("E institution=ONE", "E institution=TWO") + chain, "layering")) == 1
    assert len(found(banks.replace("E institution=ONE ES", "E institution=ONE CY") + chain, "layering")) == 1


def test_the_treasury_of_a_group_and_regular_trade_speak_against_a_chain() -> None:
    ways = list(zip("ABCD", "BCDE", strict=True))
    chain = "\n".join(f"2024-03-0{n} {a} -> {b} 20,000.00" for n, (a, b) in enumerate(ways, 1))
    group = "\n".join(f"account {a} holder=P{a}\nparty P{a} company\nowns TOP P{a} 100%" for a in "ABCDE")
    (counter,) = only(f"party TOP company\n{group}\n{chain}", "layering").counter
    assert counter.startswith("All accounts on the way belong to one group of companies")
    trade = "\n".join(f"2024-0{m}-20 {a} -> {b} {m}00.00" for m in (5, 6) for a, b in ways)
    (counter,) = only(f"{chain}\n{trade}", "layering").counter
    assert counter == "Each paid the next in at least 2 other months too, as customers pay their suppliers."


# --- peel chain ------------------------------------------------------------------------------------------------------


def test_a_peel_chain_lists_hops_and_slices() -> None:
    finding = only(PeelChain.example, "peel_chain")
    assert finding.explanation == (
        "A sum left A on 2024-04-17 and reached G by 6 transactions in a row within 4 days; on the way BTC 8.95000000 "
        "was peeled off, in 6 slices."
    )
    assert finding.evidence["role"].to_list().count("link") == 6


def test_an_account_that_pays_many_is_no_address_on_the_way() -> None:
    busy = "\n".join(f"2024-04-19T10:00 D -> S{n} 500.00 BTC crypto" for n in range(9))
    assert len(found(PeelChain.example + busy, PeelChain(payments=5))) == 0
    assert len(found(PeelChain.example + busy, PeelChain(payments=50))) == 1


# --- cycle -----------------------------------------------------------------------------------------------------------

LATE = """
    2024-03-01T09:00 A -> B 20,000.00
    2024-03-03T09:00 B -> C 19,500.00
    2024-03-02T20:00 C -> D 19,000.00 -- booked before what paid for it
    2024-03-04T09:00 D -> A 18,500.00
"""


def test_with_slack_a_cycle_is_found_whose_hops_are_booked_out_of_order() -> None:
    assert len(found(LATE, Cycle(slack=0))) == 0
    assert len(found(LATE, Cycle(slack=12))) == 0
    finding = only(LATE, Cycle(slack=24))
    assert finding.subject == "A"
    assert finding.transactions == 4


def test_a_hub_on_the_way_costs_no_more_than_the_other_side() -> None:
    crowd = "\n".join(f"2024-03-02 HUB -> C{i} 20,000.00\n2024-03-02 C{i} -> Z{i} 20,000.00" for i in range(300))
    text = f"2024-03-01 A -> HUB 20,000.00 #root\n{crowd}\n2024-03-03 C8 -> A 20,000.00\n"
    assert [f.subject for f in found(text, Cycle(budget=1_000))] == ["A"]


def test_payments_that_all_go_through_a_few_hubs_need_few_looks() -> None:
    dice, lines = Random(1), ["2024-03-01 A -> H1 20,000.00", "2024-03-05 H2 -> A 20,000.00"]  # noqa: S311
    lines += ["2024-03-03 H1 -> B 20,000.00", "2024-03-04 B -> H2 20,000.00"]
    for number in range(1_500):
        ways = [dice.choice(["H1", "H2", "H3"]), f"X{number}"]
        dice.shuffle(ways)
        lines.append(f"2024-03-{dice.randint(1, 28):02} {' -> '.join(ways)} 20,000.00")
    findings = found("\n".join(lines), Cycle(budget=100))
    assert [f.evidence["originator"].to_list() for f in findings] == [["A", "H1", "B", "H2"]]
    assert not [note for note in findings.notes if "budget" in note]


# --- mules -----------------------------------------------------------------------------------------------------------


def test_few_transactions_that_are_many_ways_on_are_worth_compiling() -> None:
    often = np.array([700, 0])
    assert fit(chained, searched(1_400, often, often)) is chained
    assert fit(chained, searched(1_400, often, often[::-1])) is not chained


def test_a_mule_is_told_with_cash_and_commission() -> None:
    assert only(Mule.example, "mule").explanation.startswith(
        "EUR 6,500.00 came into Ana Example (M), opened on 2024-04-20, 16 days before, from 3 payers, and within 48 "
        "hours EUR 6,050.00 (93 %) had left again, to 2 payees, EUR 2,000.00 of it in cash; the rest, 7 %, matches a "
        "commission."
    )


def test_an_account_that_wakes_up_counts_like_a_new_one() -> None:
    old = Mule.example.replace("2024-04-20", "2014-04-20")
    assert len(found(old, "mule")) == 0
    assert len(found("2023-11-06 X -> Y 1.00\n" + old, "mule")) == 1
    assert len(found("2023-11-06 X -> Y 1.00\n2024-04-01 X -> M 1.00\n2024-04-02 M -> X 1.00\n" + old, "mule")) == 1
    assert len(found("2023-11-06 X -> Y 1.00\n2023-12-06 X -> M 5.00\n2024-02-20 M -> X 5.00\n" + old, "mule")) == 0


def test_the_accounts_of_one_payer_are_one_payer() -> None:
    one = "account A holder=P\naccount B holder=P\naccount C holder=P\nparty P person\n"
    assert len(found(one + Mule.example, "mule")) == 0


def test_where_no_account_says_when_it_was_opened_the_notes_say_so() -> None:
    text = "\n".join(line for line in Mule.example.splitlines() if "account" not in line)
    (note,) = [n for n in found(text, "mule").notes if "opened" in n]
    assert "first movement is on or after 2024-08-04" in note


def test_a_new_business_and_a_family_speak_against_a_mule() -> None:
    firm = Mule.example.replace('party P1 person "Ana Example"', "party P1 company founded=2024-04-01")
    assert (
        "The holder is a company founded on 2024-04-01: these can be its first customers." in only(firm, "mule").counter
    )
    homes = "\n".join(f'address {p} "Calle Mayor 1" postcode=28013 city=Madrid' for p in ("P1", "PA", "PB"))
    people = "party PA person\nparty PB person\naccount A holder=PA\naccount B holder=PB\n"
    (counter,) = only(f"{people}{homes}\n{Mule.example}", "mule").counter
    assert counter == "2 of the 3 payers live at the holder's address, as in a family."


def test_mules_are_joined_by_what_they_alone_pay_or_have() -> None:
    finding = only(MuleNetwork.example, "mule_network")
    assert finding.subject == "W"
    assert finding.explanation.startswith("EUR 18,600.00 came into 3 accounts from 9 payers")
    apart = MuleNetwork.example.replace("M2 -> W", "M2 -> V").replace("M3 -> W", "M3 -> U")
    assert len(found(apart, "mule_network")) == 0
    one_man = "\n".join(f"role P9 M{n} signatory" for n in (1, 2, 3))
    assert only(f"{apart}\nparty P9 person\n{one_man}", "mule_network").transactions == 12
    many = "\n".join(f"account N{n}\nrole P9 N{n} signatory" for n in range(13))
    assert len(found(f"{apart}\nparty P9 person\n{one_man}\n{many}", "mule_network")) == 0
