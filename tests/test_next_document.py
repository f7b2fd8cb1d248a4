"""Which document to ask for next: openings, gaps between statements, accounts nobody sent a statement of."""

import followmoney as fm
from followmoney.tracing.next_document import next_document

LEDGER = """
statement A 2024-01-01 2024-01-31
statement A 2024-03-01 2024-03-31
statement B 2024-01-01 2024-03-31
balance A 2024-01-01 500.00 opening
2024-01-03 ? -> A 1,000 #claim
2024-01-10 A -> B 700
2024-03-05 A -> X 300
2024-03-06 B -> Y 200
"""


def table(text=LEDGER, **options):
    return next_document(fm.FlowGraph(fm.sketch(text)), "claim", **options)


def gaps(frame):
    return {(row["account"], row["gap"]): row for row in frame.iter_rows(named=True)}


def test_every_gap_is_found_with_its_period():
    found = gaps(table())
    assert set(found) == {("A", "period"), ("B", "opening"), ("X", "onward"), ("Y", "onward")}
    assert str(found["A", "period"]["start"]) == "2024-02-01"
    assert str(found["A", "period"]["end"]) == "2024-02-29"


def test_money_that_may_have_left_between_two_statements_is_open():
    row = table(of="A").row(0, named=True)
    assert (row["account"], row["gap"], row["open"]) == ("A", "period", 50000)
    assert row["sentence"] == (
        "The statement of account A from 2024-02-01 to 2024-02-29 would narrow what is open, EUR 500.00, "
        "by at least EUR 0.00 and at most EUR 500.00."
    )


def test_what_is_certain_today_is_what_a_statement_of_the_payee_would_settle():
    text = """
        statement A 2024-01-01 2024-12-31
        balance A 2024-01-01 0.00 opening
        2024-01-03 ? -> A 100 #claim
        2024-01-04 A -> X 100
    """
    row = table(text, of="X").row(0, named=True)
    assert (row["account"], row["gap"]) == ("X", "onward")
    assert (row["open"], row["narrows"], row["up_to"]) == (10000, 10000, 10000)


def test_with_every_document_there_is_nothing_to_ask_for():
    text = LEDGER.replace("2024-01-31", "2024-02-29") + (
        "statement X 2024-01-01 2024-03-31\nstatement Y 2024-01-01 2024-03-31\nbalance B 2024-01-01 0.00 opening\n"
    )
    assert len(table(text)) == 0


def test_without_statements_an_account_that_only_receives_is_asked_for():
    text = "balance A 2024-01-01 0.00 opening\n2024-01-03 ? -> A 100 #claim\n2024-01-04 A -> X 60"
    assert set(gaps(table(text))) == {("X", "onward")}


def test_order_and_limit():
    whole = table()
    assert whole.equals(whole.sort("narrows", "up_to", "account", descending=[True, True, False]))
    assert len(table(limit=1)) == 1


def test_what_is_open_in_places_together_is_never_above_the_claim_and_a_sum_over_places_says_what_it_is():
    together = table(of=["A", "B", "X", "Y"])
    assert (together["open"] <= 100_000).all()
    assert not together["sentence"].str.contains("no amount of money").any()
    alone = table()
    assert alone["open"].max() > 100_000
    assert alone["sentence"].str.contains("the widths of all places added up, which is no amount of money").all()
