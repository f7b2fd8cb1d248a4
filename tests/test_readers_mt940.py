"""MT940 and MT942 statements become the ledger a bank clerk would write down."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import FollowmoneyError, InputError
from followmoney.ledger.coverage import coverage
from followmoney.ledger.integrity import integrity
from followmoney.readers import _mt940_library

OWN = "DE89370400440532013000"
TAGS = ["20", "25", "28C", "60F", "61", "62F", "86", "NS", "34F"]
WRAPPED = "{1:F01BANKDEFFAXXX0000000000}{2:I940BANKDEFFXXXXN}{4:\n"
GERMAN = (
    WRAPPED
    + f""":20:STARTUMS
:25:{OWN}EUR
:28C:00012/001
:60F:C240229EUR1000,00
:61:2403040304DR250,00NTRFNONREF//B-1
:86:116?00SEPA-UEBERWEISUNG?109310?20EREF+RE-2024-17?21SVWZ+Rechnung 17 vom Februa?22r
?30MARKDEF1100?31DE02120300000000202051?32Lieferant Beispielhausen Gm?33bH
:61:2403050304CR40,5NMSCNONREF
:86:082?00EINZAHLUNG?20Automat 7
:61:2403040304RDR250,00NTRFNONREF//B-1
:86:159?00RETOURE?20EREF+RE-2024-17?21SVWZ+IBAN falsch?30MARKDEF1100?31DE0212030
0000000202051?32Lieferant Beispielhausen Gm?33bH
:62F:C240304EUR1040,50
:86:Statement text that belongs to no entry
-}}
{{1:F01BANKDEFFAXXX0000000000}}{{2:I940BANKDEFFXXXXN}}{{4:
:20:STARTUMS
:25:{OWN}EUR
:28C:00013/001
:60F:C240304EUR1040,50
:62F:C240305EUR1040,50
-}}
"""
)
DUTCH = """:20:940S
:25:NL91ABNA0417164300EUR
:28C:1/1
:60M:D991230EUR5,
:61:991231C12,N196NONREF
:86:/TRTP/SEPA OVERBOEKING/IBAN/NL20INGB0001234567/BIC/INGBNL2A/NAME/J. Doe/REMI/Huur mei
/EREF/NOTPROVIDED
:61:0001020103C3,N196EREF//R9
NL02ABNA0123456789
:86:no words here
:61:000103D1,N196NONREF
:86:REK: NL65INGB0123456789/NAAM: PICKER
:61:991231C4,N196NONREF
:86:/ORDP//NAME/Payer/BENM//NAME/Own name/CNTP/NL32INGB0000012345/INGBNL2A/Payer BV/ROTTERDAM//REMI/x
:62M:C000103EUR13,
-
"""


def load(tmp_path: Path, text: str | bytes, name: str = "a.sta") -> fm.Ledger:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return fm.load(tmp_path)


def test_entries_counterparties_and_references_of_a_german_statement(tmp_path: Path) -> None:
    ledger = load(tmp_path, GERMAN)
    rows = ledger.transactions
    other = "DE02120300000000202051"
    assert rows.select("originator", "beneficiary", "amount", "channel", "reference", "sequence").rows() == [
        (OWN, other, 25_000, "wire", "RE-2024-17", 1),
        ("(cash EUR)", OWN, 4_050, "cash", None, 2),
        (other, OWN, 25_000, "wire", "RE-2024-17", 3),
    ]
    assert rows["booked_at"].dt.date().unique().to_list() == [date(2024, 3, 4)]
    assert rows["value_date"].to_list() == [date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 4)]
    assert rows["purpose"][0] == "SEPA-UEBERWEISUNG EREF+RE-2024-17 SVWZ+Rechnung 17 vom Februar"
    assert rows["side"].to_list() == ["originator", "beneficiary", "beneficiary"]
    assert rows["row"].to_list() == [6, 9, 11]
    accounts = {row["id"]: row for row in ledger.accounts.iter_rows(named=True)}
    told = [accounts[other][column] for column in ("institution", "country", "scheme")]
    assert told == ["MARKDEF1100", "DE", "IBAN"]
    assert accounts[OWN]["currency"] == "EUR"
    assert ledger.parties.select("id", "name").rows() == [(f"holder of {other}", "Lieferant Beispielhausen GmbH")]


def test_a_reversal_names_what_it_undoes(tmp_path: Path) -> None:
    rows = load(tmp_path, GERMAN).transactions
    assert rows["reverses"].to_list() == [None, None, rows["id"][0]]


def test_balances_and_periods_and_their_integrity(tmp_path: Path) -> None:
    ledger = load(tmp_path, GERMAN)
    assert ledger.balances.select("kind", "amount", "at").rows() == [
        ("opening", 100_000, _at(2024, 3, 1)), ("closing", 104_050, _at(2024, 3, 4)),
        ("opening", 104_050, _at(2024, 3, 5)), ("closing", 104_050, _at(2024, 3, 5)),
    ]  # fmt: skip
    assert ledger["statements"].select("start", "end", "opening", "closing").rows() == [
        (date(2024, 3, 1), date(2024, 3, 4), 100_000, 104_050), (date(2024, 3, 5), date(2024, 3, 5), 104_050, 104_050),
    ]  # fmt: skip
    assert integrity(ledger).select("difference", "compared", "agree").rows() == [(0, 3, 3)]


def _at(year: int, month: int, day: int):
    from datetime import UTC, datetime

    return datetime(year, month, day, tzinfo=UTC)


def test_dutch_narratives_and_the_turn_of_the_century(tmp_path: Path) -> None:
    ledger = load(tmp_path, DUTCH, "a.txt")
    rows = ledger.transactions.sort("row")
    own = "NL91ABNA0417164300"
    assert rows.select("originator", "beneficiary", "amount").rows() == [
        ("NL20INGB0001234567", own, 1_200), ("NL02ABNA0123456789", own, 300),
        (own, "NL65INGB0123456789", 100), ("NL32INGB0000012345", own, 400),
    ]  # fmt: skip
    assert rows["booked_at"].dt.date().to_list()[:2] == [date(1999, 12, 31), date(2000, 1, 3)]
    assert "reference" not in rows.columns or rows["reference"].is_null().all()
    assert rows["purpose"][1] == "no words here"
    assert dict(ledger.parties.select("id", "name").iter_rows())["holder of NL32INGB0000012345"] == "Payer BV"
    assert ledger.balances.select("kind", "amount").rows() == [("opening", -500), ("stated", 1_300)]


def test_somebody_named_without_a_number_has_an_account_called_after_him(tmp_path: Path) -> None:
    text = (
        f":20:A\n:25:{OWN}\n:60F:C240101EUR0,\n:61:240102C1,NTRFNONREF\n:86:166?20x?32Erika Muster\n:62F:C240102EUR1,\n"
    )
    ledger = load(tmp_path, text)
    assert ledger.transactions["originator"].to_list() == ["Erika Muster (no account number)"]
    assert any("1 transactions name the other side without an account number" in note for note in ledger.notes)


def test_the_same_entry_in_overlapping_statements_is_refused_as_said_before(tmp_path: Path) -> None:
    load(tmp_path, GERMAN)
    ledger = load(tmp_path, GERMAN.replace(":28C:00012/001", ":28C:00099/001"), "b.sta")
    assert len(ledger.transactions) == 3
    refused = ledger.refused.filter(ledger.refused["table"] == "transactions")
    assert refused.select("source", "rule").rows() == [("b.sta", "id|unique")] * 3


def test_entries_alike_in_one_statement_are_told_apart(tmp_path: Path) -> None:
    line = ":61:240102D20,NMSCNONREF\n:86:Automat\n"
    text = f":20:A\n:25:{OWN}\n:60F:C240101EUR60,\n{line * 3}:62F:C240102EUR0,\n"
    ledger = load(tmp_path, text)
    assert len(ledger.transactions) == 3
    assert integrity(ledger)["difference"].to_list() == [0]


def test_a_report_of_the_day_gives_way_to_the_statement(tmp_path: Path) -> None:
    entry = ":61:2403040304DR250,00NTRFNONREF//B-1\n:86:Miete\n"
    later = ":61:2403040304CR7,00NTRFNONREF//B-3\n:90D:1EUR250,\n"
    load(tmp_path, f":20:B\n:25:{OWN}\n:28C:1\n:34F:EUR0,\n:13D:2403041200+0100\n{entry}{later}", "day.sta")
    ledger = load(tmp_path, f":20:A\n:25:{OWN}\n:60F:C240303EUR500,\n{entry}:62F:C240304EUR250,\n", "month.sta")
    assert ledger.transactions.select("amount", "source").rows() == [(25_000, "month.sta"), (700, "day.sta")]
    assert ledger.refused.select("source", "rule").rows() == [("day.sta", "id|unique")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("nonsense", "line|61"),
        ("2402310304C1,00NTRFNONREF", "booked_at|dtype"),
        ("2413010304C1,00NTRFNONREF", "booked_at|dtype"),
        ("240304C1,234NTRFNONREF", "amount|decimals"),
        ("240304C1,2,3NTRFNONREF", "amount|dtype"),
        ("240304C0,00NTRFNONREF", "amount|min"),
        ("240304C1.000,00NTRFNONREF", "line|61"),
        ("240304C1'000,00NTRFNONREF", "line|61"),
        ("240304C1 000,00NTRFNONREF", "line|61"),
        ("240304C1,000.00NTRFNONREF", "line|61"),
        ("240304C1\n000,00NTRFNONREF", "line|61"),
        ("240304C1234567890123456,00NTRFNONREF", "line|61"),
        ("240304C1,000NTRFNONREF", "amount|decimals"),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, line: str, rule: str) -> None:
    text = f":20:A\n:25:{OWN}\n:60F:C240301EUR0,\n:61:{line}\n:86:x\n:61:240304C2,NTRFNONREF\n:62F:C240304EUR2,\n"
    ledger = load(tmp_path, text)
    assert ledger.transactions["amount"].to_list() == [200]
    assert ledger.refused.select("row", "rule").rows() == [(4, rule)]
    assert ledger.sources.select("rows", "taken", "refused").rows() == [(2, 1, 1)]


@pytest.mark.parametrize(("currency", "text", "amount"), [("JPY", "1000,00", [1000]), ("BHD", "1,000", [1000])])
def test_decimals_that_cannot_be_thousands_are_taken(
    tmp_path: Path, currency: str, text: str, amount: list[int]
) -> None:
    ledger = load(tmp_path, f":20:A\n:25:{OWN}\n:60F:C240301{currency}0,\n:61:240304C{text}NTRFX\n")
    assert ledger.transactions["amount"].to_list() == amount


def test_an_amount_without_its_comma_is_read_as_whole_units_and_said(tmp_path: Path) -> None:
    ledger = load(tmp_path, f":20:A\n:25:{OWN}\n:60F:C240301EUR0,\n:61:240304C500NTRFX\n:62F:C240304EUR500,\n")
    assert ledger.transactions["amount"].to_list() == [50_000]
    assert any("1 entries have an amount without its decimal comma" in note for note in ledger.notes)


@pytest.mark.parametrize(("text", "amount"), [("1.000,00", None), ("1,000", None), ("0000000000001234,56", 123_456)])
def test_a_balance_is_read_whole_or_refused(tmp_path: Path, text: str, amount: int | None) -> None:
    ledger = load(tmp_path, f":20:A\n:25:{OWN}\n:60F:C240301EUR{text}\n:61:240304C2,NTRFX\n:62F:C240304EUR2,\n")
    assert ledger["statements"]["opening"].to_list() == [amount]


@pytest.mark.parametrize("entries", [":61:2403010301C10,00NTRFNONREF//B1\n:61:24030\n", ""])
def test_a_statement_cut_off_before_its_closing_balance_is_one_that_cannot_be_told(
    tmp_path: Path, entries: str
) -> None:
    ledger = load(tmp_path, f":20:X\n:25:{OWN}\n:28C:1/1\n:60F:C240301EUR100,00\n{entries}")
    day = date(2024, 3, 1)
    told = ledger["statements"].select("start", "end", "opening", "closing", "movements").rows()
    assert told == [(day, day, 10_000, None, 1_000 if entries else 0)]
    assert "it does not state what it closes with" in coverage(ledger)["finding"][0]


@pytest.mark.parametrize("unreadable", ["", ":60F:C24x\n:62F:D\n"])
@pytest.mark.parametrize("currency", ["EUR", ""])
def test_a_statement_without_any_balance_is_one_that_cannot_be_told(
    tmp_path: Path, currency: str, unreadable: str
) -> None:
    entries = "".join(f":61:240{day}DR{amount},00NTRFNONREF//B-{day}\n" for day, amount in ((304, 50), (306, 200)))
    entries += ":61:240399D1,NTRFNONREF\n"
    ledger = load(tmp_path, f":20:A\n:25:{OWN}{currency}\n:28C:1\n{unreadable}{entries}")
    (row,) = coverage(ledger).iter_rows(named=True)
    assert (row["account"], row["start"], row["end"]) == (OWN, date(2024, 3, 4), date(2024, 3, 6))
    assert (row["opening"], row["closing"], row["difference"]) == (None, None, None)
    assert (row["currency"], row["movements"]) == (("EUR", -25_000) if currency else (None, None))
    assert row["finding"].startswith("whether it adds up cannot be told: it states no balances; ")
    assert f"{1 if currency else 3} row" in row["finding"]


def test_a_last_page_cut_off_leaves_the_whole_statement_without_its_closing_balance(tmp_path: Path) -> None:
    first = f":20:X\n:25:{OWN}\n:28C:1/1\n:60F:C240301EUR100,00\n:61:240301C1,00NTRFX\n:62M:C240301EUR101,00\n"
    last = f":20:X\n:25:{OWN}\n:28C:1/2\n:60M:C240301EUR101,00\n:61:240302C2,00NTRFY\n"
    told = load(tmp_path, first + last)["statements"].select("opening", "closing", "movements", "end").rows()
    assert told == [(10_000, None, 300, date(2024, 3, 2))]


def test_a_statement_that_does_not_add_up_is_said(tmp_path: Path) -> None:
    said = " ".join(load(tmp_path, GERMAN).notes)
    assert "entries are missing" not in said
    assert "decimal comma" not in said
    ledger = load(tmp_path, GERMAN.replace(":62F:C240304EUR1040,50", ":62F:C240304EUR999,00"))
    assert (
        f"a.sta: statement 00012/001 of {OWN}: opening balance and booked entries give EUR 1,040.50, the closing "
        "balance is EUR 999.00: entries are missing, or too many." in ledger.notes
    )


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_read_by_its_mark_and_said(tmp_path: Path, code: str) -> None:
    ledger = load(tmp_path, ("\ufeff" + GERMAN.replace("Automat", "Übersee")).encode(code), "a.txt")
    assert ledger.transactions["purpose"][1] == "EINZAHLUNG Übersee 7"
    assert any("is UTF-16" in note for note in ledger.notes)


def test_a_time_cut_by_a_line_break_is_no_field(tmp_path: Path) -> None:
    details = ":86:106?20/PL 04-03-2024T16\n:20:37 Fo?21lgenr. 7\n"
    text = f":20:A\n:25:{OWN}\n:60F:C240301EUR9,\n:61:240304D1,NMSCNONREF\n{details}:62F:C240304EUR8,\n"
    (row,) = load(tmp_path, text).transactions.iter_rows(named=True)
    assert (row["channel"], row["purpose"]) == ("card", "/PL 04-03-2024T16:20:37 Fo lgenr. 7")


def test_a_file_in_an_old_code_page_is_read_and_said(tmp_path: Path) -> None:
    text = GERMAN.replace("Automat 7", "Geschäft Übersee")
    assert any("read as cp1252" in note for note in load(tmp_path, text.encode("cp1252")).notes)
    ledger = load(tmp_path, text.encode("cp852"))
    assert any("read as cp852" in note for note in ledger.notes)
    assert ledger.transactions["purpose"][1].endswith("Geschäft Übersee")


def test_the_extra_is_named_where_the_library_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for cached in (_mt940_library._library, _mt940_library._collection):
        cached.cache_clear()
    monkeypatch.setitem(sys.modules, "mt940", None)
    with pytest.raises(InputError, match=r"pip install followmoney\[bank\]"):
        load(tmp_path, GERMAN)


@examples(40)
@given(
    cut=st.integers(0, len(GERMAN)),
    flips=st.lists(st.tuples(st.integers(0, len(GERMAN)), st.binary(min_size=1, max_size=3)), max_size=12),
    text=st.sampled_from([GERMAN, DUTCH]),
)
def test_damaged_files_give_rows_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flips: list[tuple[int, bytes]], text: str
) -> None:
    data = bytearray(text.encode()[:cut] if cut % 2 else text.encode())
    for at, new in flips:
        data[at : at + len(new)] = new
    try:
        ledger = load(tmp_path_factory.mktemp("damaged"), bytes(data))
    except FollowmoneyError:
        return
    assert all(ledger.sources["rows"] == ledger.sources["taken"] + ledger.sources["refused"])


@examples(40)
@given(st.lists(st.tuples(st.sampled_from(TAGS), st.text(max_size=30)), max_size=12))
def test_random_fields_give_rows_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, fields: list[tuple[str, str]]
) -> None:
    text = "".join(f":{tag}:{value}\n" for tag, value in fields)
    with suppress(FollowmoneyError):
        load(tmp_path_factory.mktemp("random"), text.encode("utf-8", "replace"))
