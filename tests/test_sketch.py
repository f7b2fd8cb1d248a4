"""A sketch says what it shows, and an error names its line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import InputError


def reads_or_names_a_line(text: str) -> None:
    said = "Sketch, line "
    try:
        fm.sketch(text)
    except InputError as error:
        said = str(error)
    assert said.startswith("Sketch, line ")


def only(ledger: fm.Ledger, name: str) -> dict[str, object]:
    (row,) = ledger[name].iter_rows(named=True)
    return row


def test_a_transaction_reads_as_it_is_written() -> None:
    row = only(
        fm.sketch('2024-03-04T10:05 A -> B 9,500.00 USD wire #x "a purpose" seq=3 = 8,000.00 GBP'), "transactions"
    )
    assert row["id"] == "x"
    assert row["booked_at"] == datetime(2024, 3, 4, 10, 5, tzinfo=UTC)
    assert (row["originator"], row["beneficiary"]) == ("A", "B")
    assert (row["amount"], row["currency"]) == (950_000, "USD")
    assert (row["amount_received"], row["currency_received"]) == (800_000, "GBP")
    assert (row["channel"], row["purpose"], row["sequence"]) == ("wire", "a purpose", 3)
    assert (row["source"], row["row"]) == ("sketch", 1)


def test_words_after_the_amount_stand_in_any_order() -> None:
    one = fm.sketch('2024-03-04 A -> B 5 #x cash EUR "p" reverses=t1')
    other = fm.sketch('2024-03-04 A -> B 5 reverses=t1 "p" cash #x EUR')
    assert one.transactions.equals(other.transactions)


def test_defaults_are_euro_and_a_name_by_line() -> None:
    ledger = fm.sketch("# first\n2024-03-04 A -> B 5\n\n2024-03-05 B -> A 6 -- comment")
    assert ledger.transactions["id"].to_list() == ["t1", "t2"]
    assert ledger.transactions["currency"].to_list() == ["EUR", "EUR"]
    assert ledger.transactions["row"].to_list() == [2, 4]


def test_cash_and_unknown_ends_are_outside() -> None:
    ledger = fm.sketch("2024-03-04 cash -> A 10\n2024-03-05 A -> ? 10 USD\n2024-03-06 A -> cash 1")
    rows = ledger.transactions
    assert rows["originator"].to_list() == ["(cash EUR)", "A", "A"]
    assert rows["beneficiary"].to_list() == ["A", "(unknown USD)", "(cash EUR)"]
    assert rows["channel"].to_list() == ["cash", None, "cash"]
    assert dict(ledger.accounts.select("id", "scheme").iter_rows()) == {
        "(cash EUR)": "cash", "A": None, "(unknown USD)": "unknown",
    }  # fmt: skip


def test_other_tables_have_their_lines() -> None:
    ledger = fm.sketch("""
        party P1 person "Ana Example" ES founded=1970-01-02
        party C1 company "Costa Norte S.L."
        account A holder=P1 IBAN ES EUR opened=2020-05-06
        account "B 1" holder=C1
        balance A 2024-01-01 -500.00 EUR opening
        owns P1 C1 25-50% votingRights indirect start=2021-01-01
        asset V1 real_estate "Villa" holder=C1 400,000.00 USD by=t9,t10 ES
        role P1 C1 director
        address P1 "Calle Mayor 1" city=Madrid ES
        trade T1 C1 -> P1 0805 12.5 t 9,000.00 USD document="INV 7" origin=ES shipped_at=2024-01-09 transaction=t1
        statement A 2024-01-01 2024-03-31 opening=-500.00 closing=20.00 USD
        2024-01-02 A -> "B 1" 1.00
    """)
    assert ledger.parties["name"].to_list() == ["Ana Example", "Costa Norte S.L."]
    assert ledger.parties["founded"].to_list() == [date(1970, 1, 2), None]
    assert ledger.accounts.rows_by_key("id", named=True, unique=True)["A"]["opened"] == date(2020, 5, 6)
    assert ledger.accounts.filter(ledger.accounts["id"] == "B 1")["holder"].to_list() == ["C1"]
    assert only(ledger, "balances")["amount"] == -50_000
    owns = only(ledger, "interests")
    assert (owns["share_min"], owns["share_max"], owns["kind"], owns["direct"]) == (0.25, 0.5, "votingRights", False)
    asset = only(ledger, "assets")
    assert (asset["value"], asset["currency"], asset["acquired_by"]) == (40_000_000, "USD", ["t9", "t10"])
    assert only(ledger, "roles")["kind"] == "director"
    assert only(ledger, "addresses")["street"] == "Calle Mayor 1"
    trade = only(ledger, "trades")
    assert (trade["seller"], trade["quantity"], trade["unit"], trade["value"]) == ("C1", 12.5, "t", 900_000)
    assert (trade["document"], trade["shipped_at"], trade["transaction"]) == ("INV 7", date(2024, 1, 9), "t1")
    assert only(ledger, "statements")["closing"] == 2_000


def test_a_range_of_names_says_it_of_each() -> None:
    ledger = fm.sketch('party K9..K11 company\naddress K9..K11 "Dock 1" CY')
    assert ledger.parties["id"].to_list() == ["K9", "K10", "K11"]
    assert ledger["addresses"]["party"].to_list() == ["K9", "K10", "K11"]


def test_an_empty_sketch_is_an_empty_ledger() -> None:
    ledger = fm.sketch("")
    assert len(ledger.transactions) == 0
    assert len(ledger.summary()) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-03-04 A B 5", "expected '->'"),
        ("2024-03-04 A -> B", "the line ends where the amount"),
        ("2024-03-04 A -> B 5,0.00", "not an amount"),
        ("2024-03-04 A -> B NaN", "not an amount"),
        ("2024-03-04 A -> B 0.00", "above zero"),
        ("2024-03-04 A -> B 5 cahs", "Did you mean 'cash'?"),
        ("2024-03-04 A -> B 5 sq=1", "Did you mean 'seq'?"),
        ("2024-03-04 A -> B 5 = 3", "= 8,000.00 GBP"),
        ("2024-03-04 A -> B 5 = 0.00 USD", "amount_received|min"),
        ("2024-03-04 A -> B 5.001", "more decimals than EUR"),
        ("2024-03-04 A -> B 99999999999999999999", "64 bits"),
        ("2024-03-04 cash -> ? 5", "one end at least"),
        ("2024-13-04 A -> B 5", "not a date"),
        ("pary P1 person", "Did you mean 'party'?"),
        ('party P1 "open', "not closed"),
        ("owns P1 C1 120%", "between 0% and 100%"),
        ("owns P1 C1 sixty%", "not a share"),
        ("role P1 C1 directr", "Did you mean 'director'?"),
        ("asset V1", "an asset has a kind"),
        ("party K9..K8 company", "run upwards"),
        ("party K1..K1001 company", "1,000 names at most"),
        ("account A colour=red", "Unknown column 'colour'"),
        ("balance A 2024-01-01 5 EUR openin", "Did you mean 'opening'?"),
    ],
)
def test_an_error_names_the_line_and_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        fm.sketch(f"# a comment\n{text}\n")
    assert "line 2" in str(caught.value)
    assert said in str(caught.value)


def test_a_name_used_twice_is_an_error() -> None:
    with pytest.raises(InputError, match="'x' was already named in line 1"):
        fm.sketch("2024-03-04 A -> B 5 #x\n2024-03-04 A -> B 5 #x")


@given(st.text())
def test_any_text_is_a_ledger_or_one_clear_error(text: str) -> None:
    reads_or_names_a_line(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "2024-03-04",
                "A",
                "->",
                "B",
                "5",
                "EUR",
                "=",
                "6.00",
                "USD",
                "#x",
                '"p"',
                "seq=1",
                "cash",
                "party",
                "P1",
                "owns",
                "5%",
                "--",
                "balance",
            ]
        )
    )
)
def test_any_order_of_known_words_is_a_ledger_or_one_clear_error(words: list[str]) -> None:
    reads_or_names_a_line("2024-03-04 A -> B 5 " + " ".join(words) + "\n" + " ".join(words))
