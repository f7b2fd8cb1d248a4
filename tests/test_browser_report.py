"""A report in a real browser: complete with scripts and without, printed, dark, on a phone, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import PHONE, Seen, seen, started
from drawn_cases import HARBOUR, HOSTILE, harbour

import followmoney as fm

OUTER = "document.documentElement.scrollWidth - innerWidth"
FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  const drawn = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && box.width > 0 && box.height > 0;
  return e === document.body ? null : [window.stops.indexOf(e), drawn, e.outerHTML.slice(0, 90)];
}"""
STOPS = """() => window.stops = [...document.querySelectorAll('a, button, input, [tabindex="0"]')]
  .filter((e) => e.getClientRects().length)"""


@pytest.fixture(scope="module")
def browser():
    with started() as browser:
        yield browser


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """Everything a report can have."""
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    findings, networks = fm.detect(graph, ["structuring"]), fm.cluster(graph, "components")
    case = fm.Case("HARBOUR", findings, networks, harbour().trace)
    return fm.report(case, tmp_path_factory.mktemp("cases") / "harbour")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """Names that are programs, formulas, markup, or written from right to left."""
    trace = fm.trace(fm.FlowGraph(fm.sketch(HOSTILE)), claim="t1")
    return fm.report(fm.Case("<script>x</script>", trace=trace), tmp_path_factory.mktemp("cases") / "hostile")


def drawn(found: Seen) -> Seen:
    """Once the explorer has drawn."""
    found.page.wait_for_selector("#explorer-chart[data-state=drawn]")
    return found


def spoilt(report: Path, folder: Path, old: str, new: str) -> Path:
    """The same page, tampered with."""
    page = folder / "spoilt.html"
    page.write_text(report.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_a_report_is_complete_and_quiet_with_scripts_and_without(browser, report, scripts) -> None:
    with seen(browser, report, java_script_enabled=scripts) as found:
        page = found.page
        text = page.locator("main").inner_text()
        assert "Schedule A: transactions that carry claim money" in text
        assert page.locator("main svg").count() == 10
        assert page.locator("#explorer-on").is_visible() == scripts
        assert page.locator("#explorer-off").is_visible() != scripts
        assert "Enter to the figures" in page.locator("#explorer-keys").text_content()
    assert (found.asked, found.said) == ([report.as_uri()], [])


def test_a_page_that_asks_or_complains_would_be_noticed(browser, tmp_path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<img src="http://elsewhere.example/pixel.png"><script>console.log("here")</script>')
    with seen(browser, page) as found:
        pass
    assert "http://elsewhere.example/pixel.png" in found.asked
    assert "here" in found.said


@pytest.mark.parametrize("foreign", ["<script>document.title = 'ran'</script><h1>", '<h1 style="color: red">'])
def test_what_was_put_into_a_page_afterwards_is_refused(browser, report, tmp_path, foreign) -> None:
    with seen(browser, spoilt(report, tmp_path, "<h1>", foreign)) as found:
        assert found.page.title() == "HARBOUR"
        assert found.page.locator("h1").evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    assert "Content Security Policy" in found.said[0]


def test_a_script_that_was_changed_does_not_run(browser, report, tmp_path) -> None:
    with seen(browser, spoilt(report, tmp_path, "const at = (id)", "const at = (its)")) as found:
        assert found.page.locator("#explorer-off").is_visible()
    assert any("Content Security Policy" in line for line in found.said)


def test_a_report_is_styled_and_drawn(browser, report, tmp_path) -> None:
    from matplotlib import image

    with seen(browser, report) as found:
        found.page.locator("figure").first.screenshot(path=tmp_path / "page.png")
    pixels = image.imread(tmp_path / "page.png")[:, :, :3]
    navy = (abs(pixels - [0.0, 0x34 / 255, 0x6E / 255]) < 0.02).all(axis=2)
    gold = (abs(pixels - [0xE0 / 255, 0xCF / 255, 0x7F / 255]) < 0.02).all(axis=2)
    assert min(navy.sum(), gold.sum()) > 5_000


def test_on_paper_there_is_no_menu_and_no_explorer_and_nothing_is_cut_off(browser, report) -> None:
    with seen(browser, report) as found:
        page = drawn(found).page
        page.emulate_media(media="print")
        assert not page.locator("nav").is_visible()
        assert not page.locator("#explorer-on").is_visible()
        assert page.locator("#explorer-off").is_visible()
        assert page.locator("main .wide").evaluate_all(
            "es => es.every(e => getComputedStyle(e).overflowX === 'visible')"
        )
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_in_the_dark_the_page_is_dark_and_pictures_stay_on_paper(browser, report) -> None:
    with seen(browser, report, color_scheme="dark") as found:
        colour = "e => getComputedStyle(e).backgroundColor"
        assert found.page.locator("body").evaluate(colour) == "rgb(21, 24, 28)"
        assert set(found.page.locator("figure").evaluate_all(f"es => es.map({colour})")) == {"rgb(255, 255, 255)"}


@pytest.mark.parametrize("wide", [320, 390, 820])
def test_no_page_is_wider_than_its_screen(browser, report, hostile, wide) -> None:
    for path in (report, hostile):
        with seen(browser, path, viewport=PHONE | {"width": wide}) as found:
            assert drawn(found).page.evaluate(OUTER) <= 0


def test_everything_to_press_is_reached_by_tab_and_seen_when_it_is(browser, report) -> None:
    with seen(browser, report) as found:
        page = drawn(found).page
        page.evaluate(STOPS)
        stops, reached, unseen = page.evaluate("window.stops.length"), set[int](), list[str]()
        for _ in range(2 * stops):
            page.keyboard.press("Tab")
            if (at := page.evaluate(FOCUS)) is None:
                break
            reached.add(at[0])
            unseen += [] if at[1] else [at[2]]
        assert unseen == []
        assert reached >= set(range(stops))
        assert stops > 50


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark", "viewport": PHONE}], ids=["light", "dark phone"])
def test_a_checker_of_accessibility_finds_nothing_serious(browser, report, options) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core, which is not installed")
    with seen(browser, report, bypass_csp=True, **options) as found:
        page = drawn(found).page
        page.fill("#explorer-find", "Baltic")
        page.keyboard.press("Enter")
        violations = axe.Axe().run(page).response["violations"]
    serious = [v for v in violations if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in serious] == []


def test_names_that_are_programs_are_inert_text(browser, hostile) -> None:
    with seen(browser, hostile) as found:
        page = drawn(found).page
        for name in ("<script>", "=HYPERLINK(A1) & S", "<img src=x>", "\u05d7\u05d1"):
            page.fill("#explorer-find", name)
            page.keyboard.press("Enter")
            assert name in page.locator("#explorer-said").inner_text()
        assert page.locator("img, iframe, object, [onerror], [onclick]").count() == 0
        assert page.locator("script").count() == 4
        assert page.title() == "<script>x</script>"
        assert page.evaluate("[...document.links].every(a => a.getAttribute('href').startsWith('#'))")
        assert "\u202e" not in page.locator("body").inner_text()
    assert (found.asked, found.said) == ([hostile.as_uri()], [])
