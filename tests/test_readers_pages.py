"""A statement that a bank sends in pages, also in several files, is one statement that adds up."""

from __future__ import annotations

from pathlib import Path

from iso_samples import OWN, balance, document, entry, statement

import followmoney as fm
from followmoney.ledger.coverage import coverage

PERIOD = "<FrToDt><FrDtTm>2024-03-01T00:00:00</FrDtTm><ToDtTm>2024-03-31T23:59:59</ToDtTm></FrToDt>"
TOTALS = "<TxsSummry><TtlNtries><NbOfNtries>{}</NbOfNtries></TtlNtries></TxsSummry>"


def page(number: int, *inside: str, last: bool = False, entries: int = 3) -> str:
    said = f"<StmtPgntn><PgNb>{number}</PgNb><LastPgInd>{str(last).lower()}</LastPgInd></StmtPgntn>"
    return document(statement(TOTALS.format(entries), *inside, name="S7", head=said + PERIOD))


ONE = page(1, balance("OPBD", "10.00", "2024-03-01"), entry("1.00", day="2024-03-04"), entry("2.00", day="2024-03-05"))
TWO = page(2, balance("CLBD", "14.00", "2024-03-31"), entry("1.00", day="2024-03-05"), last=True)


def load(folder: Path, **files: str) -> fm.Ledger:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return fm.load(folder)


def statements(ledger: fm.Ledger) -> list[tuple[object, ...]]:
    return ledger["statements"].select("source", "start", "end", "opening", "closing").rows()


def test_the_pages_of_a_statement_are_one_statement_whatever_their_files_are_called(tmp_path: Path) -> None:
    ledger = load(tmp_path, a_xml=TWO, b_xml=ONE)
    (found,) = statements(ledger)
    assert (found[0], found[3:]) == ("b.xml", (1_000, 1_400))
    assert coverage(ledger)["finding"].to_list() == [""]
    assert not [note for note in ledger.notes if "says that" in note or "missing" in note]
    assert ledger.transactions.sort("booked_at", "sequence")["sequence"].to_list() == [1, 1, 2]


def test_entries_alike_on_two_pages_are_two_entries(tmp_path: Path) -> None:
    one = page(1, balance("OPBD", "10.00", "2024-03-01"), entry("1.00", day="2024-03-04"), entries=2)
    two = page(2, balance("CLBD", "12.00", "2024-03-31"), entry("1.00", day="2024-03-04"), last=True, entries=2)
    ledger = load(tmp_path, a_xml=one, b_xml=two)
    assert (len(ledger.transactions), len(ledger.refused)) == (2, 0)
    again = load(tmp_path, a_xml=one, b_xml=two, c_xml=one, d_xml=two)  # every page received twice
    assert (len(again.transactions), len(again.refused)) == (2, 2)
    assert coverage(again)["finding"].to_list() == ["received 2 times"]


def test_a_page_that_is_missing_is_said(tmp_path: Path) -> None:
    three = TWO.replace("<PgNb>2<", "<PgNb>3<")
    ledger = load(tmp_path, a_xml=ONE, b_xml=three.replace("14.00", "15.00"))
    assert any(f"a.xml: statement S7 of {OWN}: page 2 is missing." in note for note in ledger.notes)
    assert coverage(ledger)["difference"].to_list() == [100]
    (tmp_path / "b.xml").unlink()
    assert any("what comes after page 1 is missing" in note for note in fm.load(tmp_path).notes)


def test_totals_that_fit_neither_the_page_nor_the_whole_are_said(tmp_path: Path) -> None:
    ledger = load(tmp_path, a_xml=ONE.replace(">3<", ">9<"), b_xml=TWO)
    assert [note for note in ledger.notes if "says that it has 9 entries, and has 3" in note]
    assert (
        load(tmp_path, a_xml=ONE.replace(">3<", ">2<"), b_xml=TWO.replace(">3<", ">1<")).notes
        == fm.load(tmp_path).notes
    )  # those of the page itself


def test_pages_of_a_message_that_hold_different_statements_stay_apart(tmp_path: Path) -> None:
    def paged(name: str, number: int) -> str:
        text = document(statement(balance("OPBD", "1.00", "2024-03-01"), name=name, head=PERIOD))
        return text.replace("</MsgId>", f"</MsgId><MsgPgntn><PgNb>{number}</PgNb></MsgPgntn>")

    ledger = load(tmp_path, a_xml=paged("S1", 1), b_xml=paged("S2", 2))
    assert len(ledger["statements"]) == 2
    assert not [note for note in ledger.notes if "missing" in note]
    assert len(load(tmp_path, a_xml=paged("S1", 1), b_xml=paged("S1", 2))["statements"]) == 1


def mt940(number: str, opening: str, closing: str, *lines: str) -> str:
    return "\n".join([":20:A", f":25:{OWN}", f":28C:{number}", opening, *lines, closing, "-", ""])


FIRST = mt940("12/1", ":60F:C240304EUR10,", ":62M:C240304EUR11,", ":61:240304C1,NTRFNONREF", ":86:x")
SECOND = mt940("12/2", ":60M:C240304EUR11,", ":62F:C240305EUR14,", ":61:240304C1,NTRFNONREF", ":86:x",
               ":61:240305C2,NTRFNONREF", ":86:y")  # fmt: skip


def test_the_sequences_of_a_statement_in_mt940_are_one_statement(tmp_path: Path) -> None:
    together = load(tmp_path, a_sta=FIRST + SECOND)
    assert [row[3:] for row in statements(together)] == [(1_000, 1_400)]
    apart = load(tmp_path, a_sta=FIRST, b_sta=SECOND)
    assert [row[3:] for row in statements(apart)] == [(1_000, 1_400)]
    assert apart.transactions["id"].to_list() == together.transactions["id"].to_list()
    assert (len(apart.transactions), len(apart.refused)) == (3, 0)
    assert coverage(apart)["finding"].to_list() == [""]


def test_a_sequence_that_is_missing_is_said(tmp_path: Path) -> None:
    ledger = load(tmp_path, a_sta=FIRST + SECOND.replace("12/2", "12/3"))
    assert any("statement 12 of" in note and "page 2 is missing" in note for note in ledger.notes)
    assert any("what comes after page 1" in note for note in load(tmp_path, a_sta=FIRST).notes)
