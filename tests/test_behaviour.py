"""Innocent explanations of what accounts suddenly do, and what patterns of behaviour promise besides the laws."""

from __future__ import annotations

import json

import pytest

import followmoney as fm
from followmoney.finding import Finding
from followmoney.graph import FlowGraph
from followmoney.patterns import catalogue


def only(pattern: str, more: str = "", *, instead: tuple[str, str] = ("", ""), fold: bool = False) -> Finding:
    graph = FlowGraph(fm.sketch(catalogue()[pattern].example.replace(*instead) + "\n" + more))
    (finding,) = fm.detect(graph.fold("party") if fold else graph, pattern)
    return finding


OWN = ["dormant_burst", "hawala_offset", "high_risk_corridor", "crypto_off_ramp", "ghost_payroll", "port_fan_in"]


@pytest.mark.parametrize("pattern", [*OWN, "real_estate_integration"])
def test_the_example_is_found_between_parties_too(pattern: str) -> None:
    assert only(pattern, fold=True).amount == only(pattern).amount


def test_a_legacy_is_said_to_be_one() -> None:
    text = """
        party P9 company "Notary Ruiz" ES sector=69.10
        account N holder=P9
        2023-01-10 B -> A 900.00
        2024-03-04 N -> A 88,000.00
    """
    (finding,) = fm.detect(FlowGraph(fm.sketch(text)), "dormant_burst")
    assert "legacies" in finding.counter[0]


def test_a_fee_breaks_no_silence_and_a_payment_does() -> None:
    assert "409 days without" in only("dormant_burst").explanation
    graph = FlowGraph(fm.sketch(catalogue()["dormant_burst"].example.replace("A -> BANK 6.00", "A -> BANK 60.00")))
    (finding,) = fm.detect(graph, "dormant_burst")
    assert "248 days without" in finding.explanation


def test_an_account_without_a_past_is_dormant_only_if_it_was_opened_long_ago() -> None:
    text = "{}2023-01-01 X -> Y 5.00\n2024-03-04 D -> A 48,000.00"
    found = [len(fm.detect(FlowGraph(fm.sketch(text.format(said))), "dormant_burst")) for said in (
        "", "account A opened=2022-01-01\n", "account A opened=2024-02-01\n",
    )]  # fmt: skip
    assert found == [0, 1, 0]


def test_a_silence_is_as_long_in_the_margin_as_in_the_sentence() -> None:
    later = ("2024-03-04 D -> A", "2024-03-04T18:00 D -> A")
    finding = only("dormant_burst", instead=later)
    assert "409 days without a movement," in finding.explanation
    assert "in this ledger" in finding.explanation
    assert "409 days" in [step["seen"] for step in json.loads(finding.margins)]
    opened = "account A opened=2022-01-01\n2023-01-01 X -> Y 5.00\n2024-03-04 D -> A 48,000.00"
    (first,) = fm.detect(FlowGraph(fm.sketch(opened)), "dormant_burst")
    assert "428 days without a movement since the ledger began on 2023-01-01" in first.explanation
    assert "in 1 transaction on 2024-03-04;" in first.explanation


def test_a_season_cannot_be_checked_in_the_first_year() -> None:
    text = "2023-06-01 B -> A 900.00\n{} D -> A 48,000.00"
    said = [
        fm.detect(FlowGraph(fm.sketch(text.format(day))), "dormant_burst").frame["explanation"][0]
        for day in ("2024-03-04", "2024-06-01")
    ]
    assert ["seasonal could not be checked" in text for text in said] == [True, False]


def test_what_an_association_collects_is_said_to_be_collected() -> None:
    said = 'party P1 company "Friends of Dakar" FR sector=94.99\naccount A holder=P1'
    assert "association" in only("hawala_offset", said).counter[0]


def test_who_bought_crypto_before_is_said_to_trade() -> None:
    assert "trades in crypto" in only("crypto_off_ramp", "2024-01-06T09:00 A -> B 20,000.00").counter[0]


def test_the_wallet_of_an_exchange_is_no_off_ramp() -> None:
    text = catalogue()["crypto_off_ramp"].example + "\naccount A holder=P1 IBAN LT"
    assert len(fm.detect(FlowGraph(fm.sketch(text)), "crypto_off_ramp")) == 0


def test_a_couple_is_said_to_be_one() -> None:
    text = "\n".join(line for line in catalogue()["ghost_payroll"].example.splitlines() if "B -> D" not in line)
    (finding,) = fm.detect(FlowGraph(fm.sketch(text)), "ghost_payroll")
    assert "couple" in finding.counter[0]
    assert "belong together" in finding.explanation


