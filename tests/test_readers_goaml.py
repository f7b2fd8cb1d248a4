"""goAML reports of any dialect become transactions, accounts, parties, rights and things."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from examples import examples
from goaml_reports import ACTIVITY, CASH, HEAD, REPORT
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import FollowmoneyError, InputError, SettingsError

IBAN, SHELL = "DE89370400440532013000", "DE HRB 4711"


def load(tmp_path: Path, text: str | bytes = REPORT, name: str = "report.xml") -> fm.Ledger:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return fm.load(tmp_path)


def test_transactions_have_two_ends_amounts_and_times(tmp_path: Path) -> None:
    rows = load(tmp_path).transactions
    assert rows.select("id", "originator", "beneficiary", "amount", "currency").rows() == [
        ("77/T1", "(cash EUR)", IBAN, 950_000, "EUR"),
        ("77/T2", "12-34", IBAN, 100_000, "USD"),
        ("77/T3", IBAN, "Werft AG (no account number)", 40_000_000, "EUR"),
    ]
    assert rows.select("amount_received", "currency_received").rows()[1] == (90_000, "EUR")
    assert rows["booked_at"].to_list() == [
        datetime(2024, 5, 2, 10, 3, tzinfo=UTC), datetime(2024, 5, 3, 8, tzinfo=UTC), datetime(2024, 5, 5, tzinfo=UTC),
    ]  # fmt: skip
    assert rows.select("channel", "conductor", "place", "reference", "value_date").rows() == [
        ("cash", "document SE X99", "Hamburg", None, None),
        ("wire", None, None, "R2", date(2024, 5, 4)),
        ("wire", None, None, None, None),
    ]


def test_accounts_have_holders_signatories_and_balances(tmp_path: Path) -> None:
    ledger = load(tmp_path)
    accounts = {row["id"]: row for row in ledger.accounts.iter_rows(named=True)}
    assert [accounts[IBAN][c] for c in ("holder", "scheme", "institution", "country", "opened")] == [
        SHELL, "IBAN", "HAFEDEHHXXX", "DE", date(2019, 6, 1),
    ]  # fmt: skip
    assert [accounts["12-34"][c] for c in ("scheme", "institution", "country")] == ["BBAN", "FIRSUS33", "US"]
    assert ledger["roles"].filter(of=IBAN).select("party", "kind").rows() == [(f"holder of {IBAN}", "signatory")]
    assert ledger.balances.select("account", "amount", "kind").rows() == [(IBAN, 120_050, "stated")]


def test_parties_rights_and_addresses_are_said_once(tmp_path: Path) -> None:
    ledger = load(tmp_path)
    parties = {row["id"]: row for row in ledger.parties.iter_rows(named=True)}
    assert (parties[SHELL]["name"], parties[SHELL]["founded"]) == ("Kaiwerft Handels GmbH", date(2019, 5, 6))
    assert (parties["ssn 900-1"]["name"], parties["ssn 900-1"]["kind"]) == ("Otto Kahn", "person")
    assert set(ledger.interests.select("owner", "owned", "kind", "share_min", "share_max", "start").iter_rows()) == {
        ("ssn 900-1", SHELL, "shareholding", 0.625, 0.625, date(2020, 1, 1)),
        (SHELL, "MT C 1", "shareholding", 1.0, 1.0, None),
    }
    directors = ledger["roles"].filter(pl.col("kind").cast(pl.String) == "director")
    assert directors.select("party", "of").rows() == [(f"Ines Roth (A of {SHELL})", SHELL)]
    assert ledger["addresses"].select("party", "city", "postcode").rows() == [(SHELL, "Hamburg", "20457")]


def test_goods_are_assets_with_the_transaction_that_paid(tmp_path: Path) -> None:
    (row,) = load(tmp_path).assets.iter_rows(named=True)
    assert (row["id"], row["kind"], row["value"], row["acquired_by"], row["country"]) == (
        "MT-1", "vessel", 41_000_000, ["77/T3"], "MT",
    )  # fmt: skip
    assert row["holder"] == "Kaiwerft Yachts Ltd (registered owner of MT-1)"


def test_a_thing_without_a_readable_value_is_refused_with_the_transaction_that_paid(tmp_path: Path) -> None:
    ledger = load(tmp_path, REPORT.replace("<estimated_value>410000", "<estimated_value>about 1"))
    assert ledger.refused.select("table", "rule").rows() == [("assets", "value|dtype")]
    cells = json.loads(ledger.refused["values"][0])
    assert (cells["acquired_by"], cells["value"]) == ("77/T3", "about 1")
    assert len(ledger.assets) == 0


def test_codes_nobody_knows_are_told_and_can_be_named(tmp_path: Path) -> None:
    ledger = load(tmp_path)
    assert any("Q7 (3)" in note for note in ledger.notes)
    assert any("countries could not be read" in note and "DEU" in note for note in ledger.notes)
    (tmp_path / "goaml_codes.toml").write_text('[role]\nQ7 = "secretary"\n[channel]\nZ9 = "cheque"\n')
    again = fm.load(tmp_path)
    assert again.transactions["channel"].to_list()[1] == "cheque"
    assert (f"Lea Vogt (Q7 of {SHELL})", "secretary") in again["roles"].select("party", "kind").rows()
    (tmp_path / "goaml_codes.toml").write_text('[role]\nQ7 = "secretery"\n')
    with pytest.raises(SettingsError, match="Did you mean 'secretary'"):
        fm.load(tmp_path)


def test_a_report_without_transactions_names_parties_and_goods(tmp_path: Path) -> None:
    ledger = load(tmp_path, ACTIVITY)
    assert ledger.parties.select("id", "name").rows() == [("id PT-5", "Ana Silva")]
    assert ledger.assets.select("kind", "description").rows() == [("valuable", "V BMW")]


@pytest.mark.parametrize(
    ("was", "now", "rule"),
    [
        ("9500.0000", "9500.001", "amount|decimals"),
        ("9500.0000", "viel", "amount|dtype"),
        ("<amount_local>9500.0000</amount_local>", "", "amount|empty"),
        ("2024-05-02T10:03:00", "2024-13-01", "booked_at|dtype"),
        ("9500.0000", "-1", "amount|min"),
    ],
)
def test_a_transaction_that_cannot_be_read_is_refused(tmp_path: Path, was: str, now: str, rule: str) -> None:
    ledger = load(tmp_path, REPORT.replace(was, now, 1))
    assert len(ledger.transactions) == 2
    assert ledger.refused.select("table", "row", "rule").rows() == [("transactions", 1, rule)]
    assert ledger.sources.select("rows", "taken", "refused").rows() == [(3, 2, 1)]


@pytest.mark.parametrize(
    ("was", "now", "column"),
    [
        ("9500.0000", "1,000.00", "amount"),
        ("9500.0000", "1000.12345", "amount"),
        ("9500.0000", "1e400", "amount"),
        ("2024-05-02T10:03:00", "0000-00-00", "booked_at"),
    ],
)
def test_a_refused_row_keeps_the_cell_that_broke_the_rule(tmp_path: Path, was: str, now: str, column: str) -> None:
    ledger = load(tmp_path, REPORT.replace(was, now, 1))
    values = json.loads(ledger.refused["values"][0])
    assert values[column] == now
    assert values["amount"] == (now if column == "amount" else "9500.0000")
    assert not any("left empty" in note and now in note for note in ledger.notes)


def test_without_a_currency_the_amount_is_kept(tmp_path: Path) -> None:
    ledger = load(tmp_path, f"{HEAD}{CASH}</report>".replace("<currency_code_local>EUR</currency_code_local>", ""))
    refused = ledger.refused.filter(table="transactions")
    assert refused["rule"].to_list() == ["currency|empty"]
    assert json.loads(refused["values"][0])["amount"] == "9500.0000"


def test_parties_whose_sides_are_not_known_refuse_the_transaction_and_are_named(tmp_path: Path) -> None:
    ledger = load(tmp_path, REPORT.replace("<role>SELLER</role>", "<role>S</role>"))
    assert ledger.refused["rule"].to_list() == ["involved_parties|who paid whom"]
    assert any("section [side]" in note for note in ledger.notes)


def test_a_report_sent_twice_counts_once(tmp_path: Path) -> None:
    load(tmp_path)
    ledger = load(tmp_path, REPORT, "again.xml")
    assert len(ledger.transactions) == 3
    assert ledger.refused["rule"].to_list() == ["id|unique"] * 3


def test_a_namespace_and_other_order_of_elements_make_no_difference(tmp_path: Path) -> None:
    text = REPORT.replace("<report>", '<report xmlns="urn:somebody">').replace("<t_from>", "<unknown/><t_from>")
    assert load(tmp_path, text).transactions.drop("source").equals(load(tmp_path).transactions.drop("source"))


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    text = REPORT.replace("<report>", '<!DOCTYPE report [<!ENTITY x "y">]><report>', 1)
    with pytest.raises(InputError):
        load(tmp_path, text)


@examples(30)
@given(
    cut=st.integers(0, len(REPORT)),
    flips=st.lists(st.tuples(st.integers(0, len(REPORT)), st.binary(min_size=1, max_size=3)), max_size=6),
    values=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<&"), max_size=20), max_size=4),
)
def test_damaged_reports_give_rows_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flips: list[tuple[int, bytes]], values: list[str]
) -> None:
    text = HEAD + CASH * 2 + "</report>"
    for at, value in enumerate(values):
        text = text.replace(("9500.0000", "2024-05-02T10:03:00", "62.5", "1200.50")[at], value)
    data = bytearray(text.encode()[: cut if cut % 3 == 0 else None])
    for at, new in flips:
        data[at : at + len(new)] = new
    try:
        ledger = load(tmp_path_factory.mktemp("damaged"), bytes(data))
    except FollowmoneyError:
        return
    assert all(ledger.sources["rows"] == ledger.sources["taken"] + ledger.sources["refused"])
