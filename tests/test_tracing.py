"""A trace: what counts as claim, where it stops, what happens at the edges, and what it says of itself."""

import pytest

import followmoney as fm
from followmoney.errors import OverflowLimitError, SettingsError

RULES = ("fifo", "lowest_balance", "pro_rata")


def trace(text, claim="c", rule="lowest_balance", until=None):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule, until)


def held(its):
    return {row["account"]: row["claim"] for row in its.holders().iter_rows(named=True)}


def gone(its):
    return {(row["kind"], row["to"]): row["claim"] for row in its.exits().iter_rows(named=True)}


MIXED = """
2024-01-01 ? -> A 10.00 #own
2024-01-02 ? -> A 30.00 #c
2024-01-03 A -> B 20.00 #t
"""


@pytest.mark.parametrize(("rule", "part"), [("fifo", 1_000), ("lowest_balance", 1_000), ("pro_rata", 1_500)])
def test_each_rule_says_how_much_of_a_debit_is_claim_money(rule, part):
    its = trace(MIXED, rule=rule)
    assert held(its) == {"A": 3_000 - part, "B": part}
    assert its.moved.tolist() == [0, 3_000, part]
    assert its.claimed == {"EUR": 3_000}


@pytest.mark.parametrize("rule", RULES)
def test_a_claim_transaction_that_carries_claim_money_counts_that_part_once(rule):
    its = trace("2024-01-01 ? -> A 30.00 #c\n2024-01-02 A -> B 40.00 #d", ["c", "d"], rule)
    assert its.claimed == {"EUR": 4_000}
    assert held(its) == {"B": 4_000}
    assert "counted once" in its.notes[0]


@pytest.mark.parametrize("rule", RULES)
def test_claim_money_stops_at_cash_at_unknown_ends_and_at_assets(rule):
    its = trace(
        "2024-01-01 ? -> A 30.00 #c\n2024-01-02 A -> cash 5.00\n2024-01-03 A -> ? 6.00\n"
        "2024-01-04 A -> Dealer 7.00 #buy\n"
        "2024-01-05 Dealer -> E 7.00\n2024-01-06 cash -> E 5.00\nasset V1 vehicle by=buy", rule=rule,
    )  # fmt: skip
    assert held(its) == {"A": 1_200}
    assert gone(its) == {("cash", "(cash EUR)"): 500, ("unknown", "(unknown EUR)"): 600, ("asset", "V1"): 700}


@pytest.mark.parametrize("rule", RULES)
def test_a_debit_beyond_the_known_balance_draws_other_money_and_never_looks_ahead(rule):
    its = trace("2024-01-01 ? -> A 30.00 #c\n2024-01-02 A -> B 50.00\n2024-01-03 ? -> A 20.00", rule=rule)
    assert held(its) == {"B": 3_000}
    assert its.holders()["balance"].to_list() == [5_000]
    assert any(
        f"1 account that held claim money by the rule {rule} paid more than their known balance" in note
        for note in its.notes
    )
    assert its.ledger("A")["beyond"].to_list() == [0, 2_000, 0]


def test_an_opening_balance_counts_as_other_money_from_the_account_s_first_transaction():
    later = "balance A 2024-01-05 99.00 EUR opening\n"
    stated = "balance A 2024-01-01 20.00 EUR opening\nbalance A 2023-01-01 5.00 EUR opening\n"
    moves = "2024-01-02 ? -> A 30.00 #c\n2024-01-03 A -> B 25.00"
    assert held(trace(moves)) == {"A": 500, "B": 2_500}
    assert held(trace(later + moves)) == {"A": 500, "B": 2_500}
    assert held(trace(stated + moves)) == {"A": 2_500, "B": 500}
    assert trace(stated + moves).ledger("A")["balance"].to_list() == [2_000, 5_000, 2_500]


