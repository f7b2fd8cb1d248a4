"""What readers say of files, and coverage of statements, is retold in French and Italian."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from iso_samples import balance, detail, document, entry, statement
from test_readers_banks import CASES
from test_readers_mt940 import DUTCH, GERMAN
from test_readers_unread import BAD, MANY

import followmoney as fm
from followmoney.languages import ENGLISH, LANGUAGES
from followmoney.languages._templates import book
from followmoney.ledger.coverage import coverage
from followmoney.readers._xml import fault

OTHERS = [language for language in LANGUAGES if language != ENGLISH]


def figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d.,-]*\d|\d", text))


def statements() -> dict[str, bytes]:
    """Files that give readers much to say."""
    ends = balance("OPBD", "10.00", "2024-03-01"), balance("CLBD", "15.00", "2024-03-31")
    some = (
        entry("5.00", "CRDT", ref="A"), entry("7.00", "CRDT", ref="B", currency="USD"), entry("1.x"),
        entry("9.00", status="<Sts><Cd>INFO</Cd></Sts>"), entry("8.00", more="<RvslInd>true</RvslInd>"),
        entry("3.00", "CRDT", detail("Ann", amount="1.00"), detail("Bo", amount="1.00")),
    )  # fmt: skip
    paged = "<StmtPgntn><PgNb>3</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"
    totals = "<NbOfNtries>9</NbOfNtries></TtlNtries><TtlCdtNtries><Sum>3</Sum></TtlCdtNtries></TxsSummry>"
    totals = f"<TxsSummry><TtlNtries>{totals}"
    bare = ":20:A\n:25:DE02120300000000202051EUR\n:28C:1\n:61:240304D1,NX\n:61:230230D1,NX\n:61:240304D5NX\n:61:24x\n"
    return {
        "a.xml": document(
            statement(ends[0], *some, *ends[1:], balance("CLAV", "1", "2024-03-31"), head=totals)
        ).encode(),
        "b.xml": document(statement(ends[0], entry("2.00"), name="P1", head=paged)).encode(),
        "a.sta": GERMAN.replace("EUR1040,50", "EUR1041,50").encode(),
        "b.sta": DUTCH.encode(),
        "c.sta": bare.encode(),
        **{f"{name}.csv": CASES[name][0].encode() for name in ("ing_nl", "vr_bank")},
    }


@pytest.mark.parametrize("language", OTHERS)
def test_what_readers_assumed_and_what_statements_do_not_explain_is_retold(tmp_path: Path, language: str) -> None:
    damaged = {name: content for name, (content, _) in BAD.items()} | {"cut.xml": MANY[:-11], "deep.xml": b"<a>" * 300}
    for name, content in (statements() | damaged | {"old, and new.pdf": b"x", "readme.txt": b"x"}).items():
        (tmp_path / name).write_bytes(content)
    ledger = fm.load(tmp_path)
    said = [*ledger.notes, *(one for found in coverage(ledger)["finding"] for one in found.split("; ") if one)]
    assert len(said) > 25
    for sentence in said:
        told = book(language).told(sentence)
        assert told is not None, sentence
        assert figures(told) == figures(sentence)
    (unread,) = (note for note in said if note.startswith("Not read"))
    told = book(language).told(unread) or ""
    assert ("vide" if language == "fr" else "vuoto") in told
    assert "(is " not in told
    assert " old, and new.pdf, readme.txt (format" in told


@pytest.mark.parametrize("language", OTHERS)
def test_why_a_file_is_not_whole_is_retold_where_the_words_are_ours(language: str) -> None:
    reasons = fault(b"<a>" * 300 + b"</a>" * 300), fault(b"<a><" + b"x" * 60_000 + b"/></a>"), "it breaks off"
    for reason in reasons:
        note = f"Not read: a.xml (damaged: {reason})."
        assert reason not in (book(language).told(note) or reason)


def test_a_gap_in_statements_is_told_in_the_language_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.sta").write_text(GERMAN.replace("EUR1040,50", "EUR1041,50"))
    case = fm.Case("X", source=fm.load(tmp_path))
    pages = {name: fm.report(case, tmp_path / name, language=name).read_text(encoding="utf-8") for name in LANGUAGES}
    assert "its movements do not lead from" in pages["en"]
    assert "its movements do not lead from" not in pages["fr"] + pages["it"]
    assert "ses mouvements ne mènent pas de son solde" in pages["fr"].replace("&#39;", "'")
