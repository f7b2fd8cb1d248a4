"""A report is whole, private, the same at every run, and every figure and link in it leads somewhere."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from drawn_cases import HARBOUR, HOSTILE, harbour

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.finding import Findings
from followmoney.reports import _html, _schedules, anchors, report
from followmoney.reports._tables import guarded, spreadsheet
from followmoney.reports._visible import in_line
from followmoney.schema.codes import money

PLAIN = "2024-01-02 cash -> A 1,000.00 EUR cash\n"


CHAPTERS = (
    "The finding", "What can be frozen now", "Flow of the claim money", "Chronology", "Who owns", "Findings",
    "Networks", "Tracing", "What is not known", "Schedule A", "Schedule B", "Method and settings", "Words",
    "How to check",
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of the page: elements, places, links, text, table rows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)
        self.text = " ".join(self.words)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags[tag] += 1
        self.attributes += attrs
        found = dict(attrs)
        if "id" in found:
            self.ids[found["id"]] += 1
        if tag == "a":
            self.links.append(found.get("href") or found["xlink:href"])

    def handle_data(self, data) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A report with everything in it."""
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    case = harbour()
    case = fm.Case("HARBOUR", fm.detect(graph, ["structuring"]), fm.cluster(graph, "components"), case.trace)
    return report(case, tmp_path_factory.mktemp("cases") / "harbour").parent


