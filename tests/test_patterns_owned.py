"""Patterns about who owns what: what speaks against them, who belongs to whom on which day, and folded graphs."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl
import pytest

import followmoney as fm
from followmoney.finding import Finding
from followmoney.graph import FlowGraph
from followmoney.graph.ownership import effective
from followmoney.patterns import catalogue
from followmoney.patterns._flows import Flows
from followmoney.patterns._owners_at import OwnersAt

PERSONS = ("party P1 person", "party P2 person")
OWNED = ("round_trip", "shell", "shelf", "circular_ownership", "nominee", "loan_back", "mass_address")
TRADE = ("third_party_payer", "trade_price", "phantom_shipment")


def one(pattern: str, more: str = "", change: dict[str, str] | None = None) -> Finding:
    """The finding in a pattern's example, with some lines more, or changed."""
    found = every(pattern, more, change)
    assert len(found) == 1
    return found[0]


def every(pattern: str, more: str = "", change: dict[str, str] | None = None) -> list[Finding]:
    text = catalogue()[pattern].example
    for old, new in (change or {}).items():
        assert old in text
        text = text.replace(old, new)
    return list(fm.detect(FlowGraph(fm.sketch(text + "\n" + more)), pattern))


AGAINST = {
    "lender by trade": ("loan_back", "2024-01-05 Z -> L 90,000.00", "a lender by trade"),
    "partly paid back": ("loan_back", "2024-06-05 B -> L 9,000.00", "EUR 9,000.00 came back"),
    "it works": ("shell", "\n".join(f'2024-0{m}-20 A -> W 9.00 "wages"' for m in (3, 4, 5)), "in 3 months"),
    "the shares were paid for": (
        "shelf", "owns P8 C1 100% end=2024-08-20\naccount O holder=P8\naccount N holder=P1\n2024-08-19 N -> O 9,000.00",
        "paid the owner before him EUR 9,000.00",
    ),
    "several clients": (
        "nominee", "\n".join(f"account A{n} holder=H{n}\nrole P2 A{n} signatory" for n in range(3))
        + "\n2024-01-01 A0 -> A1 1.00\n2024-01-01 A1 -> A2 1.00", "3 other holders",
    ),
    "a business centre": (
        "mass_address", "\n".join(f"role P{n} K{n} director" for n in range(1, 26)), "50 companies at its address",
    ),
    "who lets the offices": (
        "mass_address", "\n".join(f"account B{n} holder=K{n}\n2024-04-02 B{n} -> D 10,090.00" for n in range(1, 20))
        + "\naccount D holder=K40\n2024-04-03 A -> D 10,001.00", "20 of the 23 payments",
    ),
    "a group": ("third_party_payer", "owns P B 60%", "of one group"),
    "cancelled": ("phantom_shipment", "2024-05-02 A -> X 40,000.00", "cancelled"),
    "from the producer": (
        "phantom_shipment", "trade T9 U -> B 08055010 1 kg 1.00 shipped_at=2024-03-20", "U shipped the same goods",
    ),
    "own quality": (
        "trade_price", "\n".join(
            f"trade Q{n} S -> K{n} 08055010 10 kg 840.00 EUR origin=ES issued_at=2024-05-0{n}" for n in (1, 2)
        ) + "".join(f"\ntrade R{n} U -> K 08055010 1 kg 20.00 EUR origin=ES issued_at=2024-05-09" for n in range(5)),
        "sells the same goods to 2 others",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "more", "says"), AGAINST.values(), ids=AGAINST)
def test_what_speaks_against_it_is_said(pattern: str, more: str, says: str) -> None:
    assert not any(says in text for text in one(pattern).counter)
    assert any(says in text for text in one(pattern, more).counter)


CHANGED = {
    "cross-holdings": (
        "circular_ownership",
        {"owns P1 C1 40%": "", "C1 60%": "C1 6%", "C2 50%": "C2 5%"},
        "more than 6 %",
    ),
    "a fund": ("circular_ownership", {'"Norte" ES': '"Norte" ES sector=64.30'}, "Norte is an investment fund"),
    "a holding": ("shell", {'"Nomos"': '"Nomos" sector=64.20'}, "needs no staff"),
    "a family": ("nominee", {"Max Boss": "Max Blank"}, "same surname"),
    "a factor": ("third_party_payer", {'"Nomos"': '"Nomos Factoring"'}, "finances trade"),
    "a service": ("phantom_shipment", {" kg ": " hours "}, "counted in hours"),
    "freight": (
        "trade_price",
        {"84,000.00 EUR document": "24,000.00 EUR terms=CIF document", "EUR origin": "EUR terms=FOB origin"},
        "sold CIF and others mostly FOB",
    ),
}


