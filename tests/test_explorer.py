"""The explorer's data: what stands on it reconciles, stays the same, is capped and said, and is inert in a page."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from importlib.resources import files

import pytest
from drawn_cases import HOSTILE, any_trace, harbour
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.languages import speaking
from followmoney.reports import _explorer, _schedules
from followmoney.reports._blocks import Explorer
from followmoney.reports._explorer_places import places

PAGE = files("followmoney.reports") / "_page"


def block(case: fm.Case) -> Explorer:
    (found,) = _explorer.explorer(case, _schedules.places(case)).blocks
    assert isinstance(found, Explorer)
    return found


def data(case: fm.Case) -> dict:
    return json.loads(block(case).data)


def test_everything_drawn_reconciles_with_schedule_a() -> None:
    case = harbour()
    found = data(case)
    assert sum(arrow[8] for arrow in found["arrows"]) == len(case.trace.transactions()) == 17
    assert sum(len(arrow[9]) for arrow in found["arrows"]) == 17
    assert block(case).caption.startswith("Drawn EUR ")
    assert "in 17 of 17 transactions" in block(case).caption
    held = {a["id"]: a["held"] for a in found["accounts"] if a["kind"] == "holds"}
    assert held["LV80BANK00003391"] == "EUR 4,656.22"
    assert set(held) == set(case.trace.holders()["account"])


def test_the_least_arrows_are_left_out_and_the_caption_says_so(monkeypatch) -> None:
    monkeypatch.setattr(_explorer, "ACCOUNTS", 5)
    monkeypatch.setattr(_explorer, "ARROWS", 3)
    case = fm.Case("x", trace=any_trace(1, accounts=20, payments=80))
    found = data(case)
    assert (len(found["arrows"]), len(found["accounts"]) <= 5) == (3, True)
    whole = len(case.trace.transactions())
    assert re.search(rf"in \d+ of {whole} transactions", block(case).caption)
    assert "at most 3, between at most 5; all are in trace.parquet" in block(case).caption
    assert all(a["many"] >= 1 for a in found["accounts"])


def test_nothing_in_the_data_can_end_the_element_it_stands_in() -> None:
    case = fm.Case("x", trace=fm.trace(fm.FlowGraph(fm.sketch(HOSTILE)), claim="t1"))
    text = block(case).data
    assert text.isascii()
    assert not set("<>&") & set(text)
    assert "<script>alert(1)</script>" in {a["name"] for a in data(case)["accounts"]}
    assert "\u202e" not in json.dumps(data(case), ensure_ascii=False)


def test_a_case_without_a_trace_has_no_explorer_and_no_library(tmp_path) -> None:
    text = fm.report(fm.Case("partial"), tmp_path / "r").read_text(encoding="utf-8")
    assert "there is nothing to explore" in text
    assert "cytoscape" not in text


def test_the_explorer_speaks_the_language_of_the_report() -> None:
    with speaking("fr"):
        found = block(harbour())
    assert set(found.words) == set(block(harbour()).words)
    assert json.loads(found.data)["accounts"][0].keys() == data(harbour())["accounts"][0].keys()


@given(st.data())
@examples(30)
def test_no_two_accounts_stand_on_one_place_and_the_order_of_arrows_does_not_matter(draw) -> None:
    size = draw.draw(st.integers(1, 40))
    end = st.integers(0, size - 1)
    pairs = draw.draw(st.lists(st.tuples(end, end).filter(lambda p: p[0] != p[1] or size == 1), max_size=60))
    at = places(size, pairs)
    assert len(set(at)) == size
    assert at == places(size, draw.draw(st.permutations(pairs)))


def test_what_we_carry_of_others_is_as_published_with_its_licence() -> None:
    for name, told in tomllib.loads((PAGE / "VENDORED.toml").read_text(encoding="utf-8")).items():
        whole = (PAGE / told["file"]).read_bytes()
        assert hashlib.sha256(whole).hexdigest() == told["sha256"], name
        licence = (PAGE / told["licence_file"]).read_text(encoding="utf-8")
        assert "Permission is hereby granted, free of charge" in licence
        assert licence.splitlines()[0] in whole[:200].decode()


@pytest.mark.parametrize("word", ["eval(", "innerHTML", "outerHTML", "document.write", "insertAdjacent", "fetch("])
def test_our_scripts_write_text_and_ask_for_nothing(word) -> None:
    for name in ("explorer.js", "wide.js"):
        assert word not in (PAGE / name).read_text(encoding="utf-8")


def test_a_leaner_picture_keeps_its_words_its_links_and_its_places() -> None:
    from xml.etree import ElementTree as ET

    from followmoney.reports import _plots
    from followmoney.reports._svg import tidy
    from followmoney.reports.flow import drawing

    drawn = drawing(harbour().trace)
    raw = _plots.svg(drawn.draw())
    short = tidy(raw, "flow", drawn.titles)
    assert len(short) < 0.75 * len(raw)
    before, after = (ET.fromstring(text) for text in (raw, short))  # noqa: S314
    svg = "{http://www.w3.org/2000/svg}"
    assert [e.text for e in before.iter(f"{svg}text")] == [e.text for e in after.iter(f"{svg}text")]
    assert len(list(before.iter(f"{svg}a"))) == len(list(after.iter(f"{svg}a"))) > 10
    shapes = [[e.get("d") for e in root.iter(f"{svg}path")] for root in (before, after)]
    for long, rounded in zip(*shapes, strict=True):
        figures = [[float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)] for text in (long, rounded)]
        assert figures[0] == pytest.approx(figures[1], abs=0.0051)
    assert "url(#" not in short
