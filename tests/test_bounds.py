"""Bounds on ledgers: worked examples, sets, what attains an end, conversions, returns; order and names do not count."""

import pytest
from drawn_cases import any_trace
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing.all_bounds import all_bounds
from followmoney.tracing.bounds import bounds

WORKED = {
    "Roscoe v Winder": ("+A 109427 T | -A 103211 spent | +A 79769 C", {"A": (6216, 6216)}),
    "Durant dictum": ("+A 1000 T | -A 999 spent | +A 5000 C", {"A": (1, 1)}),
    "Re Oatway": (
        "+A 18640 C | +A 720000 T | +A 960000 C | +A 7200 C | -A 122400 spent | -A 513027 asset:shares | -A 1070413 -",
        {"A": (0, 0), "shares": (0, 513027)},
    ),
    "Re Hallett pattern": ("+A 1000 T | +A 1000 C | -A 1000 spent", {"A": (0, 1000)}),
    "three stolen, seven fresh": ("+A 3 T | +A 7 C | -A 4 O1 | -A 6 O2", {"O1": (0, 3), "O2": (0, 3)}),
    "ratchet": ("+A 500 T | +A 300 C | -A 600 spent | +A 1000 C | +A 200 T | -A 900 spent", {"A": (0, 400)}),
    "two hops": (
        "+B 50 C | +A 100 T | +A 100 C | -A 150 B | -B 100 D", {"A": (0, 50), "B": (0, 100), "D": (0, 100)},
    ),
    "guaranteed abroad": (
        "+B 10 C | +A 20 C | +A 100 T | -A 90 B | -B 80 D", {"A": (10, 30), "B": (0, 20), "D": (50, 80)},
    ),
    "Dillon pattern": ("+A 200000 C | +A 100000 T | -A 80000 asset:IRA | -A 220000 spent", {"IRA": (0, 80000)}),
    "Banco Cafetero": ("+A 1000 C | +A 100 T | -A 100 asset:car", {"A": (0, 100), "car": (0, 100)}),
    "swept account": ("+N 100 C | +A 300 T | +A 200 C | -A 500 N | -N 250 spent", {"N": (50, 300)}),
    "round trip": ("+A 1000 T | -A 1000 B | +A 500 C | -B 1000 A", {"A": (1000, 1000)}),
    "UNTOC mixture": ("+A 70 T | +A 130 C | -A 150 spent | +A 400 C", {"A": (0, 50)}),
}  # fmt: skip


def worked(events):
    """A graph and its claims: `+A 100 T` is a credit (T: claimed), `-A 100 B` a payment to B, to an asset, or spent."""
    lines, claims = [], []
    for at, event in enumerate(events.split(" | ")):
        way, amount, what = event.split()
        money = f"{int(amount) // 100}.{int(amount) % 100:02d}"
        name = f"#e{at}"
        if way[0] == "+":
            claims += [f"e{at}"] if what == "T" else []
            lines.append(f"2024-01-01T10:{at:02d} ? -> {way[1:]} {money} {name}")
        elif what.startswith("asset:"):
            lines.append(f"2024-01-01T10:{at:02d} {way[1:]} -> Seller {money} {name}")
            lines.append(f"asset {what[6:]} valuable by={name[1:]}")
        else:
            lines.append(
                f"2024-01-01T10:{at:02d} {way[1:]} -> {'?' if what in ('spent', '-') else what} {money} {name}"
            )
    return fm.FlowGraph(fm.sketch("\n".join(lines))), claims


def ends(graph, claim, of, **options):
    found = bounds(graph, claim, of, **options)
    return found.least, found.most


def graph(text):
    return fm.FlowGraph(fm.sketch(text))


MIXED = """
party P person "Ana Example"
account A holder=P ES
account B PT
account D PT
asset V vehicle "Car" holder=P ES by=buy
2024-01-01 ? -> B 10
2024-01-02 ? -> A 20
2024-01-03 ? -> A 100 #claim
2024-01-04 A -> B 90
2024-01-05 B -> D 80
2024-01-06 D -> Dealer 30 #buy
2024-01-07 D -> cash 10
"""


@pytest.mark.parametrize("name", WORKED)
def test_worked_examples_come_out_exactly(name):
    events, expected = WORKED[name]
    made, claims = worked(events)
    assert {place: ends(made, claims, place) for place in expected} == expected
    table = {row["id"]: (row["least"], row["most"]) for row in all_bounds(made, claims).iter_rows(named=True)}
    assert {place: table.get(place, (0, 0)) for place in expected} == expected


def test_a_set_is_bounded_as_one_not_by_adding_up():
    made, claims = worked(WORKED["three stolen, seven fresh"][0])
    assert [ends(made, claims, place) for place in ("O1", "O2", ["O1", "O2"])] == [(0, 3), (0, 3), (3, 3)]


