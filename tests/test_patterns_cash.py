"""Patterns of cash: whose limit counts, what each leaves alone, and what speaks against it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import log10

import pytest
from test_patterns import found, only

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.patterns import cash_limits
from followmoney.patterns.cash_intensive import CashIntensive
from followmoney.patterns.cash_out_cluster import CashOutCluster
from followmoney.patterns.cuckoo_smurfing import CuckooSmurfing
from followmoney.patterns.funnel_account import FunnelAccount
from followmoney.patterns.micro_structuring import MicroStructuring
from followmoney.patterns.spread_structuring import SpreadStructuring
from followmoney.patterns.structuring import Structuring

OFFICIAL = (
    "eur-lex.europa.eu", "www.boe.es", "www.legifrance.gouv.fr", "www.normattiva.it", "pgdlisboa.pt", "www.ecfr.gov",
    "www.legislation.gov.au", "laws-lois.justice.gc.ca",
)  # fmt: skip


def daily(amount: str, *days: str, currency: str = "EUR") -> str:
    return "\n".join(f"{day} cash -> A {amount} {currency}" for day in days)


# --- limits ----------------------------------------------------------------------------------------------------------


def test_every_cash_limit_names_the_law_that_sets_it() -> None:
    for limit in cash_limits():
        assert limit.url.split("/")[2] in OFFICIAL
        assert limit.source
        assert limit.kind in {"act", "regulation", "decree"}
        assert limit.amount > 0


def test_no_two_cash_limits_are_in_force_at_once() -> None:
    together = sorted(cash_limits(), key=lambda w: (w.place, w.instrument, w.whom, w.currency, w.since))
    for a, b in pairwise(together):
        if (a.place, a.instrument, a.whom, a.currency) == (b.place, b.instrument, b.whom, b.currency):
            assert a.until
            assert a.until < b.since


def test_a_cash_limit_is_found_by_place_kind_and_day() -> None:
    (old,) = [w for w in cash_limits("ES", "payment", date(2021, 7, 10)) if w.whom == "anyone"]
    (new,) = [w for w in cash_limits("ES", "payment", date(2021, 7, 11)) if w.whom == "anyone"]
    assert (old.amount, new.amount) == (2_500, 1_000)
    assert cash_limits("EU", "payment", date(2027, 7, 9)) == []


def test_exactly_the_limit_is_below_it_where_only_more_is_reported() -> None:
    days = ("2024-03-04", "2024-03-05", "2024-03-06")
    american = only(daily("10,000.00", *days, currency="USD"), Structuring.in_country("US"))
    assert "each not above USD 10,000 (31 CFR 1010.311)" in american.explanation
    assert len(found(daily("10,000.01", *days, currency="USD"), Structuring.in_country("US"))) == 0
    assert len(found(daily("10,000.00", *days, currency="AUD"), Structuring.in_country("AU"))) == 0
    australian = only(daily("9,999.99", *days, currency="AUD"), Structuring.in_country("AU"))
    assert "each below AUD 10,000 (Anti-Money Laundering" in australian.explanation
    assert australian.strength == pytest.approx(1 - (1 + 10_000 / 29_999.97) / 2, abs=1e-6)


def test_a_deposit_is_held_against_the_limit_of_its_day() -> None:
    spanish = Structuring.in_country("ES", "payment")
    assert len(found(daily("2,400.00", "2021-07-08", "2021-07-09", "2021-07-10"), spanish)) == 1
    assert len(found(daily("2,400.00", "2021-07-09", "2021-07-10", "2021-07-11"), spanish)) == 0
    assert len(found(daily("950.00", "2021-07-11", "2021-07-12", "2021-07-13"), spanish)) == 1


def test_days_without_a_known_limit_are_named() -> None:
    findings = found(daily("950.00", "2022-03-01", "2022-03-02"), Structuring.in_country("IT", "payment"))
    assert findings.notes == (
        "structuring: 2 cash deposits not examined, because no payment limit of IT is known for that day and currency.",
    )
    assert found(daily("950.00", "2024-03-01"), Structuring.in_country("IT", "payment")).notes == ()


def test_a_limit_that_is_not_known_is_answered_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match="Did you mean 'ES'"):
        Structuring.in_country("ESP")
    with pytest.raises(SettingsError, match="No deposit limit is known for FR, only payment"):
        Structuring.in_country("FR")
    with pytest.raises(SettingsError, match="Did you mean 'payment'"):
        Structuring.in_country("FR", "payments")


def test_the_country_is_a_setting() -> None:
    from followmoney.settings import Settings

    given = {"detect": {"patterns": ["structuring"]}, "patterns": {"structuring": {"country": "US"}}}
    assert Settings.of(given).chosen() == [Structuring.in_country("US")]
    with pytest.raises(SettingsError, match="EZ"):
        Settings.of({"patterns": {"structuring": {"country": "EZ"}}})


# --- structuring, spread over accounts -------------------------------------------------------------------------------


def test_one_depositor_at_several_accounts_is_found_as_one_scheme() -> None:
    text = """
        2024-03-04 cash -> A 9,500.00 conductor="Jo Smith"
        2024-03-05 cash -> B 9,800.00 conductor="Jo Smith"
        2024-03-06 cash -> C 9,700.00 conductor="Jo Smith"
    """
    assert len(found(text, "structuring")) == 0
    assert "were paid by Jo Smith into 3 accounts" in only(text, "spread_structuring").explanation
    assert len(found(text.replace('-> C 9,700.00 conductor="Jo Smith"', "-> C 9,700.00"), "spread_structuring")) == 0


def test_accounts_of_one_holder_are_added_up_and_folded_they_are_structuring() -> None:
    text = """
        party P1 person "Ana" ES
        account A holder=P1
        account B holder=P1
        2024-03-04 cash -> A 9,500.00
        2024-03-05 cash -> B 9,800.00
        2024-03-06 cash -> B 9,700.00
    """
    finding = only(text, "spread_structuring")
    assert (finding.subject, finding.amount) == ("B", 2_900_000)
    assert "into 2 accounts of Ana within" in finding.explanation
    folded = fm.FlowGraph(fm.sketch(text)).fold("party")
    (again,) = fm.detect(folded, ["structuring", "spread_structuring"])
    assert (again.subject, again.pattern, again.amount) == ("P1", "structuring", 2_900_000)


def test_the_accounts_of_shops_speak_against_a_spread() -> None:
    weeks = [f"2024-{1 + w // 4:02}-{1 + 7 * (w % 4):02}" for w in range(12)]
    lines = [f"{day} cash -> {shop} 9,{n}00.00 conductor=Van" for n, day in enumerate(weeks[:9], 1) for shop in "AB"]
    finding = found("\n".join([*lines, f"{weeks[9]} cash -> A 12,000.00"]), SpreadStructuring(deposits=2))[0]
    assert finding.counter == (
        "Cash of EUR 10,000.00 or more was also paid into these accounts, once: the limit was not avoided.",
        "Each of the 2 accounts gets cash nearly every week, as the accounts of shops do.",
    )


# --- micro-structuring -----------------------------------------------------------------------------------------------


def test_where_no_spot_is_known_small_deposits_count_all_the_same() -> None:
    text = "\n".join(f"2024-03-04T{hour:02}:00 cash -> A 1,100.00" for hour in range(8, 18))
    assert only(text, "micro_structuring").transactions == 10
    assert len(found(text.replace("2024-03-04T08:00", "2024-03-01"), MicroStructuring(days=2))) == 0
    assert len(found(text.replace("1,100.00", "999.00"), "micro_structuring")) == 0
    assert len(found(text.replace("1,100.00", "3,000.00"), "micro_structuring")) == 0
    assert len(found(text + " place=Antwerp", "micro_structuring")) == 0


def test_coins_and_shops_speak_against_micro_structuring() -> None:
    coins = "\n".join(f"2024-03-04T{hour:02}:00 cash -> A 1,1{hour}.37" for hour in range(10, 20))
    assert only(coins, "micro_structuring").counter == (
        "10 of 10 deposits are sums that bank notes do not make up, as coins of a till or machine are.",
    )
    shops = [
        f"2024-{month:02}-{day:02} cash -> A 1,200.00 place={town}"
        for month in (1, 2, 3) for day in (1, 8, 15, 22) for town in ("Ghent", "Lier", "Mol")
    ]  # fmt: skip
    finding = found("\n".join(shops), MicroStructuring(deposits=3, limits={"EUR": 4_000}, share=0.5))[0]
    assert finding.counter[1] == "Cash is paid in at the same 3 places in 8 or more weeks each, as from shops."


# --- funnel account --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("place=Bruges", "place=Ghent"),  # two towns only
        ("2024-03-06 A -> cash", "2024-03-12 A -> cash"),  # too late
        ("place=Antwerp", "place=Lille"),  # where it was paid in
        ("-> cash 5,000.00", "-> cash 3,000.00"),  # too little
        ("account X IBAN TR", "account X IBAN BE"),  # at home
    ],
)
def test_a_funnel_takes_places_time_and_nearly_all_of_the_money(change: str, to: str) -> None:
    assert len(found(FunnelAccount.example, "funnel_account")) == 1
    assert len(found(FunnelAccount.example.replace(change, to), FunnelAccount(share=0.9))) == 0


def test_a_ledger_without_towns_says_that_funnels_were_not_looked_for() -> None:
    (note,) = found("2024-03-04 cash -> A 9,000.00", "funnel_account").notes
    assert note == "funnel_account: not examined, because the ledger says nothing in `place`."


def test_family_and_travel_speak_against_a_funnel() -> None:
    head = 'party P1 person "Ana Sole" BE\naccount A holder=P1 IBAN BE\n'
    family = "\n".join(
        f'{line} conductor="Eva Sole"' if "cash -> A" in line else line
        for line in FunnelAccount.example.splitlines() if "account A" not in line
    )  # fmt: skip
    assert only(head + family, "funnel_account").counter == (
        "1 of 1 who paid in bear the holder's family name, as with gifts or for a student.",
    )
    travel = family.replace('"Eva Sole"', '"Ana Sole"')
    assert only(head + travel, "funnel_account").counter[-1] == (
        "The holder paid in all of the cash, as one who sells on the road does."
    )


# --- cuckoo smurfing -------------------------------------------------------------------------------------------------


def test_the_holder_of_a_cuckoo_account_may_know_nothing_and_the_finding_says_so() -> None:
    finding = only(CuckooSmurfing.example, "cuckoo_smurfing")
    assert finding.explanation == (
        "3 cash deposits by 3 others put EUR 11,980.00 into Ana Sole (A) within 25 hours, where a transfer from abroad "
        "brought EUR 12,000.00 before; a holder who waits for such a transfer may know nothing of it."
    )
    assert finding.evidence["role"].to_list() == ["link", "in", "in", "in"]


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("12,000.00 wire", "12,300.00 wire"),  # not the amount
        ("account F IBAN TR", "account F IBAN ES"),  # not from abroad
        ("2024-01-10", "2024-02-20"),  # not before
        ("conductor=P8", "conductor=P1"),  # the holder's own cash
        ("2024-02-13T10:00", "2024-02-16T10:00"),  # not in one go
        ("4,500.00", "14,500.00"),  # reported
    ],
)
def test_a_cuckoo_takes_other_peoples_cash_for_a_transfer_from_abroad(change: str, to: str) -> None:
    assert change in CuckooSmurfing.example
    assert len(found(CuckooSmurfing.example.replace(change, to), "cuckoo_smurfing")) == 0


def test_a_transfer_that_came_all_the_same_speaks_against_a_cuckoo() -> None:
    text = CuckooSmurfing.example + "2024-02-20 F -> A 11,900.00 wire"
    assert only(text, "cuckoo_smurfing").counter == (
        "A transfer of about that amount came from abroad as well within a month: the cash did not take its place.",
    )


def test_a_cuckoo_is_held_against_the_law_of_a_country_too() -> None:
    text = CuckooSmurfing.example.replace(".00 ", ".00 AUD ").replace("2024-01-10", "2008-12-02")
    text = text.replace("2024-02-1", "2008-12-1")
    assert only(text, CuckooSmurfing.in_country("AU", least={"AUD": 2_000})).currency == "AUD"
    (note,) = found(text, CuckooSmurfing.in_country("AU")).notes
    assert note == (
        "cuckoo_smurfing: AUD not examined, because `least` gives no amount for it; "
        "`--cuckoo_smurfing.least AUD=AMOUNT` does."
    )


def test_a_cuckoo_is_found_among_parties_too() -> None:
    folded = fm.FlowGraph(fm.sketch(CuckooSmurfing.example)).fold("party")
    (finding,) = fm.detect(folded, "cuckoo_smurfing")
    assert finding.subject == "P1"


# --- cash-out cluster ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("terminal=M7", ""),
        ("22:06 C", "22:26 C"),
        ("B -> cash", "A -> cash"),
        ("480.00", "90.00"),
    ],
)
def test_a_cluster_takes_several_accounts_one_machine_and_minutes(change: str, to: str) -> None:
    text = "\n".join(CashOutCluster.example.splitlines()[:4])
    assert len(found(text, "cash_out_cluster")) == 1
    assert len(found(text.replace(change, to), "cash_out_cluster")) == 0


def test_travellers_one_holder_and_busy_machines_speak_against_a_cluster() -> None:
    accounts = "\n".join(f"account {a} IBAN {'JP' if a in 'ABCD' else 'BE'} holder=P1" for a in "ABCDXYZ")
    busy = "\n".join(
        f"2024-02-{day:02}T09:0{n} {a} -> cash 500.00 terminal=M7" for day in range(1, 9) for n, a in enumerate("XYZ")
    )
    findings = found(f"{accounts}\n{busy}\n{CashOutCluster.example}", "cash_out_cluster")
    assert len(findings) == 9
    finding = next(f for f in findings if f.subject == "A")
    assert finding.counter == (
        "All accounts are from JP, and most others who use the machine are not, as when a group travels.",
        "All accounts have the same holder.",
        "On 9 days 3 or more accounts drew as much at this machine: it is a busy one.",
    )


# --- cash-intensive --------------------------------------------------------------------------------------------------


def test_cash_is_compared_with_the_accounts_of_the_same_sector() -> None:
    lines = [f"party P{n} company sector=56.10\naccount S{n} holder=P{n}" for n in range(20)]
    lines += [f"2024-03-{1 + n:02} ACQ -> S{n} 9,000.00 card\n2024-03-04 cash -> S{n} 1,000.00" for n in range(1, 20)]
    lines += [f"2024-03-{day:02} cash -> S0 2,000.00" for day in range(1, 13)]
    finding = only("\n".join(lines), "cash_intensive")
    assert finding.subject == "S0"
    assert "cash is 100 % of what came in, more than at 95 % of the 20 accounts of its sector (56.10)" in (
        finding.explanation
    )
    assert len(found("\n".join(lines), CashIntensive(peers=21))) == 0


def test_first_digits_are_compared_only_where_there_are_many_that_span_enough() -> None:
    amounts = [100 + 7_919 * n % 80_000 for n in range(500)]
    first = [int(str(a)[0]) for a in amounts]
    off = sum(abs(first.count(d) / 500 - log10(1 + 1 / d)) for d in range(1, 10)) / 9
    lines = [f"2024-03-01 cash -> A {a}.00" for a in amounts]
    finding = only("\n".join(lines), CashIntensive(signs=1, round=1))
    assert f"first digits differ from Benford's law by {int(off * 1_000) / 1_000:.3f} on average" in finding.explanation
    assert len(found("\n".join(lines[:499]), CashIntensive(signs=1, round=1))) == 0
    assert len(found("\n".join(lines), CashIntensive(signs=1, round=1, deviation=0.2))) == 0
    benford = [int(100 * 10 ** (3 * n / 500)) for n in range(500)]
    natural = [f"2024-03-01 cash -> A {a}.00" for a in benford]
    assert len(found("\n".join(natural), CashIntensive(signs=1, round=1))) == 0


def test_a_cash_trade_and_a_weekly_errand_speak_for_the_business() -> None:
    weeks = [date.fromordinal(date(2024, 1, 5).toordinal() + 7 * n) for n in range(12)]
    lines = ['party P1 company "Kiosk" sector=G47.62', "account A holder=P1"]
    lines += [f"2023-12-{day:02} ACQ -> A 50.00 card" for day in range(1, 12)]
    finding = only("\n".join([*lines, *(f"{day} cash -> A 2,000.00" for day in weeks)]), "cash_intensive")
    assert finding.counter == (
        "In the holder's line of business (G47.62) many customers pay cash.",
        "Cash was paid in in 12 of 12 weeks, as the takings of a shop are.",
        "12 of 12 days on which cash was paid in are the same day of the week, as of a weekly errand.",
    )
