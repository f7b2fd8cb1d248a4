"""Patterns: what each is for, what it leaves alone, and what speaks against it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from pattern_ledgers import ledger_of, random_rows, settings_of

import followmoney as fm
from followmoney.errors import OverflowLimitError, SettingsError
from followmoney.finding import Finding, Findings
from followmoney.graph import _kernels
from followmoney.patterns import catalogue, explain
from followmoney.patterns._words import length
from followmoney.patterns.cash_intensive import CashIntensive
from followmoney.patterns.cycle import Cycle
from followmoney.patterns.fan_in import FanIn
from followmoney.patterns.pass_through import PassThrough
from followmoney.patterns.real_estate_integration import RealEstateIntegration
from followmoney.patterns.structuring import Structuring


def found(text: str, pattern: object) -> Findings:
    return fm.detect(fm.FlowGraph(fm.sketch(text)), pattern)  # type: ignore[arg-type]


def only(text: str, pattern: object) -> Finding:
    (finding,) = found(text, pattern)
    return finding


def test_the_catalogue_is_the_folder() -> None:
    assert catalogue() | {"structuring": Structuring, "fan_in": FanIn, "pass_through": PassThrough, "cycle": Cycle} == (
        catalogue()
    )


def test_a_misspelt_pattern_is_answered_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match="Did you mean 'structuring'"):
        found("2024-01-01 A -> B 1.00", ["strukturing"])
    with pytest.raises(SettingsError, match="Did you mean 'fan_in'"):
        explain("fanin")


def test_explain_gives_definition_thresholds_sources_and_counter_evidence() -> None:
    text = explain("structuring")
    assert "31 CFR 1010.311" in text
    assert "followmoney default" in text
    assert "takings of a shop" in text
    assert "cash -> A 9,500.00" in text


def test_a_ledger_without_transactions_has_no_findings() -> None:
    assert len(found("account A", None)) == 0


def test_currencies_without_a_limit_are_named() -> None:
    text = "2024-01-01 cash -> A 9,900.00 GBP\n2024-01-01 cash -> A 9,900.00 NOK\n2024-01-02 A -> B 5.00 EUR"
    (note,) = found(text, "structuring").notes
    assert note == (
        "structuring: GBP, NOK not examined, because `limits` gives no amount for them; "
        "`--structuring.limits GBP=AMOUNT` does."
    )


def test_a_currency_that_is_not_there_and_nearly_one_that_is_is_asked_about() -> None:
    graph = fm.FlowGraph(fm.sketch("2024-01-01 cash -> A 9,900.00 EUR"))
    asked = "did you mean EUR?"
    limits = {"EUR": 10_000}
    for least, said in (({"EURO": 5}, True), ({"SEK": 5}, False), ({}, False)):
        notes = fm.detect(graph, [Structuring(limits=limits | least)]).notes
        assert any(asked in note for note in notes) == said


@pytest.mark.parametrize(
    ("pattern", "thresholds", "says"),
    [
        (PassThrough, {"low": 1.0, "high": 0.5}, "low = 1.0 is above high = 0.5"),
        (Structuring, {"band": 8}, "1 or less"),
        (CashIntensive, {"signs": 5}, "4 or less"), (PassThrough, {"hours": -1}, "0 or more"),
    ],
)  # fmt: skip
def test_thresholds_that_make_no_sense_are_refused(pattern: Any, thresholds: dict[str, float], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        pattern(**thresholds)


def test_sums_that_would_not_fit_are_refused_before_they_can_be_wrong() -> None:
    text = "2024-01-01 A -> B 40,000,000,000,000,000.00\n2024-01-02 B -> C 40,000,000,000,000,000.00"
    with pytest.raises(OverflowLimitError, match="64 bits"):
        found(text, "pass_through")


def test_everyday_life_is_not_a_finding() -> None:
    lines: list[str] = []
    for month in range(1, 7):
        lines += [
            f"2024-{month:02}-25 EMPLOYER -> A 2,850.00", f"2024-{month:02}-25 EMPLOYER -> B 3,100.00",
            f"2024-{month:02}-01 A -> LANDLORD 1,100.00", f"2024-{month:02}-01 B -> LANDLORD 950.00",
            f"2024-{month:02}-03 A -> B 50.00", f"2024-{month:02}-04 B -> A 50.00",
            f"2024-{month:02}-09 cash -> A 300.00",
            f"2024-{month:02}-14 SHOP -> SUPPLIER 21,400.00", f"2024-{month:02}-27 FUND -> EMPLOYER 60,000.00",
        ]  # fmt: skip
        lines += [f"2024-{month:02}-{day:02} A -> SHOP 8{day}.20 card" for day in range(2, 28, 3)]
        lines += [f"2024-{month:02}-{day:02} K{month}{day} -> SHOP 1,240.00 card" for day in range(1, 29)]
    assert found("\n".join(lines), None).frame["pattern"].to_list() == []


# --- structuring -----------------------------------------------------------------------------------------------------


def test_only_deposits_in_the_band_and_the_window_count() -> None:
    finding = only(
        """
        2025-03-03 cash -> A 9,500.00 #a
        2025-03-03 cash -> A 9,800.00 #b
        2025-03-05 cash -> A 9,900.00 #c
        2025-03-06 cash -> A 4,000.00 #small
        2025-03-08 D -> A 9,700.00 cash #d
        2025-03-08 D -> A 9,700.00 wire #no-cash
        2025-03-08 cash -> A 10,000.00 #limit
        2025-04-20 cash -> A 9,900.00 #late
        """,
        "structuring",
    )
    assert finding.evidence["transaction"].to_list() == ["a", "b", "c", "d"]
    assert finding.amount == 3_890_000
    assert finding.strength == pytest.approx(1 - (3 / 4 + 10_000 / 38_900) / 2, abs=1e-6)
    assert finding.counter == ("Cash of EUR 10,000.00 or more was also paid in, once: the limit was not avoided.",)


def test_windows_that_share_a_deposit_are_one_finding() -> None:
    days = "\n".join(f"2024-03-{day:02} cash -> A 9,000.00" for day in (1, 4, 7, 10, 13, 28, 29, 30))
    assert sorted(found(days, "structuring").frame["transactions"]) == [3, 5]


def test_the_takings_of_a_shop_are_found_with_what_speaks_for_them() -> None:
    days = [f"2024-{month:02}-{day:02} cash -> A 9,{day:02}0.00" for month in range(1, 5) for day in range(1, 29, 3)]
    finding = only("\n".join(days), "structuring")
    assert finding.counter == ("Cash was paid in in 18 of 18 weeks, as the takings of a shop are.",)


def test_limits_are_in_the_currency_that_reached_the_account() -> None:
    text = "\n".join(f"2024-03-0{day} F -> A 11,000.00 CHF cash = 9,900.00 EUR" for day in (1, 2, 3))
    assert only(text, "structuring").currency == "EUR"
    assert len(found(text, Structuring(limits={"CHF": 12_000}))) == 0


# --- pass-through ----------------------------------------------------------------------------------------------------


def test_money_that_is_gone_within_a_day_is_found() -> None:
    finding = only(PassThrough.example, "pass_through")
    assert finding.explanation == (
        "EUR 50,000.00 came into B from 1 payer, and EUR 48,500.00 (97 % of it) left again to 2 payees, "
        "within 23 hours. Whether it went to usual payees could not be checked: that takes 2 earlier months, and the "
        "ledger begins on 2024-05-06."
    )
    assert not finding.counter
    assert finding.evidence["role"].to_list() == ["in", "out", "out"]


def test_an_account_that_keeps_money_is_no_pass_through() -> None:
    assert len(found(PassThrough.example + "\n2024-07-01 B -> E 130,000.00\n", "pass_through")) == 0


@pytest.mark.parametrize(
    ("gone", "pattern", "times"),
    [
        ("40,000.00", PassThrough(), 1), ("39,999.99", PassThrough(left=0.5), 0), ("52,500.00", PassThrough(), 1),
        ("52,500.01", PassThrough(), 0), ("40,000.00", PassThrough(left=0.1999), 0),
    ],
)  # fmt: skip
def test_shares_are_compared_exactly(gone: str, pattern: PassThrough, times: int) -> None:
    assert len(found(f"2024-03-01 X -> A 50,000.00\n2024-03-02 A -> Y {gone}", pattern)) == times


def test_money_back_to_its_sender_speaks_for_a_refund() -> None:
    finding = only("2024-03-01T09 X -> A 20,000.00\n2024-03-02T09 A -> X 20,000.00", "pass_through")
    assert finding.counter == ("Most of it went back to who had sent it, as a refund does.",)


def test_own_money_and_usual_payees_speak_against_a_pass_through() -> None:
    finding = only(
        """
        party P person "Ana"
        account A holder=P
        account SAVINGS holder=P
        2024-01-05 A -> BUILDER 4,000.00
        2024-02-05 A -> BUILDER 4,000.00
        2024-03-05T09:00 SAVINGS -> A 20,000.00
        2024-03-05T11:00 A -> BUILDER 19,500.00
        """,
        "pass_through",
    )
    assert finding.counter == (
        "The money came from another account of the same holder.",
        "Most of it went to payees paid in at least 2 earlier months too, as suppliers and employees are.",
    )


# --- fan-in ----------------------------------------------------------------------------------------------------------


def test_payers_who_paid_before_are_not_new() -> None:
    before = "\n".join(f"2024-01-1{i} {payer} -> G 10.00" for i, payer in enumerate("ABCDE"))
    assert len(found(FanIn.example + before, "fan_in")) == 0


def test_the_least_sum_is_reached_exactly() -> None:
    assert len(found(FanIn.example, FanIn(least={"EUR": 9_350}))) == 1
    assert len(found(FanIn.example, FanIn(least={"EUR": 9_351}))) == 0


def test_a_ledger_too_short_to_call_a_payer_new_says_so() -> None:
    findings = found(FanIn.example.replace("2024-01", "2024-03"), "fan_in")
    assert len(findings) == 0
    assert "2024-04-01" in findings.notes[0]
    assert len(found(FanIn.example.replace("2024-01", "2024-03"), FanIn(history=0))) == 1


def test_of_two_equal_weeks_the_first_counts_and_the_share_is_reached_exactly() -> None:
    weeks = [f"2024-0{m}-0{i} {p}{m} -> G 1,500.00" for m in (3, 4) for i, p in enumerate("ABCDE", 1)]
    finding = only("2024-01-01 X -> Y 1.00\n" + "\n".join(weeks), FanIn(share=0.5))
    assert f"{finding.first:%Y-%m-%d}" == "2024-03-01"
    assert len(found("2024-01-01 X -> G 1.00\n" + "\n".join(weeks), FanIn(share=0.5))) == 0


def test_a_growing_business_is_no_fan_in() -> None:
    customers = "\n".join(f"2024-{m:02}-{d:02} C{m}{d} -> G 2,000.00" for m in range(1, 7) for d in range(1, 28, 2))
    assert len(found(customers, "fan_in")) == 0


def test_members_who_pay_the_same_and_go_on_paying_speak_against_a_fan_in() -> None:
    fees = [f'2024-{m:02}-0{i} {p} -> CLUB 1,200.00 "Fee"' for m in range(3, 6) for i, p in enumerate("ABCDE", 1)]
    finding = only("2024-01-01 X -> Y 1.00\n" + "\n".join(fees), "fan_in")
    assert finding.counter == (
        "All paid the same amount, EUR 1,200.00 for the same purpose, as members or tenants do.",
        "5 of the 5 payers paid again in at least 2 later months, as customers or tenants do.",
    )


# --- cycle -----------------------------------------------------------------------------------------------------------


def test_a_conversion_on_the_way_round_is_followed() -> None:
    finding = only(Cycle.example, "cycle")
    assert finding.evidence["role"].to_list() == ["out", "link", "link", "in"]
    assert finding.evidence["currency"].to_list() == ["EUR", "EUR", "USD", "EUR"]
    assert "went through B, C and D, and EUR 43,500.00 came back within 13 days" in finding.explanation


def test_hops_at_one_instant_follow_the_order_of_posting() -> None:
    lines = "2024-03-01 {} -> {} 20,000.00 seq={}\n"
    ways = [("A", "B"), ("B", "C"), ("C", "A")]
    forward = "".join(lines.format(*w, k) for k, w in enumerate(ways, 1))
    assert only(forward, "cycle").subject == "A"
    backward = "".join(lines.format(*w, 9 - k) for k, w in enumerate(ways))
    assert len(found(backward, Cycle(slack=0))) == 0


def test_every_round_is_listed_once() -> None:
    rounds = "\n".join(
        f"2024-0{m}-0{d} {way} 20,000.00" for m in (1, 2, 3) for d, way in enumerate(("A -> B", "B -> C", "C -> A"), 1)
    )
    findings = found(rounds, "cycle")
    assert findings.frame["subject"].to_list() == ["A", "A", "A"]
    assert findings.evidence["transaction"].is_unique().all()


def test_of_two_equally_short_ways_the_one_that_is_back_first_counts() -> None:
    ways = ["1 A -> B", "2 B -> C", "3 B -> D", "5 D -> A", "9 C -> A"]
    (finding,) = found("\n".join(f"2024-03-0{way} 20,000.00" for way in ways), "cycle")
    assert finding.evidence["beneficiary"].to_list() == ["B", "D", "A"]


def test_no_account_is_visited_twice() -> None:
    ways = ["1 A -> B", "2 B -> C", "3 C -> B", "4 B -> A"]
    assert len(found("\n".join(f"2024-03-0{way} 20,000.00" for way in ways), Cycle(shortest=3))) == 0


def test_cash_is_no_way_back() -> None:
    assert len(found("2024-03-01 A -> cash 20,000.00\n2024-03-02 cash -> A 20,000.00", "cycle")) == 0


def test_a_search_that_runs_out_of_budget_is_never_silent() -> None:
    text = "2024-03-01 A -> HUB 20,000.00 #root\n2024-03-03 C8 -> A 20,000.00\n"
    text += "\n".join(f"2024-03-02 HUB -> C{i} 20,000.00 #h{i}" for i in range(9))
    assert len(found(text, Cycle(budget=30))) == 1
    findings = found(text, Cycle(budget=2))
    assert len(findings) == 0
    assert [n for n in findings.notes if "was used up at 1 first transaction (root)" in n]


def test_what_speaks_against_a_cycle_is_said() -> None:
    same = "2024-03-01 A -> B 20,000.00\n2024-03-02 B -> A 20,000.00\n"
    assert only(same, Cycle(shortest=2)).counter == (
        "The payee paid exactly the same amount back, as with a refund or a repaid loan.",
    )
    group = "party P company\naccount A holder=P\naccount B holder=P\n" + same.replace("A 20,", "A 19,")
    assert only(group, Cycle(shortest=2)).counter == ("All accounts on the way have the same holder.",)
    both = "2024-03-01 A -> B 20,000.00\n2024-03-02 B -> C 20,000.00\n2024-03-03 C -> A 20,000.00\n"
    both += "2024-03-11 B -> A 900.00\n2024-03-12 A -> C 700.00\n2024-03-13 B -> A 300.00\n"
    assert only(both, "cycle").counter == (
        "They paid each other 3 times besides, also the other way round, as firms that trade do.",
    )


def test_an_agent_of_regular_clients_may_pass_money_through() -> None:
    weeks = "\n".join(
        f"2024-0{month}-06T09:00 A -> B 50,000.00\n2024-0{month}-06T15:00 B -> C 49,000.00" for month in (5, 6, 7)
    )
    counters = found(weeks, "pass_through").frame["counter"].to_list()
    assert len(counters) == 3
    assert all("agent of regular clients" in " ".join(c) for c in counters)


def test_customers_that_keep_coming_may_explain_a_fan_in() -> None:
    later = "\n".join(f"2024-0{4 + n // 3}-08 N{n} -> G 400.00" for n in range(6))
    assert "for the first time too" in " ".join(only(FanIn.example + later, "fan_in").counter)
    assert not only(FanIn.example, "fan_in").counter


# --- all -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "text"),
    [
        (0, 0, "1 day"), (0, 4 * 86_400_000_000, "5 days"), (1, 1, "1 minute"), (1, 59 * 60_000_000, "59 minutes"),
        (1, 23 * 3_600_000_000, "23 hours"), (1, 3 * 86_400_000_000, "3 days"),
    ],
)  # fmt: skip
def test_lengths_of_time_read_as_people_say_them(begin: int, end: int, text: str) -> None:
    assert length(begin, end) == text


@pytest.mark.parametrize("name", catalogue())
def test_the_compiled_kernel_says_what_plain_python_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small jobs run uncompiled; the compiled form must find the same in the same ledgers."""
    pattern = catalogue()[name]
    graphs = [fm.FlowGraph(ledger_of(random_rows(Random(seed), pattern))) for seed in range(10)]  # noqa: S311
    plain = [fm.detect(graph, settings_of(pattern)) for graph in graphs]
    monkeypatch.setattr(_kernels, "_WORTH_COMPILING", 0)
    compiled = [fm.detect(graph, settings_of(pattern)) for graph in graphs]
    assert [
        a.frame.equals(b.frame) and a.evidence.equals(b.evidence) for a, b in zip(plain, compiled, strict=True)
    ] == ([True] * len(graphs))


