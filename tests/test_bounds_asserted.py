"""Bounds with assertions and several claimants: no rule leaves them; each claimant's money has its own."""

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_assertions import asserted, assertions
from random_ledgers import drawn

import followmoney as fm
from followmoney.tracing import Settlement, all_bounds, bounds, catalogue, cut, frozen, next_document
from followmoney.tracing._frames import exits, holders

RULES = sorted(name for name, rule in catalogue().items() if rule.conserving and not issubclass(rule, Settlement))
SOME = st.lists(st.sampled_from(RULES), min_size=4, max_size=4, unique=True)


def graph(text):
    return fm.FlowGraph(fm.sketch(text))


def figures(its):
    """Where a trace says the claim money is, by kind, place and currency; linked cash in hand counts as cash."""
    found = {}
    held = holders(its).select("account", "currency", "claim").iter_rows()
    rows = [("cash" if "(cash" in name else "account", name, currency, claim) for name, currency, claim in held]
    for *key, claim in [*rows, *exits(its).select("kind", "to", "currency", "claim").iter_rows()]:
        found[tuple(key)] = found.get(tuple(key), 0) + claim
    return found


def intervals(its):
    """The least and the most by kind, place and currency."""
    return {(kind, name, currency): (low, high) for kind, name, currency, low, high in its.all_bounds().iter_rows()}


def beyond(said, ends):
    """The figures outside their intervals; what has no interval is nothing under every rule."""
    both = {key: (said.get(key, 0), ends.get(key, (0, 0))) for key in {*ends, *said}}
    return {key: (claim, end) for key, (claim, end) in both.items() if not end[0] <= claim <= end[1]}


@examples(20)
@given(ledger=drawn(), data=st.data())
def test_every_rule_lies_inside_whatever_is_asserted(ledger, data):
    made = graph(ledger.text())
    some = data.draw(assertions(made, ledger.claim))
    ends = intervals(fm.trace(made, list(ledger.claim), assertions=some))
    for rule in data.draw(SOME):
        assert beyond(figures(fm.trace(made, list(ledger.claim), rule, assertions=some)), ends) == {}, rule


@examples(20)
@given(ledger=drawn(), data=st.data())
def test_every_claimants_money_lies_inside_his_own_bounds(ledger, data):
    made = graph(ledger.text())
    some = data.draw(assertions(made, ledger.claim))
    half = data.draw(st.integers(0, len(ledger.claim)))
    parts = {"Ana": ledger.claim[:half], "Ben": ledger.claim[half:]}
    claim = {name: ids for name, ids in parts.items() if ids}
    asked = fm.trace(made, claim, assertions=some)
    ends = [intervals(one) for one in (asked, *asked.apart().values())]
    for rule in data.draw(SOME):
        its = fm.trace(made, claim, rule, assertions=some)
        for one, its_own in zip((its, *its.apart().values()), ends, strict=True):
            assert beyond(figures(one), its_own) == {}, rule


@examples(15)
@given(ledger=drawn(), data=st.data())
def test_a_trace_asks_what_the_functions_ask(ledger, data):
    made = graph(ledger.text())
    some = data.draw(assertions(made, ledger.claim))
    its = fm.trace(made, {"Ana": ledger.claim[:1], "Ben": ledger.claim[1:]} if ledger.claim[1:] else ledger.claim,
                   until="2024-02-20", assertions=some)  # fmt: skip
    claim = list(ledger.claim)
    table = all_bounds(made, claim, "2024-02-20", assertions=some)
    assert its.all_bounds().equals(table)
    for kind, name, currency, *ends in table.iter_rows():
        if kind == "account":
            found = bounds(made, claim, name, "2024-02-20", currency, assertions=some)
            assert [found.least, found.most] == ends
            assert its.bounds(name, currency).sentence == found.sentence


EARNED = "2024-01-01 ? -> A 90.00 #c\n2024-01-02 ? -> A 10.00\n2024-01-03 ? -> A 1.00 #i\n2024-01-04 A -> ? 0.50 #f"


