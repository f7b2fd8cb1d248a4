"""The report in French and Italian: every text has its translation, and names and figures are never touched."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import extracted
import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.languages import ENGLISH, LANGUAGES, columns, count, listed, retell, say, speaking, spoken
from followmoney.languages._catalogue import read
from followmoney.languages._known import REPORT
from followmoney.languages._mo import translations
from followmoney.languages._po import Entry, entries

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
LOCALE = Path(fm.__file__).parent / "locale"


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


def texts(language: str, catalogue: str) -> dict[tuple[str, str | None], list[str]]:
    return {(entry.one, entry.more): entry.told for entry in read(language, catalogue) if entry.one}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_report_is_translated(language: str) -> None:
    wanted, there = extracted.said() | extracted.codes(), texts(language, REPORT)
    assert wanted - set(there) == set(), "write these into report.po"
    assert set(there) - wanted == set(), "nobody says these any more: take them out of report.po"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("catalogue", [REPORT])
def test_a_translation_has_the_gaps_of_its_text_and_a_form_for_each_number(language: str, catalogue: str) -> None:
    for (one, more), told in texts(language, catalogue).items():
        assert len(told) == (1 if more is None else 2), one
        assert all(told), one
        assert all(gaps(text) == gaps(one) == gaps(more or one) for text in told), one


@pytest.mark.parametrize("catalogue", [REPORT])
def test_french_and_italian_have_the_same_texts_in_the_same_order(catalogue: str) -> None:
    first, second = ([(e.one, e.more) for e in read(language, catalogue)] for language in OTHERS)
    assert first == second
    assert len(first) == len(set(first))


def test_a_text_is_said_in_the_language_of_its_block_and_in_english_outside() -> None:
    with speaking("fr"):
        assert say("Account") == "Compte"
        assert columns("Amount>", "Booked (UTC)|", ">") == ["Montant>", "Comptabilisé (UTC)|", ">"]
        with speaking("it"):
            assert say("{percent} %, followmoney default", percent=1200) == "1,200 %, valore predefinito di followmoney"
        assert spoken() == "fr"
    assert say("Account") == "Account"


@pytest.mark.parametrize(
    ("language", "none", "one", "many"),
    [
        ("en", "0 accounts", "1 account", "1,200 accounts"),
        ("fr", "0 compte", "1 compte", "1,200 comptes"),
        ("it", "0 conti", "1 conto", "1,200 conti"),
    ],
)
def test_each_language_has_its_own_plural(language: str, none: str, one: str, many: str) -> None:
    with speaking(language):
        assert [count(n, "{n} account", "{n} accounts") for n in (0, 1, 1200)] == [none, one, many]


def test_names_are_listed_as_people_do() -> None:
    assert [listed(["A", "B", "C"][:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]
    with speaking("it"):
        assert listed(["A", "B", "C"]) == "A, B e C"


def test_a_language_is_that_of_one_thread_and_gone_after_an_error() -> None:
    heard: list[str] = []

    def another() -> None:
        with speaking("fr"):
            thread = threading.Thread(target=lambda: heard.append(say("Account")))
            thread.start()
            thread.join()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        another()
    assert heard == ["Account"]
    assert spoken() == ENGLISH


def test_an_unknown_language_names_the_nearest(harbour: fm.Ledger, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="language of a report"):
        fm.report(fm.Case("X", source=harbour), tmp_path / "x", language="fra")
    assert not (tmp_path / "x").exists()


def test_values_are_filled_in_as_they_are() -> None:
    with speaking("fr"):
        assert say("on {day}", day="{percent} Account") == "au {percent} Account"


@pytest.mark.parametrize("line", ["msgid Account", 'msgctxt "x"', 'nothing "here"'])
def test_a_broken_catalogue_names_its_line(line: str) -> None:
    with pytest.raises(ValueError, match="line 3"):
        entries(f'# ours\n\n{line}\nmsgstr "x"\n')


def test_a_catalogue_is_read_as_gettext_reads_it() -> None:
    found = entries(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a "\n"b"\nmsgstr "é \\"x\\"\\n"\n'
    )
    assert found[1:] == [Entry("a b", None, ['é "x"\n'])]
    assert translations(found).gettext("a b") == 'é "x"\n'


def test_the_page_is_in_the_language_asked_for_and_says_so(tmp_path: Path) -> None:
    pages = {
        language: fm.report(fm.Case("Port & Fils"), tmp_path / language, language=language).read_text(encoding="utf-8")
        for language in LANGUAGES
    }
    assert {f'<html lang="{language}">' in page for language, page in pages.items()} == {True}
    assert all("Port &amp; Fils" in page for page in pages.values())
    assert "Annexe A" in pages["fr"]
    assert "Allegato A" in pages["it"]
    assert "Schedule A" not in pages["fr"] + pages["it"]


def test_the_settings_choose_a_language_unless_the_call_does(tmp_path: Path) -> None:
    settings = fm.Settings.layered({"report.language": "it"})
    case = fm.Case("X")
    assert 'lang="it"' in fm.report(case, tmp_path / "a", settings).read_text(encoding="utf-8")
    assert 'lang="fr"' in fm.report(case, tmp_path / "b", settings, language="fr").read_text(encoding="utf-8")


def test_settings_refuse_a_language_there_is_not() -> None:
    with pytest.raises(SettingsError, match="language"):
        fm.Settings.layered({"report.language": "de"})


def test_long_texts_that_are_none_of_ours_stay_as_they_are() -> None:
    with speaking("fr"):
        for text in ("Cash. " * 300 + "y", "cash and " * 300 + "y", "x. " * 300 + "y"):
            assert retell(text) == text
