"""The workbook of schedules: its formulas, computed anew, give the engine's figures, whatever accounts began with."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from drawn_cases import HARBOUR, any_trace, harbour
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import drawn
from recalculated import Book

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.languages import speaking
from followmoney.reports import report
from followmoney.reports._workbook import _fifo, _plan, book
from followmoney.reports._workbook._plan import RULES, plan

CONTROLS, ASSETS, OPENINGS = "Read me & controls", "Accounts now", "Opening balances"
FIGURES = dict(zip(RULES, "GIK", strict=True))
CENTS, LARGE = st.integers(0, 90_000_00), st.integers(10_000_000_00, 300_000_000_00)


def written(case: fm.Case, path: Path) -> Book:
    book.write(case, path, "f" * 64)
    return Book(path)


def verdicts(of: Book) -> dict[str, str]:
    """By control: agrees or DIFFERS."""
    rows = [cell[1:] for sheet, cell in of.stored if sheet == CONTROLS and re.fullmatch(r"D\d+", cell)]
    found = {r: of.value.get((CONTROLS, f"D{r}"), of.stored[CONTROLS, f"D{r}"]) for r in rows}
    return {of.stored[CONTROLS, f"A{r}"]: said for r, said in found.items() if said != "Result"}


def places(of: Book) -> dict[tuple[str, str], int]:
    """Account and currency → its row, on the sheets of assets and openings."""
    rows = [int(cell[1:]) for sheet, cell in of.stored if sheet == ASSETS and re.fullmatch(r"A\d+", cell)]
    return {(of.stored[ASSETS, f"A{r}"], of.stored[ASSETS, f"C{r}"]): r for r in rows if r >= 5}


def held(trace: fm.Trace) -> dict[tuple[str, str], tuple[int, int]]:
    """Account and currency → balance and claim, as the engine has them."""
    seen = trace.record
    names = seen.graph.vertices["id"].gather(seen.purses.account).to_list()
    codes = [str(trace.graph.currencies[code]) for code in seen.purses.currency]
    figures = zip(trace.outcome.balance.tolist(), trace.outcome.claim.tolist(), strict=True)
    return dict(zip(zip(names, codes, strict=True), figures, strict=True))


def assert_as_stored(of: Book) -> None:
    wrong = {at: (of.stored[at], now) for at, now in of.recalculate().items() if now != of.stored[at]}
    assert wrong == {}
    assert set(verdicts(of).values()) == {"agrees"}


def assert_engine(of: Book, text: str, claim: list[str], rules: set[str]) -> None:
    for rule in rules:
        engine = held(fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule))
        for place, row in places(of).items():
            assert (of.value[ASSETS, f"D{row}"], of.value[ASSETS, f"{FIGURES[rule]}{row}"]) == engine[place], rule


def test_formulas_come_to_the_figures_of_the_engine(tmp_path: Path) -> None:
    assert_as_stored(written(harbour(), tmp_path / "s.xlsx"))


@pytest.mark.parametrize("seed", range(3))
def test_they_do_where_money_goes_in_circles(seed: int, tmp_path: Path) -> None:
    found = written(fm.Case("X", trace=any_trace(seed)), tmp_path / "s.xlsx")
    assert_as_stored(found)
    assert "Order of money" in found.sheets


@examples(30)
@given(drawn())
def test_they_do_on_any_ledger(tmp_path_factory, its) -> None:
    trace = fm.trace(fm.FlowGraph(fm.sketch(its.text())), list(its.claim))
    assert_as_stored(written(fm.Case("X", trace=trace), tmp_path_factory.mktemp("any") / "s.xlsx"))


def test_another_opening_balance_changes_the_figures_and_the_controls(tmp_path: Path) -> None:
    found = written(harbour(), tmp_path / "s.xlsx")
    row = places(found)["ES91210004182051", "EUR"]
    found.recalculate(**{f"E{row}": 300_000.0})
    assert verdicts(found)["Pro rata: claim money in all accounts, EUR"] == "DIFFERS"
    assert verdicts(found)["Opening balances that were changed"] == "DIFFERS"
    changed = HARBOUR.replace("2024-03-01 180,000.00 EUR", "2024-03-01 300,000.00 EUR")
    assert_engine(found, changed, ["t1", "t2", "t3", "t4", "t5"], set(RULES))


@examples(20)
@given(drawn(), st.lists(st.integers(0, 500), min_size=4, max_size=4))
def test_other_openings_give_what_the_engine_gives_for_them(tmp_path_factory, its, amounts) -> None:
    plain = [line for line in its.statements if not line.startswith("balance")]
    text = "\n".join([*plain, *its.transactions])
    trace = fm.trace(fm.FlowGraph(fm.sketch(text)), list(its.claim))
    found = written(fm.Case("X", trace=trace), tmp_path_factory.mktemp("other") / "s.xlsx")
    rows, stated, given_ = places(found), [], {}
    for account, amount in zip("ABCD", amounts, strict=True):
        if (account, "EUR") in rows:
            stated.append(f"balance {account} 2024-01-01 {amount / 100:.2f} EUR opening")
            given_[f"E{rows[account, 'EUR']}"] = amount / 100
    found.recalculate(**given_)
    _, why = book.recomputed(plan(trace))
    live = set(RULES) - why.keys()
    if any(value > 0 for (sheet, cell), value in found.value.items() if sheet == _fifo.SHEET and cell[0] in "YZ"):
        live.discard("fifo")
    everything = [*stated, *(f"balance {a} 2024-01-01 0.00 EUR opening" for a in "ABCD" if (a, "EUR") not in rows)]
    assert_engine(found, "\n".join([*everything, text]), list(its.claim), live)


@examples(30)
@given(CENTS, LARGE, LARGE, LARGE)
def test_shares_of_large_sums_are_exact(tmp_path_factory, spare, claim, more, paid) -> None:
    text = f"""
