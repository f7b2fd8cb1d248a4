"""Opening + movements = closing, or the first balance where it is not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import OverflowLimitError
from followmoney.ledger.integrity import integrity


def only(text: str, **options: int) -> dict[str, object]:
    (row,) = integrity(fm.sketch(text), **options).iter_rows(named=True)
    return row


MOVES = """
    balance A 2024-01-02 100.00 EUR opening
    2024-01-02 A -> B 10
    2024-01-03 B -> A 4
    2024-01-03 A -> B 50 pending
"""


def test_a_statement_that_adds_up() -> None:
    row = only(MOVES + "balance A 2024-01-03 94.00 EUR closing")
    assert (row["opening"], row["opening_stated"], row["movements"], row["closing"]) == (10_000, True, -600, 9_400)
    assert (row["expected"], row["difference"], row["compared"], row["agree"]) == (9_400, 0, 1, 1)
    assert row["first_at"] is None


def test_one_missing_row_is_one_difference() -> None:
    row = only(MOVES + "balance A 2024-01-02 85.00 EUR after=t1\nbalance A 2024-01-03 89.00 EUR closing")
    assert (row["stated"], row["compared"], row["agree"]) == (3, 2, 1)
    assert (row["difference"], row["first_difference"], row["first_after"]) == (-500, -500, "t1")


def test_without_an_opening_balance_the_first_one_implies_it() -> None:
    row = only(MOVES.replace("opening", "stated") + "balance A 2024-01-03 104.00 EUR closing")
    assert (row["opening"], row["opening_stated"]) == (11_000, False)
    assert (row["movements"], row["difference"], row["agree"]) == (-600, 0, 1)


def test_each_currency_by_itself_and_what_was_converted_as_received() -> None:
    frame = integrity(
        fm.sketch("""
        balance B 2024-01-01 0.00 USD opening
        balance B 2024-01-09 6.00 USD closing
        balance B 2024-01-01 0.00 EUR opening
        balance B 2024-01-09 1.00 EUR closing
        2024-01-02 A -> B 5.00 EUR = 6.00 USD
        2024-01-02 A -> B 1.00 EUR
    """)
    )
    assert frame.select("currency", "movements", "difference").rows() == [("EUR", 100, 0), ("USD", 600, 0)]


def test_banks_that_round_what_they_state_are_given_room() -> None:
    text = MOVES + "balance A 2024-01-03 94.10 EUR closing"
    assert only(text)["agree"] == 0
    assert only(text, tolerance=10)["agree"] == 1


def test_accounts_without_balances_or_movements() -> None:
    assert len(integrity(fm.sketch("2024-01-01 A -> B 1"))) == 0
    row = only("balance Z 2024-01-01 5.00 EUR opening\n2024-01-01 A -> B 1")
    assert (row["opening"], row["movements"], row["closing"], row["compared"]) == (500, 0, 500, 0)


@given(
    st.lists(
        st.tuples(st.integers(1, 28), st.sampled_from("ABC"), st.sampled_from("ABC"), st.integers(1, 9)), max_size=12
    ),
    st.integers(-5, 5),
    st.sampled_from([0, 0, 7]),
)
def test_it_equals_adding_up_by_hand(moves: list[tuple[int, str, str, int]], opening: int, off: int) -> None:
    moves.sort(key=lambda move: move[0])
    lines = [f"2024-01-{day:02d} {a} -> {b} 0.0{amount} seq={at}" for at, (day, a, b, amount) in enumerate(moves)]
    balance, stated = opening, [f"balance A 2024-01-01 {opening / 100:.2f} EUR opening"]
    for at, (day, a, b, amount) in enumerate(moves, start=1):
        balance += (amount if b == "A" else 0) - (amount if a == "A" else 0)
        if "A" in (a, b):
            stated.append(f"balance A 2024-01-{day:02d} {balance / 100:.2f} EUR after=t{at}")
    stated.append(f"balance A 2024-02-01 {(balance + off) / 100:.2f} EUR closing")
    row = only("\n".join(lines + stated))
    assert (row["opening"], row["closing"], row["difference"]) == (opening, balance + off, off)
    assert row["agree"] == row["compared"] - (off != 0)  # type: ignore[operator]
    assert row["stated"] == len(stated)


def test_the_frame_has_its_columns_even_when_empty() -> None:
    full = integrity(fm.sketch(MOVES))
    assert integrity(fm.sketch("")).schema == full.schema
    assert isinstance(full, pl.DataFrame)


LARGE = "92,233,720,368,547,758.07"


def test_a_running_balance_may_pass_64_bits_on_its_way() -> None:
    row = only(f"""
        balance A 2024-01-01 0.00 EUR opening
        2024-01-02 B -> A {LARGE}
        2024-01-03 B -> A {LARGE}
        2024-01-04 A -> B {LARGE}
        balance A 2024-01-05 {LARGE} EUR closing
    """)
    assert (row["movements"], row["difference"], row["agree"]) == (2**63 - 1, 0, 1)


def test_a_figure_beyond_64_bits_is_an_error_not_another_figure() -> None:
    with pytest.raises(OverflowLimitError, match="account A in EUR"):
        only(f"""
            balance A 2024-01-01 {LARGE} EUR opening
            2024-01-02 B -> A {LARGE}
            balance A 2024-01-05 1.00 EUR closing
        """)