@pytest.fixture(scope="module")
def page(whole: Path) -> Page:
    return Page((whole / "report.html").read_text(encoding="utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    assert files(report(harbour(), tmp_path / "a").parent) == files(report(harbour(), tmp_path / "b").parent)


def test_neither_hash_seed_nor_threads_nor_language_change_a_byte(tmp_path: Path) -> None:
    code = (
        f"from drawn_cases import harbour; import followmoney as fm; fm.report(harbour(), {str(tmp_path / 'other')!r})"
    )
    other = {"PYTHONHASHSEED": "7", "POLARS_MAX_THREADS": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    here = Path(__file__).parent
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=here,
        env=os.environ | other | {"PYTHONPATH": f"{here}{os.pathsep}{here.parent}"},
    )
    assert files(tmp_path / "other") == files(report(harbour(), tmp_path / "own").parent)


def test_only_the_owner_can_read_a_report(whole: Path) -> None:
    assert stat.S_IMODE(whole.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in whole.iterdir()} == {0o600}


def test_the_manifest_names_every_file_by_its_hash_and_nothing_by_its_path(whole: Path, page: Page) -> None:
    text = (whole / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    found = {n: hashlib.sha256(b).hexdigest() for n, b in files(whole).items() if n != "manifest.json"}
    assert {o["file"]: o["sha256"] for o in manifest["outputs"]} == found
    rows = {o["file"]: o["rows"] for o in manifest["outputs"] if o["file"].endswith(".parquet")}
    assert rows == {n: len(pl.read_parquet(whole / n)) for n in rows}
    assert [i["sha256"] for i in manifest["run"]["inputs"]] == [hashlib.sha256(HARBOUR.encode()).hexdigest()]
    assert manifest["fingerprint"] in page.text
    assert str(whole.parent) not in text + page.text
    assert all(digest in page.text for name, digest in found.items() if name != "report.html")


def test_every_link_lands_and_every_place_is_one(page: Page) -> None:
    assert max(page.ids.values()) == 1
    assert page.links
    assert {link for link in page.links if link.removeprefix("#") not in page.ids} == set()
    assert sum(link.startswith("#tx-") for link in page.links) > 20


def test_style_and_scripts_of_a_page_are_pinned_and_nothing_else_runs(whole: Path, page: Page) -> None:
    text = (whole / "report.html").read_text(encoding="utf-8")
    (style,) = pinned(text, "style")
    scripts = " ".join(pinned(text, "script"))
    policy = f"default-src 'none'; style-src {style}; script-src {scripts}; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in text
    assert not {"img", "link", "iframe", "object", "tfoot"} & set(page.tags)
    assert not {"style", "src", "target"} & {k for k, _ in page.attributes}
    assert not [k for k, _ in page.attributes if k.startswith("on")]
    assert (page.tags["style"], page.tags["svg"], page.tags["script"]) == (1, 10, 4)


def pinned(text: str, tag: str) -> list[str]:
    """The hash of each style or script of a page, as a policy has it."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in found]


def test_every_chapter_is_there(page: Page) -> None:
    for chapter in CHAPTERS:
        assert chapter in page.text
    case = harbour()
    assert case.sentence() in page.text
    assert "What speaks against it:" in page.text
    assert "What was looked for" in page.text


def test_schedule_a_lists_every_transaction_with_its_row_and_totals_last(whole: Path) -> None:
    case = harbour()
    assert case.trace is not None
    moved = case.trace.transactions()
    text = (whole / "report.html").read_text(encoding="utf-8")
    schedule = text[text.index(f'<h2 id="{anchors.SCHEDULE_A}"') : text.index(f'<h2 id="{anchors.SCHEDULE_B}"')]
    for identifier, row in moved.select("id", "row").iter_rows():
        assert f'<tr id="{anchors.transaction(identifier)}">' in schedule
        assert f"sketch row {row}<" in schedule
    rows = re.findall(r"<tr.*?</tr>", schedule, re.DOTALL)
    assert money(moved["amount"].sum(), "EUR").removeprefix("EUR ") in rows[-1]
    assert 'class="total"' in rows[-1]


def test_rival_rules_stand_beside_the_chosen_one(page: Page) -> None:
    for rule in ("fifo", "lowest_balance", "pro_rata"):
        assert page.words.count(rule) >= 2


def test_tables_beside_the_page_are_complete(whole: Path) -> None:
    case = harbour()
    assert case.trace is not None
    trace = pl.read_parquet(whole / "trace.parquet")
    assert trace["claim"].to_list() == case.trace.transactions()["claim"].to_list()
    assert {"findings.parquet", "evidence.parquet", "ledgers.parquet", "assets.csv"} <= set(files(whole))
    table = list(csv.DictReader(io.StringIO((whole / "assets.csv").read_text(encoding="utf-8-sig"))))
    assert [r["id"] for r in table] == case.assets()["id"].to_list()
    assert [r["claim"].replace(".", "") for r in table] == [str(c) for c in case.assets()["claim"]]


def test_schedules_are_capped_and_say_so(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(_schedules, "CAP", 4)
    monkeypatch.setattr(_schedules, "ACCOUNTS", 2)
    monkeypatch.setattr(_schedules, "MOVEMENTS", 1)
    case = harbour()
    found = Page(report(case, tmp_path / "r").read_text(encoding="utf-8"))
    assert "The first 4 of 17; totals are of all, and all are in trace.parquet." in found.text
    assert case.trace is not None
    assert f"The 2 accounts that hold most, of {case.trace.holders()['account'].n_unique()}." in found.text
    assert "all are in ledgers.parquet" in found.text
    everybody = set(case.trace.holders()["account"])
    assert f"ledgers.parquet has the whole ledgers of {len(everybody)}." in found.text
    assert set(pl.read_parquet(tmp_path / "r" / "ledgers.parquet")["account"]) == everybody
    assert {link for link in found.links if link.removeprefix("#") not in found.ids} == set()
    assert len(pl.read_parquet(tmp_path / "r" / "trace.parquet")) == 17


def test_names_that_are_programs_are_text(tmp_path: Path) -> None:
    graph = fm.FlowGraph(fm.sketch(HOSTILE))
    case = fm.Case("<script>x</script>", trace=fm.trace(graph, claim="t1"))
    found = Page(report(case, tmp_path / "r").read_text(encoding="utf-8"))
    assert "img" not in found.tags
    assert found.tags["script"] == 4
    assert found.text.count("<script>alert(1)</script>") >= 3
    assert "</td><script>alert(2)</script>" in found.text
    assert "javascript:alert(3)" in found.text
    assert not [link for link in found.links if not link.startswith("#")]
    assert {link for link in found.links if link.removeprefix("#") not in found.ids} == set()
    text = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert all("<bdi>" in line or "<title>" in line for line in text.splitlines() if "\u202e" in line)
    cells = [c for row in csv.reader(io.StringIO((tmp_path / "r" / "assets.csv").read_text("utf-8-sig"))) for c in row]
    assert {"'+B", "'@V", "'-2+3|cmd"} <= set(cells)
    assert "'=HYPERLINK(A1) & Söhne" in cells
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_run_is_text(start: str) -> None:
    assert guarded(f"{start}x") == f"'{start}x"
    assert guarded(f"x{start}") == f"x{start}"


def test_an_overdrawn_balance_stays_a_number() -> None:
    frame = harbour().assets().head(1).with_columns(value=pl.lit(-123_456))
    assert ",-1234.56," in spreadsheet(frame)


@pytest.mark.parametrize("parts", [{}, {"findings": Findings.empty(("A note.",))}, {"source": fm.sketch(HARBOUR)}])
def test_a_case_without_parts_says_what_it_lacks(tmp_path: Path, parts) -> None:
    path = report(fm.Case("partial", **parts), tmp_path / "r")
    found = Page(path.read_text(encoding="utf-8"))
    assert "No money was traced" in found.text
    assert ("A note." in found.text) == ("findings" in parts)
    assert {link for link in found.links if link.removeprefix("#") not in found.ids} == set()
    assert len(pl.read_parquet(path.parent / "trace.parquet")) == 0


def test_settings_are_repeated_word_for_word(tmp_path: Path) -> None:
    chosen = fm.Settings.of({"case": {"name": "<Harbour>"}})
    path = report(fm.Case("x"), tmp_path / "r", settings=chosen)
    assert chosen.to_toml() in Page(path.read_text(encoding="utf-8")).text
    assert json.loads((path.parent / "manifest.json").read_text())["run"]["settings"] == chosen.to_toml()


def test_a_report_that_fails_leaves_nothing_and_keeps_the_old_one(tmp_path: Path, monkeypatch) -> None:
    old = files(report(fm.Case("old"), tmp_path / "old").parent)
    monkeypatch.setattr(_html, "files", lambda _: 1 / 0)
    for name in ("old", "new"):
        with pytest.raises(ZeroDivisionError):
            report(fm.Case("new"), tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == ["old"]
    assert files(tmp_path / "old") == old


def test_an_earlier_report_is_replaced_and_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    first = report(fm.Case("one"), tmp_path / "empty")
    again = report(fm.Case("two"), tmp_path / "empty")
    assert first == again
    assert "two" in again.read_text(encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(SettingsError, match="not of an earlier report"):
        report(fm.Case("x"), tmp_path / "mine")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "mine"]


def test_only_the_files_of_a_report_are_ever_replaced(tmp_path: Path) -> None:
    folder = report(fm.Case("one"), tmp_path / "r").parent
    for name in ("ledger.csv", "deeper"):
        path = folder / name
        path.mkdir() if name == "deeper" else path.write_text("evidence")
        before = sorted(folder.iterdir())
        with pytest.raises(SettingsError, match=name):
            report(fm.Case("two"), folder)
        assert sorted(folder.iterdir()) == before
        path.rmdir() if name == "deeper" else path.unlink()
    (folder / "manifest.json").write_text('{"outputs": [{"file": "statement.pdf", "sha256": "0"}]}')
    (folder / "statement.pdf").write_text("evidence")
    with pytest.raises(SettingsError, match="not of an earlier report"):
        report(fm.Case("two"), folder)
    assert (folder / "statement.pdf").read_text() == "evidence"


def test_what_cannot_be_seen_is_made_visible(tmp_path: Path) -> None:
    ledger = fm.sketch(
        'party P1 person "Ana\x00\x1b\x7f\x9b\u202elive\u2066\u200b\xad" ES\naccount A holder=P1 IBAN ES\n' + PLAIN
    )
    case = fm.Case("x\u202e", trace=fm.trace(fm.FlowGraph(ledger), claim="t1"))
    text = report(case, tmp_path / "r").read_text(encoding="utf-8")
    assert "Ana\u2400\u241b\u2421\N{REPLACEMENT CHARACTER}[U+202E]live[U+2066][U+200B][U+00AD]" in text
    assert in_line("a\nb\tc\u2028") == "a\u240ab\u2409c\u2424"
    assert not set("\x00\x1b\x7f\x9b\u202e\u2066\xad") & set(text)
