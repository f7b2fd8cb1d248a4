"""What a finding of a pattern says of itself is true: of joined windows, short ledgers, new accounts."""

from __future__ import annotations

import json
import sys
from inspect import cleandoc, getdoc
from types import ModuleType

import pytest

import followmoney as fm
from followmoney.finding import Finding
from followmoney.languages import speaking
from followmoney.languages.retell import retell
from followmoney.patterns import Pattern, catalogue, explain
from followmoney.patterns.bipartite import Bipartite
from followmoney.patterns.ghost_payroll import GhostPayroll
from followmoney.patterns.high_risk_corridor import HighRiskCorridor
from followmoney.patterns.mule import Mule
from followmoney.patterns.mule_network import MuleNetwork
from followmoney.patterns.shelf import Shelf
from followmoney.patterns.stack import Stack
from followmoney.patterns.trade_price import TradePrice


def only(text: str, pattern: str | Pattern) -> Finding:
    (finding,) = fm.detect(fm.FlowGraph(fm.sketch(text)), pattern)
    return finding


def margin(finding: Finding, threshold: str) -> tuple[str, str]:
    (found,) = [m for m in json.loads(finding.margins) if m["threshold"] == threshold]
    return found["seen"], found["limit"]


def payments(payers: str, payees: list[str], day: int) -> list[str]:
    return [f"2024-05-{day:02} {payer} -> {payee} 1,000.00" for payer in payers for payee in payees]


# --- windows that are joined -----------------------------------------------------------------------------------------


def test_windows_that_are_joined_are_named_and_counted() -> None:
    days = "\n".join(f"2024-03-{day:02} cash -> A 9,500.00" for day in range(1, 30))
    assert only(days, "structuring").explanation.endswith(
        "within 29 days, each below EUR 10,000, EUR 275,500.00 together. Joined are at least 4 windows of at most 7 "
        "days: those with a transaction in common."
    )
    assert "Joined" not in only(days.split("\n2024-03-09", maxsplit=1)[0], "structuring").explanation


def test_groups_of_two_windows_are_told_with_the_pairs_that_are_there() -> None:
    first, then = payments("ABC", ["X", "K", "L", "M"], 1), payments("DE", ["X", "N", "O", "P"], 16)
    between = [f"2024-05-03 C -> {payee} 1,000.00" for payee in ("X", "N", "O", "P")]
    finding = only("\n".join([*first, *between, *then]), "bipartite")
    assert "5 payers paid 7 accounts, X among them" in finding.explanation
    assert (
        "with 23 of the 35 possible pairs, none of which more than 2 times. Joined are at least 2"
        in finding.explanation
    )
    assert margin(finding, "dense") == ("0.657, windows joined", "at least 0.7")
    assert margin(only(Bipartite.example, "bipartite"), "dense") == ("1.0", "at least 0.7")


def test_an_account_on_both_sides_is_no_pair_with_itself() -> None:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._pairs import Pairs

    flows = Flows.of(fm.FlowGraph(fm.sketch("2024-05-01 A -> B 1.00\n2024-05-01 A -> B 2.00\n2024-05-02 B -> C 1.00")))
    assert Pairs.of(flows, flows.out.row.astype("int64")) == (2, 3)


def test_each_layer_of_a_stack_has_its_pairs() -> None:
    lines = [line for line in Stack.example.splitlines() if "M -> Z" not in line]
    finding = only("\n".join(lines), "stack")
    assert "9 of the 9 possible pairs in the first layer and 8 of the 9 in the second." in finding.explanation
    assert margin(finding, "dense") == ("0.889", "at least 0.5")


def test_the_time_of_a_finding_is_counted_as_its_limit_is() -> None:
    one = "\n".join([f"2024-04-01 S -> {m} 9,000.00\n2024-04-15 {m} -> T 8,500.00" for m in "ABC"])
    assert margin(only(one, "scatter_gather"), "days") == ("14 days", "at most 14 days")
    ways = [("A", 1, 10), ("B", 1, 10), ("C", 8, 12), ("D", 9, 20), ("E", 9, 20)]
    two = "\n".join(f"2024-04-{d:02} S -> {m} 9,000.00\n2024-04-{e} {m} -> T 8,500.00" for m, d, e in ways)
    finding = only(two, "scatter_gather")
    assert margin(finding, "days") == ("19 days, windows joined", "at most 14 days")
    assert "Joined are at least 2 windows of at most 14 days" in finding.explanation


def test_joined_windows_are_retold() -> None:
    days = "\n".join(f"2024-03-{day:02} cash -> A 9,500.00" for day in range(1, 30))
    with speaking("fr"):
        told = retell(only(days, "structuring").explanation)
    assert told.endswith(
        "Sont réunies au moins 4 fenêtres d'au plus 7 jours : celles qui ont une transaction en commun."
    )


# --- what the ledger knows of the time before ------------------------------------------------------------------------


def test_a_corridor_names_the_days_it_was_compared_with() -> None:
    finding = only(HighRiskCorridor.example, "high_risk_corridor")
    assert "against 1 % in the 342 days before, with which the ledger begins." in finding.explanation
    (unchecked,) = finding.unchecked
    assert "takes 365 days, and the ledger begins on 2022-03-01, 342 days before" in unchecked
    whole = only("2022-01-02 A -> B 4,000.00\n" + HighRiskCorridor.example, "high_risk_corridor")
    assert whole.explanation.endswith("against 1 % in the year before.")
    assert not whole.unchecked
    month = only(HighRiskCorridor.example, HighRiskCorridor(history=200, payments=2))
    assert month.explanation.endswith("in the 200 days before.")