@pytest.mark.parametrize(
    ("pattern", "text", "says"),
    [
        (
            "high_risk_corridor",
            "account A IBAN ES\n2024-01-01 A -> B 5.00\n2024-02-01 A -> B 5.00",
            "ledger covers 31;",
        ),
        ("cash_intensive", "2024-01-01 cash -> A 5.00", "no sector has 20 accounts"),
        ("crypto_off_ramp", "2024-01-01 A -> B 5.00", "nothing in `account.scheme` of wallets"),
        ("mass_address", 'address C1 "Dock" CY\n2024-01-01 A -> B 5.00', "because the ledger knows 0"),
        ("shell", 'party C1 company "C"\naccount A holder=C1\n2024-01-01 B -> A 5.00', "because the ledger knows 1"),
    ],
)
def test_conditions_that_this_ledger_cannot_meet_are_named(pattern: str, text: str, says: str) -> None:
    assert says in " ".join(found(text, pattern).notes)


def test_means_that_cannot_be_known_are_named() -> None:
    example = RealEstateIntegration.example
    assert not [n for n in found(example, "real_estate_integration").notes if "declared income" in n]
    (note,) = found(example.replace("income=21,000.00", ""), "real_estate_integration").notes
    assert "no buyer has a declared income, and no purchase has a year and 90 days" in note