def test_interest_can_be_claim_money_up_to_its_share_and_a_fee_is_a_place():
    found = bounds(graph(EARNED), "c", "A", assertions=[asserted("interest", "i"), asserted("fee", "f")])
    assert found.least == 8_950
    assert 9_090 <= found.most <= 9_101  # the share before other money came may have been all
    assert not found.attained
    assert "Interest can be claim money" in " ".join(found.notes)
    assert found.payments("most").filter(claim_received=found.most - 9_000)["transaction"].to_list() == ["i"]
    plain = bounds(graph(EARNED), "c", "A")
    assert (plain.most, plain.attained) == (9_000, True)
    fee = bounds(graph(EARNED), "c", "fee", assertions=[asserted("fee", "f")])
    assert (fee.least, fee.most, fee.of) == (0, 50, "fees")


STOPS = "2024-01-01 ? -> A 90.00 #c\n2024-01-02 A -> Shop 50.00\n2024-01-03 Shop -> B 50.00"


@pytest.mark.parametrize("kind", ["good_faith", "pooled"])
def test_where_an_assertion_ends_the_claim_is_a_place_of_its_own(kind):
    some = [asserted(kind, "Shop")]
    table = all_bounds(graph(STOPS), "c", assertions=some)
    assert table.select("kind", "id", "least", "most").rows() == [
        (kind, "Shop", 5_000, 5_000),
        ("account", "A", 4_000, 4_000),
    ]
    found = bounds(graph(STOPS), "c", ["Shop", "B"], assertions=some)
    assert (found.least, found.most) == (0, 0)
    assert kind in found.notes[0]


CASH = "2024-01-01 ? -> A 90.00 #c\n2024-01-02 A -> cash 50.00 #out\n2024-01-05 cash -> B 40.00 #in"


def test_linked_cash_goes_on_and_the_rest_of_it_is_cash():
    table = all_bounds(graph(CASH), "c", assertions=[asserted("link", "out", "in")])
    assert sorted(table.select("kind", "id", "least", "most").rows()) == [
        ("account", "A", 4_000, 4_000), ("account", "B", 4_000, 4_000), ("cash", "(cash EUR)", 1_000, 1_000),
    ]  # fmt: skip
    assert cut(graph(CASH), "c", "B", assertions=[asserted("link", "out", "in")]).members == ("A",)
    kept = frozen(graph(CASH), "c", "B", "2024-01-04", assertions=[asserted("link", "out", "in")])
    assert (kept.least, kept.most) == (4_000, 4_000)


def test_a_debt_keeps_what_a_backward_link_counts_for_a_purchase():
    text = "balance A 2024-01-01 -5.00 EUR opening\n2024-01-02 A -> Dealer 20.00 #buy\n2024-01-03 ? -> A 50.00 #c"
    its = fm.trace(graph(text), "c", assertions=[asserted("backward", "buy", "c")])
    assert (its.bounds("debt").least, its.bounds("debt").most) == (2_500, 2_500)
    assert "is left in the debt here" in " ".join(its.bounds("A").notes)
    assert set(its.exits()["least"].to_list()) == {None}


TWO = """
2024-01-01 ? -> A 30.00 #a
2024-01-02 ? -> A 10.00
2024-01-03 A -> B 40.00 #b
2024-01-04 B -> C 20.00
"""


def test_what_another_claimants_payment_carries_stays_the_first_ones():
    its = fm.trace(graph(TWO), {"Ana": "a", "Ben": "b"})
    ana, ben = its.of("Ana"), its.of("Ben")
    assert [(b.least, b.most) for b in (ana.bounds("C"), ana.bounds(["B", "C"]))] == [(1_000, 2_000), (3_000, 3_000)]
    both = ben.bounds(["B", "C"])
    assert both.least <= 1_000 <= both.most
    assert not both.attained
    assert "another claimant" in " ".join(both.notes)
    assert (its.bounds(["B", "C"]).least, its.bounds(["B", "C"]).most) == (4_000, 4_000)
    assert bounds(graph(TWO), {"Ana": "a", "Ben": ["b"]}, "C").least == its.bounds("C").least == 2_000


def test_a_trace_knows_cuts_freezes_and_the_next_document():
    its = fm.trace(graph(TWO), ["a"], until="2024-01-04")
    assert its.cut("C").members == cut(graph(TWO), ["a"], "C").members == ("A",)
    assert its.cut("C", at="2024-01-04").members == ("B",)
    assert its.frozen("B", "2024-01-04").least == frozen(graph(TWO), ["a"], "B", "2024-01-04").least == 3_000
    assert its.next_document().equals(next_document(graph(TWO), ["a"]))
