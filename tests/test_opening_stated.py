"""What counts as an opening: balances stated for the time before the first transaction, and no others."""

import pytest

import followmoney as fm

MOVES = "2024-03-04T10:00 ? -> A 1,000.00 EUR #c\n2024-03-05 A -> B 600.00 EUR #t"


def opening(line: str) -> int | None:
    """What stood in A before anything moved."""
    its = fm.trace(fm.FlowGraph(fm.sketch(f"{line}\n{MOVES}")), ["c"], "pro_rata")
    assert ("A" in its.unopened) == (its.ledger("A")["id"][0] is not None)
    return None if "A" in its.unopened else int(its.ledger("A")["balance"][0])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("balance A 2024-03-04 500.00 EUR opening", 50_000),
        ("balance A 2024-03-03 500.00 EUR stated", 50_000),
        ("balance A 2024-03-03 500.00 EUR closing", 50_000),
        ("balance A 2024-03-04T09:59 500.00 EUR stated", 50_000),
        ("balance A 2024-03-04 500.00 EUR stated", None),
        ("balance A 2024-03-04T10:00 500.00 EUR stated", None),
        ("balance A 2024-03-04 1,500.00 EUR closing", None),
        ("balance A 2024-03-05 500.00 EUR stated", None),
        ("balance A 2024-03-04T10:00 1,000.00 EUR stated after=c", None),
        ("balance A 2024-02-01 700.00 EUR opening\nbalance A 2024-02-29 500.00 EUR stated", 50_000),
        ("balance A 2024-03-03 700.00 EUR closing\nbalance A 2024-03-04 500.00 EUR opening", 50_000),
    ],
)
def test_a_balance_of_before_the_first_transaction_is_the_opening(line: str, found: int | None):
    assert opening(line) == found


@pytest.mark.parametrize(("line", "said"), [("2024-03-04", True), ("2024-03-04T10:00", True), ("2024-03-05", False)])
def test_a_balance_that_may_be_of_before_or_after_is_named(line: str, said: bool):
    text = f"balance A {line} 500.00 EUR stated\n{MOVES}"
    notes = " ".join(fm.trace(fm.FlowGraph(fm.sketch(text)), ["c"]).notes)
    assert ("Not used: A has a balance" in notes) == said
    assert "by the rule lowest_balance have no stated opening balance" in notes


def test_the_next_document_is_not_a_balance_that_is_there():
    text = "balance B 2024-03-03 0.00 EUR stated\n" + MOVES + "\n2024-03-06 B -> X 100.00 EUR"
    found = fm.trace(fm.FlowGraph(fm.sketch(text)), ["c"]).next_document()
    assert {account for account, gap in found.select("account", "gap").iter_rows() if gap == "opening"} <= {"A"}
