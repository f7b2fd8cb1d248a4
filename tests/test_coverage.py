"""What the statements received cover: days missing, days twice, and whether each explains its own balances."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import followmoney as fm
from followmoney.errors import OverflowLimitError
from followmoney.ledger.coverage import NO_BALANCES, coverage

MOVES = """
    account A currency=EUR
    2024-01-10 X -> A 50.00
    2024-01-31T23:59 A -> X 20.00
    2024-02-01 X -> A 5.00
"""


def findings(text: str) -> list[str]:
    return coverage(fm.sketch(MOVES + text))["finding"].to_list()


def test_statements_that_follow_each_other_say_nothing() -> None:
    found = coverage(
        fm.sketch(
            MOVES
            + """
        statement A 2024-01-01 2024-01-31 opening=100.00 closing=130.00
        statement A 2024-02-01 2024-02-29 opening=130.00 closing=135.00
    """
        )
    )
    assert found.select("movements", "difference", "missing_days", "shared_days", "carried", "finding").rows() == [
        (3_000, 0, 0, 0, None, ""), (500, 0, 0, 0, 0, ""),
    ]  # fmt: skip


def test_a_missing_row_and_a_balance_not_carried_over_are_found() -> None:
    first, second = findings("""
        statement A 2024-01-01 2024-01-31 opening=100.00 closing=131.00
        statement A 2024-02-01 2024-02-29 opening=130.00 closing=135.00
    """)
    assert first == "its movements do not lead from its opening to its closing balance"
    assert second == "it does not open with what the statement before closed with"


CAMT = """<Document><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><IBAN>DE1</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2024-01-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2024-01-31</Dt></Dt></Bal>
{entries}</Stmt></BkToCstmrStmt></Document>"""
ENTRY = '<Ntry><Amt Ccy="EUR">{0}</Amt><CdtDbtInd>{1}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{2}</Dt></BookgDt></Ntry>'


def covered(folder: Path, *entries: tuple[str, str, str]) -> dict[str, object]:
    """The statement of a file with these entries (amount, direction, day)."""
    (folder / "a.xml").write_text(CAMT.format(entries="".join(ENTRY.format(*entry) for entry in entries)))
    return coverage(fm.load(folder)).row(0, named=True)


def test_refused_rows_of_a_statement_are_named_beside_its_difference(tmp_path: Path) -> None:
    days = ("3.00", "CRDT", "2024-01-03"), ("5.00", "?", "2024-01-04"), ("1.234", "CRDT", "2024-01-05")
    found = covered(tmp_path, *days)
    assert (found["movements"], found["difference"]) == (300, 500)
    assert str(found["finding"]).endswith("closing balance; 2 rows of it were refused, EUR 5.00 where readable")


def test_an_odd_day_of_booking_does_not_stretch_a_statement(tmp_path: Path) -> None:
    days = ("3.00", "CRDT", "2004-01-03"), ("2.00", "CRDT", "2024-01-04"), ("3.00", "CRDT", "2024-01-05")
    found = covered(tmp_path, *days)
    assert (found["start"], found["end"]) == (date(2024, 1, 4), date(2024, 1, 31))
    assert found["difference"] == 0


def test_where_most_days_lie_outside_the_balances_all_of_them_tell(tmp_path: Path) -> None:
    found = covered(tmp_path, ("3.00", "CRDT", "2023-12-03"), ("5.00", "CRDT", "2023-12-04"))
    assert (found["start"], found["end"]) == (date(2023, 12, 3), date(2024, 1, 31))


def test_days_on_no_statement_and_days_on_two_are_counted() -> None:
    assert findings("""
        statement A 2024-01-01 2024-01-31
        statement A 2024-02-03 2024-02-10
        statement A 2024-02-09 2024-02-29
    """) == [
        NO_BALANCES,
        f"{NO_BALANCES}; 2 days before it are on no statement",
        f"{NO_BALANCES}; 2 of its days are also on a statement before",
    ]


def test_a_statement_inside_another_is_shared_whole_and_leaves_no_gap() -> None:
    found = coverage(
        fm.sketch(
            MOVES
            + """
        statement A 2024-01-01 2024-01-31
        statement A 2024-01-05 2024-01-06
        statement A 2024-02-01 2024-02-02
    """
        )
    )
    assert found.select("missing_days", "shared_days").rows() == [(0, 0), (0, 2), (0, 0)]


def test_two_statements_of_one_day_are_not_said_to_be_wrong() -> None:
    pages = """
        2024-01-05 A -> B 25.00
        2024-01-05 A -> B 10.00
        statement A 2024-01-05 2024-01-05 opening=100.00 closing=75.00
        statement A 2024-01-05 2024-01-05 opening=75.00 closing=65.00
    """
    found = coverage(fm.sketch(pages))
    assert found["difference"].to_list() == [None, None]
    assert all("cannot be told" in finding for finding in found["finding"])


def test_a_statement_received_twice_is_one_row() -> None:
    twice = "statement A 2024-01-01 2024-01-31 opening=100.00 closing=130.00\n" * 2
    found = coverage(fm.sketch(MOVES + twice))
    assert found.select("copies", "finding").rows() == [(2, "received 2 times")]


def test_without_statements_there_is_nothing_to_say() -> None:
    assert coverage(fm.sketch(MOVES)).is_empty()


def test_a_balance_that_is_not_stated_is_said() -> None:
    assert findings("statement A 2024-01-01 2024-01-31 opening=100.00") == [
        "whether it adds up cannot be told: it does not state what it closes with"
    ]


def test_a_figure_too_large_is_an_error() -> None:
    most = "92,233,720,368,547,758.00"
    with pytest.raises(OverflowLimitError, match="of account A in EUR do not fit"):
        findings(f"statement A 2024-01-01 2024-01-31 opening=-{most} closing={most}")
