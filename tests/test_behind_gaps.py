"""Figures behind a gap in the statements are upper bounds, and say so wherever they are shown."""

import polars as pl
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import ACCOUNTS, drawn

import followmoney as fm
from followmoney.reports._blocks import Table
from followmoney.reports._freeze import freeze
from followmoney.tracing._behind import NEVER
from followmoney.tracing._tape import CLAIM

MOVES = """
2024-01-05 ? -> A 100.00 #c
2024-01-10 A -> B 10.00
2024-03-05 A -> D 20.00
2024-03-06 D -> E 5.00
2024-03-07 D -> ? 5.00
2024-03-08 B -> ? 5.00
"""
SEEN = "statement A 2024-01-01 2024-01-31\nstatement A 2024-03-01 2024-03-31\n"


def traced(text, **more):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), "c", **more)


def behind(its):
    return {(row["kind"], row["id"]): str(row["since"]) for row in its.behind_gaps().to_dicts()}


def test_what_an_account_holds_and_paid_after_a_gap_is_at_most_that():
    its = traced(SEEN + MOVES)
    assert behind(its) == {
        ("account", "A"): "2024-02-01", ("account", "D"): "2024-03-05", ("account", "E"): "2024-03-06",
        ("unknown", "(unknown EUR)"): "2024-03-07",
    }  # fmt: skip
    assert dict(its.holders().select("account", "bound").iter_rows()) == {"A": "<=", "B": "=", "D": "<=", "E": "<="}
    assert its.exits()["bound"].to_list() == ["<="]


def test_without_statements_or_without_a_gap_figures_are_exact():
    for seen in (
        "",
        "statement A 2024-01-01 2024-02-10\nstatement A 2024-02-11 2024-03-31\n",
        "statement E 2024-01-01 2024-12-31\n",
    ):
        its = traced(seen + MOVES)
        assert behind(its) == {}
        assert set(its.holders()["bound"]) == set(its.exits()["bound"]) == {"="}


def test_a_statement_that_ends_early_and_one_that_begins_late_leave_a_gap():
    early = traced("statement B 2024-01-01 2024-03-07\n" + MOVES)
    assert behind(early) == {("account", "B"): "2024-03-08", ("unknown", "(unknown EUR)"): "2024-03-08"}
    assert behind(traced("statement B 2024-01-01 2024-03-08\n" + MOVES)) == {}
    late = traced("statement B 2024-01-11 2024-03-31\n" + MOVES)
    assert behind(late) == {("account", "B"): "2024-01-10", ("unknown", "(unknown EUR)"): "2024-03-08"}
    assert behind(traced("statement B 2024-01-10 2024-03-31\n" + MOVES)) == {}


def test_claim_money_that_comes_after_a_gap_is_behind_it_and_what_left_before_is_not():
    seen = "statement B 2023-01-01 2023-12-31\nstatement B 2024-01-06 2024-03-31\n"
    assert behind(traced(seen + MOVES)) == {
        ("account", "B"): "2024-01-10", ("unknown", "(unknown EUR)"): "2024-03-08"
    }  # fmt: skip
    assert behind(traced(SEEN + MOVES, until="2024-01-31")) == {}
    assert ("account", "B") not in behind(traced(SEEN + MOVES))


def test_a_claim_is_what_it_is_wherever_it_comes_from_and_a_debt_behind_a_gap_is_not():
    claimed = "statement X 2023-01-01 2023-06-30\nstatement X 2024-01-01 2024-12-31\n2024-01-02 ? -> X 9.00 #b\n"
    its = fm.trace(fm.FlowGraph(fm.sketch(claimed + "2024-01-05 X -> A 9.00 #c")), ["b", "c"])
    assert behind(its) == {}
    debt = "balance A 2023-01-01 -50.00 opening\nstatement A 2023-01-01 2023-12-31\nstatement A 2024-01-06 2024-12-31\n"
    assert behind(traced(debt + MOVES))["debt", "A"] == "2024-01-05"


def test_the_sentences_say_at_most():
    its = traced(SEEN + MOVES)
    said = its.explain()
    assert "At most EUR 90.00 is now in 4 accounts: A at most EUR 70.00, D at most EUR 10.00, B EUR 5.00" in said
    assert "At most EUR 10.00 left to unknown accounts." in said
    assert any(note.startswith("4 figures are behind a gap in the statements") for note in its.notes)
    assert "t most" not in traced(MOVES).explain()


@given(ledger=drawn(), day=st.integers(1, 40), account=st.sampled_from(ACCOUNTS))
@examples(25)
def test_a_gap_reaches_what_an_account_paid_from_then_on_and_what_was_paid_with_that(ledger, day, account):
    end = f"2024-{2 + day // 28:02}-{1 + day % 28:02}"
    its = fm.trace(fm.FlowGraph(fm.sketch(f"statement {account} 2020-01-01 {end}\n{ledger.text()}")), ledger.claim)
    flows, tape = its.flows, its.record.tape
    names = its.graph.vertices["id"].gather(its.record.purses.account).to_list()
    booked = its.transactions()["booked_at"].dt.date().cast(pl.String).to_list()
    late, held, spoilt = [], set(), set()
    for at, when, given_, discharged in zip(
        flows.at.tolist(), booked, flows.given.tolist(), flows.discharged.tolist(), strict=True
    ):
        paid, got, claim = int(tape.paid[at]), int(tape.got[at]), bool(tape.mark[at] & CLAIM)
        unseen = {purse for purse in held if names[purse] == account and when > end}
        late.append(
            (paid in spoilt | unseen and not claim) or (discharged > 0 and names[got] == account and when > end)
        )
        if given_ and not tape.outside[got]:
            held.add(got)
            spoilt |= {got} if late[-1] else set()
    assert (its.behind.movement < NEVER).tolist() == late


def test_what_stands_behind_a_gap_is_marked_in_the_table_of_what_can_be_frozen():
    its = traced(SEEN + MOVES)
    shown = {str(row.cells[1].text): row.cells[7].text for row in rows_of(fm.Case("X", trace=its))}
    for account, bound in its.holders().select("account", "bound").iter_rows():
        assert shown[account].startswith("at most ") == (bound == "<=")
    assert "<=" in its.holders()["bound"].to_list()


def rows_of(case: fm.Case):
    return [
        row for block in freeze(case, set()).blocks if isinstance(block, Table) for row in block.rows if not row.total
    ]
