"""Backward links looked at alone: what each moves out of a debt, and which are refused."""

from datetime import date

import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import Assertion
from followmoney.tracing.backward import Moved, backward, by_movement, forward_and_backward

DEBTS = """
balance A 2024-01-01 -5.00 EUR opening
2024-01-02 A -> Dealer 20.00 #car
2024-01-03 A -> Builder 30.00 #roof
asset V1 vehicle by=car
2024-01-04 ? -> A 25.00 #one
2024-01-05 ? -> B 1.00 #aside
2024-01-06 ? -> A 40.00 #two
2024-01-07 A -> A 1.00 #self
2024-01-08 ? -> A 1.00 #own
"""


def trace(*links, claim=("one", "aside", "two"), until=None):
    """DEBTS, with backward links from the first to the second of each pair."""
    made = [Assertion("backward", link, "One plan.", "A. Analyst", date(2024, 5, 1)) for link in links]
    return fm.trace(fm.FlowGraph(fm.sketch(DEBTS)), claim, "fifo", assertions=made, until=until)


@pytest.mark.parametrize(
    ("links", "moved"),
    [
        ([], []),
        ([("roof", "one")], [(2, "backward", "Builder", 2_500)]),
        ([("roof", "two")], [(4, "backward", "Builder", 3_000)]),  # all of the debt that was left
        ([("car", "one")], [(2, "asset", "V1", 2_000)]),  # no more than it paid
        ([("car", "one"), ("car", "two")], [(2, "asset", "V1", 2_000)]),  # whatever paid it off
        ([("roof", "one"), ("roof", "two")], [(2, "backward", "Builder", 2_500), (4, "backward", "Builder", 500)]),
        ([("car", "two"), ("roof", "two")], [(4, "asset", "V1", 2_000), (4, "backward", "Builder", 1_000)]),
        ([("V1", "one"), ("roof", "one")], [(2, "asset", "V1", 2_500)]),  # each debt is moved once
        ([("V1", "aside")], []),  # no debt was paid off
        ([("V1", "own"), ("car", "one")], [(2, "asset", "V1", 2_000)]),  # nor by what carries none of the claim
    ],
)
def test_a_link_moves_what_the_debt_and_the_purchase_allow_once(links, moved):
    assert backward(trace(*links)) == [Moved(*its) for its in moved]


def test_what_comes_after_the_end_of_the_trace_moves_nothing():
    links = [("car", "one"), ("roof", "two")]
    assert backward(trace(*links, until="2024-01-05")) == [Moved(2, "asset", "V1", 2_000)]
    assert backward(trace(*links, until="2024-01-02", claim=["car"])) == []  # both the purchase and what paid for it


@pytest.mark.parametrize(
    ("link", "refusal"),
    [
        (("one", "car"), "A backward link goes from an earlier payment to a later credit: 'one' is later."),
        (("self", "self"), "A backward link goes from an earlier payment to a later credit: 'self' is later."),
        (("car", "aside"), "'car' was not paid by the account that 'aside' was paid to; name another."),
    ],
)
def test_a_link_that_does_not_fit_is_refused(link, refusal):
    with pytest.raises(SettingsError) as raised:
        backward(trace(link))
    assert str(raised.value) == refusal


def test_what_was_moved_is_counted_by_movement_of_claim_money():
    its = trace(("car", "one"), ("roof", "one"), ("roof", "two"))
    assert its.flows.at.tolist() == [2, 3, 4, 5]
    found = by_movement(its)
    assert (found.tolist(), found.dtype) == ([2_500, 0, 2_500, 0], "int64")


def test_durant_has_three_figures():
    assert forward_and_backward(7, 3) == {"forward_only": 7, "with_coordination": 10, "backward_part": 3}