def test_a_party_a_country_and_an_exit_can_be_asked_for():
    made = graph(MIXED)
    assert ends(made, "claim", "P") == ends(made, "claim", ["A", "V"]) == ends(made, "claim", "ES")
    assert ends(made, "claim", "PT") == ends(made, "claim", {"B", "D"})
    assert ends(made, "claim", "cash") == ends(made, "claim", "(cash EUR)") == (0, 1000)
    assert ends(made, "claim", "asset") == ends(made, "claim", "V") == (0, 3000)
    assert ends(made, "claim", "unknown") == ends(made, "claim", "Dealer") == ends(made, "claim", "debt") == (0, 0)


def test_until_looks_no_further():
    assert ends(graph(MIXED), "claim", "D", until="2024-01-05") == (5000, 8000)


def test_before_the_claim_there_is_nothing_anywhere():
    made = graph(MIXED)
    assert ends(made, "claim", "A", until="2024-01-01") == (0, 0)
    assert len(all_bounds(made, "claim", "2024-01-01")) == 0


def test_the_sentence_says_it():
    made = graph(MIXED)
    assert bounds(made, "claim", "A").sentence == (
        "At least EUR 10.00 and at most EUR 30.00 of the claimed EUR 100.00 is in account A, "
        "whichever value-conserving tracing rule is adopted."
    )
    assert bounds(made, "claim", "P").of == "accounts and assets of Ana Example"
    assert bounds(made, "claim", "A", until="2024-01-03").sentence.startswith("Exactly EUR 100.00 of")


@pytest.mark.parametrize("of", ["A", "D", "V", "PT"])
@pytest.mark.parametrize("end", ["least", "most"])
def test_each_end_is_shown_by_payments_that_conserve_the_claim(of, end):
    made = graph(MIXED)
    found = bounds(made, "claim", of)
    paid = found.payments(end)
    assert (paid["claim"] <= paid["amount"]).all()
    assert paid["claim"].equals(paid["claim_received"].alias("claim"))
    held = {}
    for row in paid.iter_rows(named=True):
        if row["transaction"] != "claim":
            held[row["originator"]] = held.get(row["originator"], 0) - row["claim"]
            assert held[row["originator"]] >= 0
        held["V" if row["transaction"] == "buy" else row["beneficiary"]] = (
            held.get("V" if row["transaction"] == "buy" else row["beneficiary"], 0) + row["claim"]
        )
    places = dict(found.places(end).select("id", "claim").iter_rows())
    assert {place: money for place, money in held.items() if money} == places
    inside = {"PT": ("B", "D")}.get(of, (of,))
    assert sum(places.get(place, 0) for place in inside) == getattr(found, end)


def test_names_and_the_order_of_lines_change_nothing():
    lines = MIXED.strip().splitlines()
    renamed = "\n".join(reversed(lines)).replace(" B", " AAA").replace(" D ", " ZZZ ").replace(" V ", " W ")
    before = all_bounds(graph(MIXED), "claim").select("kind", "least", "most")
    after = all_bounds(graph(renamed), "claim").select("kind", "least", "most")
    assert sorted(before.iter_rows()) == sorted(after.iter_rows())


def test_all_bounds_are_those_of_each_place_asked_alone():
    made = graph(MIXED)
    table = all_bounds(made, "claim")
    assert len(table) == 5
    for row in table.iter_rows(named=True):
        assert (row["least"], row["most"]) == ends(made, "claim", row["id"])
    assert all_bounds(made, "claim", largest=2).rows() == table.head(2).rows()


@pytest.mark.parametrize("payer", ["?", "Buyer"])
def test_what_an_account_spent_does_not_come_back_with_other_money(payer):
    made = graph(f"""
        asset V vehicle by=sale
        2024-01-01 ? -> A 100 #claim
        2024-01-02 A -> B 60
        2024-01-03 {payer} -> A 60 #sale
        2024-01-04 A -> C 50
    """)
    assert ends(made, "claim", ["A", "C"]) == (4000, 4000)


def test_an_opening_balance_is_other_money_and_a_debt_holds_nothing():
    made = graph("""
        balance A 2024-01-01 50.00 opening
        balance B 2024-01-01 -30.00 opening
        2024-01-02 ? -> A 100 #claim
        2024-01-03 A -> B 100
    """)
    assert ends(made, "claim", "A") == (0, 5000)
    assert ends(made, "claim", "debt") == (0, 3000)
    assert ends(made, "claim", "B") == (2000, 7000)


def test_a_payment_that_comes_back_at_once_comes_back_as_it_went():
    text = """
        2024-01-01 ? -> B 600
        2024-01-02 ? -> A 1,000 #claim
        2024-01-03 A -> B 600 #out
        2024-01-05 B -> A 600 {}
    """
    assert ends(graph(text.format("reverses=out")), "claim", "A") == (100000, 100000)
    assert ends(graph(text.format("")), "claim", "A") == (40000, 100000)