def test_a_mule_says_why_its_account_is_new() -> None:
    new = only(Mule.example, "mule")
    assert "(M), opened on 2024-04-20, 16 days before, from" in new.explanation
    assert margin(new, "age") == ("16 days", "at most 90 days")
    old = Mule.example.replace("2024-04-20", "2014-04-20")
    slept = only("2023-11-06 X -> Y 1.00\n2023-12-06 X -> M 5.00\n" + old, "mule")
    assert "silent for 152 days, since 2023-12-06, from" in slept.explanation
    assert margin(slept, "silence") == ("152 days", "at least 90 days")
    never = only("2023-11-06 X -> Y 1.00\n" + old, "mule")
    assert "silent for 182 days, since the ledger began on 2023-11-06, from" in never.explanation
    assert {m["threshold"] for m in json.loads(never.margins)} == {"payers", "least", "silence"}


def test_a_mule_that_woke_up_a_while_ago_names_that_silence() -> None:
    old = Mule.example.replace("2024-04-20", "2014-04-20")
    woke = only("2023-11-06 X -> M 1.00\n2024-04-01 X -> M 1.00\n2024-04-02 M -> X 1.00\n" + old, "mule")
    assert "silent for 147 days, since 2023-11-06, from" in woke.explanation


def test_a_silence_is_counted_in_one_way() -> None:
    finding = only(Shelf.example.replace("2024-09-25", "2024-09-25T15:30"), "shelf")
    assert "silent for 267 days" in finding.explanation
    assert margin(finding, "silent") == ("267 days", "at least 180 days")


# --- what is said of amounts, pairs and links ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("50,100.00", "EUR 50,100.00 (more than came in) left"),
        ("50,000.00", "EUR 50,000.00 (100 % of it) left"),
        ("49,950.00", "EUR 49,950.00 (99 % of it) left"),
    ],
)
def test_no_more_of_it_leaves_than_came_in(gone: str, says: str) -> None:
    finding = only(f"2024-05-06T09:00 A -> B 50,000.00\n2024-05-06T13:00 B -> C {gone}", "pass_through")
    assert says in finding.explanation


def test_a_network_of_mules_says_what_links_it() -> None:
    assert "what they have in common (a payee) leads to W." in only(MuleNetwork.example, "mule_network").explanation
    alone = MuleNetwork.example
    for k in (1, 2, 3):
        alone = alone.replace(f"M{k} -> W ", f"M{k} -> W{k} ").replace(f"account M{k} ", f"account M{k} holder=P{k} ")
    homes = 'address P1 "Quay 1" postcode=1 city=Ghent BE\naddress P2 "Quay 1" postcode=1 city=Ghent BE\n'
    known = (
        "".join(f"party P{k} person\n" for k in range(1, 5)) + homes + "role P4 P2 signatory\nrole P4 P3 signatory\n"
    )
    finding = only(known + alone, "mule_network")
    assert "what they have in common (a party with a role and an address) leads to" in finding.explanation


def test_once_is_said_as_people_say_it() -> None:
    assert "more than once." in only(catalogue()["gather_scatter"].example, "gather_scatter").explanation


def test_salaries_and_goods_are_named_as_what_they_are() -> None:
    paid = only(GhostPayroll.example, "ghost_payroll").explanation
    assert "6 monthly salaries, each of the same amount every month, EUR 12,000.00 together" in paid
    sold = only(TradePrice.example, "trade_price").explanation
    assert (
        "goods of code 08055010 were invoiced at 4.2 times the usual unit value in 5 lines of the table of trades"
        in sold
    )


# --- a pattern of one's own ------------------------------------------------------------------------------------------


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The example in the documentation of `Pattern`, as a file of one's own."""
    code = cleandoc((getdoc(Pattern) or "").partition("::\n")[2])
    module = ModuleType("large_payment")
    monkeypatch.setitem(sys.modules, "large_payment", module)
    graph = fm.FlowGraph(fm.sketch("2024-05-06 A -> B 60,000.00"))
    vars(module)["graph"] = graph
    exec(compile(code, "large_payment.py", "exec"), vars(module))  # noqa: S102 - our own documentation
    return module


def test_the_pattern_in_the_documentation_runs(own: ModuleType) -> None:
    cls: type[Pattern] = own.LargePayment
    finding = only(cls.example, cls())
    assert (finding.pattern, finding.amount) == ("large_payment", 6_000_000)
    assert finding.explanation == "A paid EUR 60,000.00 at once on 2024-05-06; looked for was EUR 50,000 or more."
    assert margin(finding, "least") == ("EUR 60,000.00", "at least EUR 50,000")
    assert len(fm.detect(fm.FlowGraph(fm.sketch(cls.counter_example)), cls())) == 0


def test_a_pattern_without_a_code_or_explanations_is_described_without(own: ModuleType) -> None:
    text = own.LargePayment.describe()
    assert text.splitlines()[0] == "large_payment"
    assert text.endswith("is checked\n  nothing")
    assert explain("mule").startswith("mule (AMLTRIX T0011)\n")


def test_a_pattern_of_a_notebook_is_named_after_its_class(own: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own.LargePayment, "__module__", "__main__")
    assert own.LargePayment.of() == "large_payment"


def test_what_a_pattern_of_ones_own_needs_is_there_when_asked_for() -> None:
    from followmoney import patterns

    assert [name for name in patterns.__all__ if not hasattr(patterns, name)] == []
    assert not hasattr(patterns, "Flow")
