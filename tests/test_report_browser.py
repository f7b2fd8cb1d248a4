"""A report opens in a real browser: without scripts, without the network, without a complaint."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from drawn_cases import harbour

import followmoney as fm

BROWSER = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium, which is not installed")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run")


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    return fm.report(harbour(), tmp_path_factory.mktemp("cases") / "harbour")


def browse(page: Path, home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Open a page and let the browser say what it has to say."""
    call = [str(BROWSER), *QUIET, f"--user-data-dir={home}/profile", "--enable-logging=stderr", *more, page.as_uri()]
    return subprocess.run(
        call, capture_output=True, text=True, check=False, timeout=120, cwd=home, env=os.environ | {"HOME": str(home)}
    )


def test_a_report_opens_with_scripts_off_and_says_nothing_on_the_console(report: Path, tmp_path: Path) -> None:
    done = browse(report, tmp_path, "--blink-settings=scriptEnabled=false", "--dump-dom")
    assert "Schedule A: transactions that carry claim money" in done.stdout
    assert done.stdout.count("<svg") == 6
    assert "CONSOLE" not in done.stderr


def test_a_report_asks_the_network_for_nothing(report: Path, tmp_path: Path) -> None:
    log = tmp_path / "net.json"
    browse(report, tmp_path, f"--log-net-log={log}", "--disable-background-networking", "--dump-dom")
    text = log.read_text(encoding="utf-8").rstrip().removesuffix(",")
    asked = json.loads(text if text.endswith("}") else f"{text}]}}")
    urls = {event["params"]["url"] for event in asked["events"] if "url" in event.get("params", {})}
    own = {url for url in urls if not url.startswith(("file:", "data:", "chrome"))}
    first = {event["params"].get("initiator") for event in asked["events"] if "initiator" in event.get("params", {})}
    assert not [i for i in first if str(i).startswith("file")]
    assert not [url for url in own if "report" in url]


def test_a_report_is_styled_and_drawn(report: Path, tmp_path: Path) -> None:
    shot = tmp_path / "page.png"
    browse(report, tmp_path, "--blink-settings=scriptEnabled=false", "--window-size=1300,4000", f"--screenshot={shot}")
    import matplotlib.image as image

    pixels = image.imread(shot)
    navy = (abs(pixels[:, :, :3] - [0.0, 0x34 / 255, 0x6E / 255]) < 0.02).all(axis=2)
    gold = (abs(pixels[:, :, :3] - [0xE0 / 255, 0xCF / 255, 0x7F / 255]) < 0.02).all(axis=2)
    assert navy.sum() > 5_000
    assert gold.sum() > 5_000


def test_a_style_that_is_not_ours_is_refused(report: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(report.read_text(encoding="utf-8").replace("<h1>", '<h1 style="color:red">', 1), encoding="utf-8")
    assert "Content Security Policy" in browse(spoilt, tmp_path, "--dump-dom").stderr