def test_claim_money_that_is_claimed_again_counts_once():
    made = graph("2024-01-01 ? -> A 100 #first\n2024-01-02 A -> B 100 #second")
    found = bounds(made, ["first", "second"], "B")
    assert (found.least, found.most) == (10000, 10000)
    assert "counted once" in found.notes[0]


CONVERTED = """
2024-01-01 ? -> A 50 EUR
2024-01-02 ? -> A 100 EUR #claim
2024-01-03 A -> B 120 EUR = 100 GBP
2024-01-04 B -> C 40 GBP
2024-01-05 A -> D 20 EUR
"""


def test_in_the_currency_of_the_claim_conversions_take_nothing_from_precision():
    made = graph(CONVERTED)
    found = bounds(made, "claim", ["A", "D"])
    assert (found.least, found.most, found.attained) == (0, 3000, True)


def test_converted_money_is_bounded_at_the_executed_rate():
    made = graph(CONVERTED)
    found = bounds(made, "claim", ["B", "C"])
    exact = 7000 * 100 // 120, 10000 * 100 // 120  # of EUR 70.00 to 100.00
    assert (found.currency, found.attained) == ("GBP", False)
    assert exact[0] - 2 <= found.least <= exact[0]
    assert exact[1] <= found.most <= exact[1] + 2
    assert "converted" in found.notes[0]


def test_two_conversions_at_two_rates_do_not_add_up_the_claim_twice():
    made = graph("""
        2024-01-01 ? -> A 100 EUR
        2024-01-02 ? -> A 100 EUR #claim
        2024-01-03 A -> B 100 EUR = 85 GBP
        2024-01-04 A -> B 100 EUR = 86 GBP
    """)
    found = bounds(made, "claim", "B")
    assert found.least <= 8500
    assert 8600 <= found.most < 8700


def test_of_many_accounts_the_first_are_named():
    made = graph("2024-01-01 ? -> A0 7 #c\n" + "\n".join(f"2024-01-02 A0 -> A{n} 1" for n in range(1, 8)))
    found = bounds(made, "c", [f"A{n}" for n in range(8)])
    assert found.of == "account A0, account A1, account A2, account A3, account A4 and 3 more"
    assert (found.least, found.most) == (700, 700)


def test_several_currencies_must_be_told_apart():
    made = graph("2024-01-01 ? -> A 100 EUR #e\n2024-01-02 ? -> A 50 GBP #g")
    with pytest.raises(SettingsError, match=r"several currencies \(EUR, GBP\)"):
        bounds(made, ["e", "g"], "A")
    assert ends(made, ["e", "g"], "A", currency="GBP") == (5000, 5000)
    with pytest.raises(SettingsError, match="Unknown currency 'USD'"):
        bounds(made, ["e", "g"], "A", currency="USD")


def test_a_wrong_name_is_answered_with_the_nearest():
    with pytest.raises(SettingsError, match=r"Unknown account, asset.*Dealr.*Did you mean 'Dealer'"):
        bounds(graph(MIXED), "claim", "Dealr")
    with pytest.raises(SettingsError, match="No claim"):
        bounds(graph(MIXED), [], "A")


def test_one_payment_for_two_assets_counts_for_each_as_possible_and_for_both_as_certain():
    made = graph("""
        asset V vehicle by=buy
        asset W vessel by=buy
        2024-01-01 ? -> A 100 #claim
        2024-01-02 A -> Shop 60 #buy
    """)
    assert ends(made, "claim", "V") == (0, 6000)
    assert ends(made, "claim", ["V", "W"]) == (6000, 6000)


def test_a_trace_knows_the_bounds_of_its_claim():
    graph = fm.FlowGraph(fm.sketch("2024-01-01 ? -> A 100.00 #c\n2024-01-02 ? -> A 50.00\n2024-01-03 A -> B 80.00"))
    its = fm.trace(graph, ["c"])
    assert (its.bounds("B").least, its.bounds("B").most) == (3_000, 8_000)
    assert its.all_bounds().select("id", "least", "most").sort("id").rows() == [
        ("A", 2_000, 7_000),
        ("B", 3_000, 8_000),
    ]


@given(st.integers(0, 10_000), st.lists(st.sets(st.integers(0, 8), min_size=1, max_size=4), min_size=1, max_size=5))
@examples(20)
def test_bounds_of_each_are_those_of_every_subject_asked_alone(seed, sets):
    trace = any_trace(seed)
    subjects = [[f"A{account:014d}" for account in some] for some in sets]
    alone = [trace.bounds(subject, "EUR") for subject in subjects]
    assert trace.bounds_of_each(subjects, "EUR") == [(its.least, its.most) for its in alone]