@pytest.mark.parametrize(("pattern", "change", "says"), CHANGED.values(), ids=CHANGED)
def test_what_is_known_of_the_companies_can_speak_against_it(pattern: str, change: dict[str, str], says: str) -> None:
    assert any(says in text for text in one(pattern, change=change).counter)


def test_owners_count_on_the_day_of_the_payment() -> None:
    assert every("round_trip", change={"owns P1 C2 60%": "owns P1 C2 60% end=2024-02-03"})
    assert not every("round_trip", change={"owns P1 C2 60%": "owns P1 C2 60% end=2024-02-02"})
    assert not every("circular_ownership", change={"owns C1 C2 50%": "owns C1 C2 50% start=2024-02-01"})


@pytest.mark.parametrize(
    "more",
    ["owns P1 Z1 90%\n2024-01-05 Z -> L 90,000.00", "2024-01-04 B -> Z 9,000.00\n2024-01-05 Z -> L 90,000.00"],
    ids=["of one owner", "paid by the borrower"],
)
def test_means_that_come_from_the_same_side_make_no_lender_by_trade(more: str) -> None:
    assert not one("loan_back", f'party Z1 company "Zeta" CY\naccount Z holder=Z1\n{more}').counter


def test_a_sister_company_of_the_borrower_can_have_paid_the_lender() -> None:
    sister = 'account A holder=C2\nparty C2 company "Sister" ES\nowns P1 C2 {}%'
    assert every("loan_back", change={"account A holder=P1": sister.format(30)})
    assert not every("loan_back", change={"account A holder=P1": sister.format(20)})
    assert not every("loan_back", change={"account A holder=P1": sister.format(30).replace("P1", "P2")})


def test_a_lender_and_borrower_of_one_owner_need_time_without_repayment() -> None:
    same = {"2024-01-10 A -> L": "2024-01-10 A -> K", '"Lendco" CY': '"Lendco" CY\nowns P1 L1 90%'}
    assert not every("loan_back", change=same)
    assert "belong to the same person" in one("loan_back", "2025-01-02 X -> Y 1.00", same).explanation


def test_loans_of_one_lender_to_one_borrower_are_one_finding() -> None:
    assert one("loan_back", '2024-04-20 L -> B 50,000.00 "loan agreement 5"').amount == 13_500_000


def test_who_owns_a_circle_is_solved_through_it() -> None:
    assert "solved through, Ana owns 57.1 % of Costa (40 % directly)" in one("circular_ownership").explanation


def test_a_circle_of_small_stakes_that_hides_nobody_is_none() -> None:
    friends = {"C1 60%": "C1 6%", "C2 50%": "C2 5%"}
    assert not every("circular_ownership", change=friends)
    assert not every("circular_ownership", change={"C1 60%": "C1 20%", "C2 50%": "C2 40%"})  # 43.5 % and 17.4 %
    assert every("circular_ownership", change={"C2 50%": "C2 50%", "C1 60%": "C1 45%"})  # 51.6 %, and not 40 %


def test_every_sign_of_a_shell_has_its_own_words() -> None:
    crowd = "\n".join(
        f'party K{n} company\naddress K{n} "Dock 1" city=Larnaca CY\nrole P9 K{n} director' for n in range(50)
    )
    told = one("shell", f'{crowd}\naddress C1 "Dock 1" city=Larnaca CY\nrole P8 C1 agent').explanation
    for words in ("it was 47 days old", "51 companies have its address", "director directs 51 companies", "98 %"):
        assert words in told
    few, many = one("shell").strength, one("shell", f"{crowd}\nrole P8 C1 agent").strength
    assert few < many


def test_joint_signatories_are_one_finding() -> None:
    found = one("nominee", 'party P3 person "Eve"\nrole P3 A signatory')
    assert "Max Boss and Eve" in found.explanation


def test_a_nominee_of_twenty_companies_below_age_is_told() -> None:
    more = "\n".join(f"party K{n} company\nowns P1 K{n} 100%" for n in range(19))
    told = one("nominee", more).explanation
    assert "Ivo Blank owns, directs or stands for 20 companies" in told
    assert "Ivo Blank was 20 years old" in told