balance A 2024-01-01 {more // 100}.{more % 100:02} EUR opening
2024-01-02 cash -> A {claim // 100}.{claim % 100:02} EUR
2024-01-03 X -> A {(spare + 1) / 100:.2f} EUR
2024-01-04 A -> B {paid // 100}.{paid % 100:02} EUR
"""
    trace = fm.trace(fm.FlowGraph(fm.sketch(text)), ["t1"])
    assert_as_stored(written(fm.Case("X", trace=trace), tmp_path_factory.mktemp("large") / "s.xlsx"))


def test_an_exact_half_goes_to_other_money(tmp_path: Path) -> None:
    text = """
balance A 2024-01-01 0.01 EUR opening
2024-01-02 cash -> A 0.01 EUR
2024-01-03 A -> B 0.01 EUR
"""
    found = written(fm.Case("X", trace=fm.trace(fm.FlowGraph(fm.sketch(text)), ["t1"])), tmp_path / "s.xlsx")
    assert_as_stored(found)
    assert found.value[ASSETS, f"{FIGURES['pro_rata']}{places(found)['A', 'EUR']}"] == 1


def test_names_that_are_programs_are_text(tmp_path: Path) -> None:
    text = """
party P company "=HYPERLINK(A1)" ES
account "=1+1" holder=P IBAN ES
account "-2+3|cmd" holder=P IBAN ES
2024-01-02 cash -> "=1+1" 10.00 EUR cash "@SUM(A1)"
2024-01-03 "=1+1" -> "-2+3|cmd" 10.00 EUR "+1"
"""
    trace = fm.trace(fm.FlowGraph(fm.sketch(text)), ["t1"])
    found = written(fm.Case("=X", trace=trace), tmp_path / "s.xlsx")
    assert {"=1+1", "-2+3|cmd", "=HYPERLINK(A1)", "@SUM(A1)", "+1"} <= {str(v) for v in found.stored.values()}
    assert not {f for f in found.formula.values() if "HYPERLINK" in f or "cmd" in f or f == "1+1"}


def test_payments_are_all_there_with_file_and_row(tmp_path: Path) -> None:
    case = harbour()
    found = written(case, tmp_path / "s.xlsx")
    assert case.trace is not None
    rows = {
        found.stored["Payments", f"A{r}"]: (found.stored["Payments", f"O{r}"], found.stored["Payments", f"P{r}"])
        for r in range(5, 5 + len(case.trace.transactions()))
    }
    moved = case.trace.transactions().select("id", "source", "row").rows()
    assert rows == {name: (str(source), str(row)) for name, source, row in moved}


def test_a_ledger_that_is_cut_says_so_and_still_agrees(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(_plan, "MOVEMENTS", 9)
    found = written(harbour(), tmp_path / "s.xlsx")
    assert_as_stored(found)
    assert any("cut after 9 movements" in str(v) for v in found.stored.values())


def test_a_report_has_the_workbook_only_if_asked_and_the_same_bytes_twice(tmp_path: Path) -> None:
    first, second = (report(harbour(), tmp_path / n, formats=["html", "xlsx"]).parent for n in ("a", "b"))
    assert (first / "schedules.xlsx").read_bytes() == (second / "schedules.xlsx").read_bytes()
    assert "schedules.xlsx" in (first / "report.html").read_text(encoding="utf-8")
    assert not (report(harbour(), tmp_path / "a").parent / "schedules.xlsx").exists()


def test_a_case_without_a_trace_has_a_workbook_that_says_so(tmp_path: Path) -> None:
    found = written(fm.Case("X"), tmp_path / "s.xlsx")
    assert "No money was traced: there is nothing to recompute." in found.stored.values()


def test_an_unknown_format_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"Did you mean 'xlsx'\?"):
        report(harbour(), tmp_path / "a", formats=["xls"])


def test_settings_know_the_formats_there_are() -> None:
    from followmoney.reports._formats import ALWAYS, FORMATS
    from followmoney.settings import sections

    assert (ALWAYS, *FORMATS) == sections.FORMATS


@pytest.mark.parametrize(
    ("language", "head", "wrong"), [("fr", "Solde d'ouverture", "DIFFÈRE"), ("it", "Saldo di apertura", "DIFFERISCE")]
)
def test_in_other_languages_words_are_other_and_formulas_and_sheets_the_same(
    language, head, wrong, tmp_path: Path
) -> None:
    books = []
    for spoken in ("en", language):
        with speaking(spoken):
            book.write(harbour(), tmp_path / f"{spoken}.xlsx", "")
        books.append(openpyxl.load_workbook(tmp_path / f"{spoken}.xlsx"))
    english, other = books
    assert english.sheetnames == other.sheetnames
    cells = [cell for sheet in other for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert head in {cell.value for cell in cells}
    assert not [cell.value for cell in cells if "DIFFERS" in cell.value or "agrees" in cell.value.split('"')]
    formulas = {(cell.parent.title, cell.coordinate): cell.value for cell in cells if cell.data_type == "f"}
    assert any(wrong in formula for formula in formulas.values())
    assert len(formulas) > 100
    for (sheet, at), formula in formulas.items():
        assert re.sub('"[^"]*"', "", formula) == re.sub('"[^"]*"', "", english[sheet][at].value)
