"""A real browser for tests: Debian's Chromium, driven by Playwright, with the network off; skipped where absent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
PHONE = {"width": 390, "height": 844}


@contextmanager
def started() -> Iterator[Any]:
    """The browser; one a file of tests, because starting takes seconds."""
    play = pytest.importorskip("playwright.sync_api", reason="needs Playwright, which is not installed")
    if CHROMIUM is None:
        pytest.skip("needs Chromium, which is not installed")
    with play.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Seen:
    """A page, and whatever it asked for, complained of or asked the reader."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def seen(browser: Any, path: Path, **options: Any) -> Iterator[Seen]:
    """A page opened from a file, with the network off."""
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    found = Seen(page)
    page.on("request", lambda r: found.asked.append(r.url))
    page.on("console", lambda m: found.said.append(m.text))
    page.on("pageerror", lambda e: found.said.append(str(e)))
    page.on("dialog", lambda d: (found.said.append(f"dialog {d.message}"), d.dismiss()))
    page.goto(path.as_uri())
    yield found
    context.close()