@pytest.mark.parametrize("rule", RULES)
def test_a_stated_debt_is_paid_off_first_and_that_part_is_gone(rule):
    its = trace(
        "balance A 2024-01-01 -20.00 EUR opening\n2024-01-02 ? -> A 50.00 #c\n2024-01-03 A -> B 10.00", rule=rule
    )
    assert held(its) == {"A": 2_000, "B": 1_000}
    assert gone(its) == {("debt", "A"): 2_000}
    assert its.reconciliation()["discharged"].to_list() == [2_000]


@pytest.mark.parametrize("rule", RULES)
def test_converted_money_scales_at_the_executed_rate_and_reconciles_in_both_currencies(rule):
    its = trace(
        "2024-01-01 ? -> A 30.00 #c\n2024-01-02 A -> B 15.01 EUR = 7.00 GBP\n2024-01-03 B -> C 2.00 GBP", rule=rule
    )
    table = its.reconciliation()
    assert table["currency"].to_list() == ["EUR", "GBP"]
    assert table["converted"].to_list() == [-1_501, 700]
    assert table["difference"].to_list() == [0, 0]


def test_money_in_two_currencies_of_one_account_never_mixes():
    its = trace(
        "2024-01-01 ? -> A 30.00 EUR #c\n2024-01-01 ? -> A 90.00 GBP\n2024-01-02 A -> B 30.00 GBP", rule="pro_rata"
    )
    assert held(its) == {"A": 3_000}
    assert its.holders()["balance"].to_list() == [3_000]


@pytest.mark.parametrize("rule", RULES)
def test_a_returned_payment_comes_back_as_it_went(rule):
    its = trace(MIXED + "2024-01-04 B -> A 20.00 reverses=t", rule=rule)
    assert held(its) == {"A": 3_000}
    exit_ = MIXED.replace("A -> B", "A -> ?") + "2024-01-04 ? -> A 20.00 reverses=t"
    assert held(trace(exit_, rule=rule)) == {"A": 3_000}
    assert gone(trace(exit_, rule=rule)) == {}


def test_a_returned_payment_that_was_spent_or_is_not_whole_is_an_ordinary_payment_and_is_noted():
    spent = trace(MIXED + "2024-01-04 B -> C 20.00\n2024-01-05 ? -> B 20.00\n2024-01-06 B -> A 20.00 reverses=t")
    assert held(spent) == {"A": 2_000, "C": 1_000}
    assert any("had been spent already" in note for note in spent.notes)
    part = trace(MIXED + "2024-01-04 B -> A 19.00 reverses=t")
    assert held(part) == {"A": 2_900, "B": 100}
    assert any("could not be matched" in note for note in part.notes)


def test_until_ends_the_trace_and_a_later_claim_does_not_count_yet():
    its = trace(MIXED, until="2024-01-02")
    assert held(its) == {"A": 3_000}
    assert its.moved.tolist() == [0, 3_000, 0]
    both = trace(MIXED, ["c", "t"], until="2024-01-02")
    assert both.claimed == {"EUR": 3_000}
    assert both.notes[0] == "Booked after the end of the trace and not counted: t."


def test_transactions_at_the_same_time_without_a_posting_sequence_are_noted():
    tied = "2024-01-01 ? -> A 10.00 #c\n2024-01-02 A -> B 8.00{}\n2024-01-02 B -> C 8.00{}"
    assert any("posting sequence" in note for note in trace(tied.format("", "")).notes)
    assert not any("posting sequence" in note for note in trace(tied.format(" seq=1", " seq=2")).notes)


def test_accounts_without_a_stated_opening_balance_are_named():
    ledger = "2024-01-01 ? -> A 10.00 #c\n2024-01-02 A -> B 8.00\nbalance A 2024-01-01 0.00 opening"
    (note,) = trace(ledger).notes
    assert note.startswith("1 account that claim money reached by the rule lowest_balance has no stated opening")
    assert ": B. " in note