def test_a_mass_address_counts_who_has_it_on_the_day() -> None:
    change = {"K1..K47 company": "K1..K46 company", "address K1..K47": "address K1..K46"}
    assert not every("mass_address", change=change)
    gone = 'party L1 company\naddress L1 "dock street 1" city=larnaca CY end={}'
    assert not every("mass_address", gone.format("2024-03-11"), change)
    assert every("mass_address", gone.format("2024-03-19"), change)[0].amount == 16_700_000
    twice = 'address K1 "Dock Street 1" city=Larnaca CY start=2020-01-01'
    assert not every("mass_address", twice, change)


def test_neighbours_of_one_owner_are_no_strangers() -> None:
    group = "party P person\nowns P C1 60%\nowns P C2 50%"
    assert one("mass_address", group + "\nowns P C3 100% start=2024-03-19").transactions == 2
    assert every("mass_address", group + "\nowns P C3 49%")[0].transactions == 2
    assert not every("mass_address", group + "\nowns P C3 100%")


def test_what_neighbours_pay_each_other_now_and_then_is_not_put_together() -> None:
    assert not every("mass_address", change={"2024-03-18 C -> A": "2024-04-11 C -> A", "2024-03-04": "2024-02-02"})
    assert every("mass_address", change={"2024-03-18 C -> A": "2024-04-10 C -> A"})[0].transactions == 3
    assert not every("mass_address", change={"A 52,000": "A 9,999", "B 60,000": "B 9,999"})


def test_one_scheme_at_two_mass_addresses_is_one_finding() -> None:
    both = 'address C1..C3 "Pier 2" city=Larnaca CY\nparty L1..L60 company\naddress L1..L60 "Pier 2" city=Larnaca CY'
    assert "Pier 2, Larnaca, CY) that 63 companies have" in one("mass_address", both).explanation


@pytest.mark.parametrize("pattern", [*OWNED, *TRADE])
def test_a_folded_graph_shows_the_same(pattern: str) -> None:
    graph = FlowGraph(fm.sketch(catalogue()[pattern].example))
    found, folded = fm.detect(graph, pattern), fm.detect(graph.fold("party"), pattern)
    assert folded.evidence["transaction"].to_list() == found.evidence["transaction"].to_list()


def test_a_pattern_says_which_table_it_lacks() -> None:
    notes = fm.detect(FlowGraph(fm.sketch("2024-01-01 A -> B 1.00")), ["trade_price", "circular_ownership"]).notes
    assert any("trade_price: not examined, because the ledger says nothing in `trades`" in note for note in notes)
    assert any("`interests`" in note for note in notes)


def test_a_bill_of_two_documents_paid_at_once_is_compared_as_a_whole() -> None:
    lines = """
        trade T1 S -> B 0805 1 kg 30,000.00 document=I1 transaction=t1
        trade T2 S -> B 0805 1 kg 20,000.00 document=I2 transaction=t1
        trade T3 S -> B 0805 1 kg 20,000.00 document=I2 transaction=t2
        2024-03-04 X -> A 50,000.00
        2024-03-05 X -> A 20,000.00
    """
    assert not list(fm.detect(FlowGraph(fm.sketch(lines)), "trade_price"))
    odd = list(fm.detect(FlowGraph(fm.sketch(lines.replace("A 50,000", "A 90,000"))), "trade_price"))
    assert [f.amount for f in odd] == [11_000_000]
    assert "157 % of the declared value was paid" in odd[0].explanation


def test_owners_asked_one_by_one_are_those_of_the_whole_register() -> None:
    dice = Random(5)  # noqa: S311
    for _ in range(30):
        holders = ["P1", "P2", *(f"C{n}" for n in range(5))]
        start = ["", " start=2024-01-05", " end=2024-01-05", " indirect"]
        lines = [
            f"owns {dice.choice(holders)} C{dice.randrange(5)} {dice.choice([10, 25, 40])}%{dice.choice(start)}"
            for _ in range(dice.randint(1, 9))
        ]
        ledger = fm.sketch("\n".join([*PERSONS, *lines, "2024-01-01 A -> B 1.00"]))
        owners = OwnersAt(Flows.of(FlowGraph(ledger)))
        for day in (date(2024, 1, 4), date(2024, 1, 5)):
            whole = effective(ledger, day).filter(pl.col("share_min") > 0)
            for company in holders[2:]:
                mine = whole.filter(pl.col("company") == company)
                assert owners.shares(company, day) == pytest.approx(
                    dict(mine.select("person", "share_min").iter_rows())
                )
