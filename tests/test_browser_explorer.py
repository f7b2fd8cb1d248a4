"""The explorer in a real browser: choose, search, hide, walk by keyboard; figures and rows are those of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser import seen, started
from drawn_cases import harbour

import followmoney as fm

COUNT = "#explorer-count"
SAID = "#explorer-said"
CHART = "document.getElementById('explorer-chart')._cyreg.cy"


@pytest.fixture(scope="module")
def browser():
    with started() as browser:
        yield browser


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    return fm.report(harbour(), tmp_path_factory.mktemp("cases") / "harbour")


@pytest.fixture
def page(browser, report):
    with seen(browser, report) as found:
        found.page.wait_for_selector("#explorer-chart[data-state=drawn]")
        yield found.page
    assert (found.asked, found.said) == ([report.as_uri()], [])


def choose(page: Any, name: str) -> str:
    """Search for it, take the first, and read what is said of it."""
    page.fill("#explorer-find", name)
    page.keyboard.press("Enter")
    return page.locator(SAID).inner_text()


def test_searching_finds_an_account_and_shows_its_figures_and_its_rows(page) -> None:
    text = choose(page, "lv80bank")
    for part in ("Baltic Trading OÜ", "EUR 27,479.29", "EUR 22,823.07", "EUR 4,656.22", "Its ledger in Schedule B"):
        assert part in text
    rows = page.locator(f"{SAID} tbody tr").evaluate_all("rows => rows.map(r => r.innerText)")
    links = page.locator(f"{SAID} tbody a").evaluate_all("links => links.map(a => a.getAttribute('href').slice(1))")
    assert rows == page.evaluate("ids => ids.map(id => document.getElementById(id).innerText)", links)
    assert len(rows) == 4


def test_a_click_on_the_chart_chooses_and_a_click_beside_it_lets_go(page) -> None:
    page.locator("#explorer-chart").scroll_into_view_if_needed()
    place = page.evaluate(f"{CHART}.nodes()[1].renderedPosition()")
    page.locator("#explorer-chart").click(position=place)
    assert "Ana Kowalska" in page.locator(SAID).inner_text()
    page.locator("#explorer-chart").click(position={"x": 5, "y": 5})
    assert "Choose an account" in page.locator(SAID).inner_text()


def test_small_amounts_are_hidden_and_shown_again(page) -> None:
    assert page.locator(COUNT).inner_text().endswith("15 of 15 arrows")
    page.fill("#explorer-least", "9000")
    fewer = page.locator(COUNT).inner_text()
    assert fewer != "12 of 12 accounts, things and ends; 15 of 15 arrows"
    shown = page.evaluate(f"{CHART}.edges().filter(e => e.visible()).map(e => e.data('value'))")
    assert shown
    assert min(shown) >= 9000
    page.click("#explorer-whole")
    assert page.locator(COUNT).inner_text().endswith("15 of 15 arrows")


def test_by_keyboard_one_follows_the_money_to_its_end_and_back_to_the_figures(page) -> None:
    page.focus("#explorer-chart")
    heard = []
    for _ in range(7):
        page.keyboard.press("ArrowRight")
        heard.append(page.locator(f"{SAID} h3").inner_text())
    assert heard[0] == "cash EUR"
    assert heard[-1] == "Villa, Marbella"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#explorer-said') !== null")
    page.focus("#explorer-chart")
    page.keyboard.press("Escape")
    assert "Choose an account" in page.locator(SAID).inner_text()


def test_an_arrow_is_reached_from_its_account_and_its_account_from_the_arrow(page) -> None:
    choose(page, "gb28")
    page.locator(f"{SAID} .ways button").first.click()
    text = page.locator(SAID).inner_text()
    assert "Azur Holding SA → Azur Holding SA" in text
    assert "EUR 9,000.00" in text
    page.locator(f"{SAID} .ways button").last.click()
    assert "GB28NWBK60161331" in page.locator(SAID).inner_text()


def test_what_is_not_there_is_said_not_to_be(page) -> None:
    page.fill("#explorer-find", "nobody at all")
    assert page.locator("#explorer-found").inner_text() == "Nothing drawn is called so."


def test_the_wheel_scrolls_the_page_until_the_chart_is_chosen(page) -> None:
    assert page.evaluate(f"{CHART}.userZoomingEnabled()") is False
    page.focus("#explorer-chart")
    assert page.evaluate(f"{CHART}.userZoomingEnabled()") is True