def test_a_windfall_says_who_paid_it_and_a_landlord_pays_none() -> None:
    said = "2024-03-04 D -> A 480,000.00\nparty P9 company {} ES sector={}\naccount D holder=P9"
    settled = only("dormant_burst", said.format('"Notaria"', "M69.10"))
    assert settled.counter[0].startswith("Nearly all came from Notaria, a notary or lawyer (sector M69.10)")
    for sector in ("68.20", "69.20"):
        assert not only("dormant_burst", said.format('"Letting"', sector)).counter


def test_a_notary_is_said_to_pass_on_the_money_of_clients() -> None:
    said = 'party P9 company "N" ES sector={}\naccount B holder=P9'
    assert "clients' money by trade" in only("pass_through", said.format("69.10")).counter[0]
    assert not only("pass_through", said.format("69.20")).counter


def test_a_fee_for_payroll_services_is_no_salary() -> None:
    text = catalogue()["ghost_payroll"].example.replace('person "Ana"', 'company "Books"').replace("nomina", "nominas")
    back = [line for line in text.splitlines() if "A -> C" not in line]
    assert len(fm.detect(FlowGraph(fm.sketch("\n".join(back))), "ghost_payroll")) == 0


def test_more_than_the_salary_is_not_the_salary_that_came_back() -> None:
    text = "\n".join(line for line in catalogue()["ghost_payroll"].example.splitlines() if "A -> C" not in line)
    (finding,) = fm.detect(FlowGraph(fm.sketch(text)), "ghost_payroll")
    assert "EUR 4,500.00 of it came back" in finding.explanation
    assert [step["threshold"] for step in json.loads(finding.margins)] == ["months"]
    for other in (text.replace("1,500.00", "2,000.00"), text.replace("P3 C1 director", "P3 C1 agent")):
        assert len(fm.detect(FlowGraph(fm.sketch(other)), "ghost_payroll")) == 0


def test_overtime_is_said_to_be_paid_so() -> None:
    said = "".join(
        f'party C{n} company "Haulier {n}" BE sector=49.41\naccount {a} holder=C{n}\n' for n, a in ((2, "D"), (3, "E"))
    )
    assert "overtime" in only("port_fan_in", said).counter[0]


def test_a_large_company_in_transport_is_no_micro_firm() -> None:
    text = """
        party P1 company "Line" BE sector=50.20
        account A holder=P1
        2024-01-01 U -> V 1.00
        2024-03-01 X -> A 1,900,000.00
        2024-03-05 Y -> A 60,000.00
        2024-03-07 Z -> A {}
    """
    sizes = [len(fm.detect(FlowGraph(fm.sketch(text.format(x))), "port_fan_in")) for x in ("40,000.00", "40,000.01")]
    assert sizes == [1, 0]


def test_a_house_that_a_notary_paid_for_is_said_to_be_a_legacy() -> None:
    said = 'party P9 company "Notary" ES sector=69.10\naccount N holder=P9\n2024-01-20 N -> A 200,000.00'
    assert "legacy" in only("real_estate_integration", said).counter[0]


def test_where_no_income_is_declared_the_own_history_is_the_measure() -> None:
    finding = only("real_estate_integration", "2022-01-01 E -> A 20,000.00", instead=(" income=21,000.00", ""))
    assert "15 times what came in a year before" in finding.explanation


@pytest.mark.parametrize("account", ["account H holder=C9\n2024-01-02 H -> C 1.00", ""], ids=["own account", "none"])
def test_after_a_fold_an_owner_pays_for_the_house_of_his_company(account: str) -> None:
    text = f"""
        party P1 person "Ana" ES income=21,000.00
        party C9 company "Casa" ES
        owns P1 C9 100%
        account A holder=P1
        account C
        2024-03-04 A -> C 310,000.00
        asset V1 real_estate "Villa Mar" holder=C9 310,000.00 EUR by=t1 ES
        {account}
    """
    (finding,) = fm.detect(FlowGraph(fm.sketch(text)).fold("beneficial_owner"), "real_estate_integration")
    assert finding.label == "Ana"
    assert "by others than its holder" not in finding.explanation


def test_a_ledger_without_real_estate_says_so() -> None:
    findings = fm.detect(FlowGraph(fm.sketch("2024-01-01 A -> B 90,000.00")), "real_estate_integration")
    assert "assets.acquired_by" in findings.notes[0]


def test_countries_are_named_with_their_list() -> None:
    assert "TR (FATF increased monitoring, since 2021-10-21)" in only("high_risk_corridor").explanation
    assert not only("high_risk_corridor").counter


def test_trade_in_goods_is_said_to_be_checked() -> None:
    text = catalogue()["high_risk_corridor"].example
    for amount in ("4,200.00", "3,900.00"):
        text = text.replace(amount, f'{amount} "invoice 7, freight"')
    (finding,) = fm.detect(FlowGraph(fm.sketch(text)), "high_risk_corridor")
    assert "freight" in finding.counter[0]