def test_holders_carry_names_and_the_last_movement_of_claim_money():
    its = trace('party P person "Ana Example" ES\naccount B holder=P IBAN ES\n' + MIXED)
    row = its.holders().row(1, named=True)
    assert (row["account"], row["holder"], row["name"], row["country"]) == ("B", "P", "Ana Example", "ES")
    assert (row["share"], f"{row['last_moved']:%F}") == (0.5, "2024-01-03")


def test_transactions_name_their_source_rows():
    frame = trace(MIXED).transactions()
    assert frame["id"].to_list() == ["c", "t"]
    assert frame["claim"].to_list() == [3_000, 1_000]
    assert frame["row"].to_list() == [3, 4]
    assert frame.columns == [
        "id", "booked_at", "originator", "beneficiary", "amount", "currency", "claim", "claim_received", "own",
        "channel", "purpose", "source", "row",
    ]  # fmt: skip


def test_compare_sets_rules_side_by_side():
    table = trace(MIXED).compare()
    assert table.columns[:4] == ["kind", "id", "name", "currency"]
    assert dict(table.filter(table["id"] == "B").select(RULES).row(0, named=True)) == {
        "fifo": 1_000, "lowest_balance": 1_000, "pro_rata": 1_500,
    }  # fmt: skip
    assert trace(MIXED).compare(["fifo", "clean_first"]).columns[4:] == ["fifo", "lowest_balance"]


def test_it_explains_itself():
    its = trace(MIXED, until="2024-06-30")
    said = its.explain()
    assert "EUR 30.00 is claimed, from 1 transaction (c)." in said
    assert "EUR 30.00 is now in 2 accounts: A EUR 20.00, B EUR 10.00." in said
    assert "Every unit is accounted for." in said
    assert "<p>EUR 30.00 is claimed" in its._repr_html_()
    assert repr(its) == "Trace(EUR 30.00 by lowest_balance, until 2024-06-30 23:59: 2 accounts hold some)"


def test_a_claim_that_nobody_holds_gives_empty_tables():
    its = trace("2024-01-01 A -> ? 5.00 #c")
    assert len(its.holders()) == 0
    assert gone(its) == {("unknown", "(unknown EUR)"): 500}
    assert len(its.compare()) == 1
    assert "None of it is in an account now." in its.explain()


def test_wrong_calls_say_what_is_wrong_and_what_is_near():
    with pytest.raises(SettingsError, match=r"'lowest_balanse'.*Did you mean 'lowest_balance'"):
        trace(MIXED, rule="lowest_balanse")
    with pytest.raises(SettingsError, match=r"transaction 'own1'.*Did you mean 'own'"):
        trace(MIXED, ["own1"])
    with pytest.raises(SettingsError, match="No claim"):
        trace(MIXED, [])
    with pytest.raises(SettingsError, match="account 'AA'"):
        trace(MIXED).ledger("AA")


def test_a_folded_graph_is_not_traced_by_mistake():
    graph = fm.FlowGraph(fm.sketch("party P person\naccount A holder=P\naccount B holder=P\n" + MIXED))
    folded = graph.fold("holder")
    with pytest.raises(SettingsError, match="folded"):
        fm.trace(folded, "c")
    assert fm.trace(graph.between("2024-01-01", "2024-01-02"), "c").claimed == {"EUR": 3_000}


def test_more_money_than_64_bits_can_count_is_refused_with_the_account():
    text = "\n".join(f"2024-01-01 ? -> Big {'9' * 16}.00 #t{n}" for n in range(10))
    with pytest.raises(OverflowLimitError, match="account Big"):
        trace(text, "t0")
    with pytest.raises(OverflowLimitError, match="Name fewer"):
        trace(text, [f"t{n}" for n in range(10)])
    spread = "\n".join(f"2024-01-01 ? -> A{n} {'9' * 16}.00 #t{n}" for n in range(10))
    assert trace(spread, "t0").reconciliation()["held"].to_list() == [999_999_999_999_999_900]
