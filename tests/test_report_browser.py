"""A report opens in a real browser: without the network, without a complaint; its own policy turns scripts off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from drawn_cases import harbour

import followmoney as fm

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium, which is not installed")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    return fm.report(harbour(), tmp_path_factory.mktemp("cases") / "harbour")


def browse(page: Path, home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Open a page and let the browser say what it has to say."""
    call = [str(BROWSER), *QUIET, f"--user-data-dir={home}/profile", "--enable-logging=stderr", *more, page.as_uri()]
    return subprocess.run(
        call, capture_output=True, text=True, check=False, timeout=120, cwd=home, env=os.environ | {"HOME": str(home)}
    )


def test_a_report_opens_and_says_nothing_on_the_console(report: Path, tmp_path: Path) -> None:
    done = browse(report, tmp_path, "--dump-dom")
    assert "Schedule A: transactions that carry claim money" in done.stdout
    assert done.stdout.count("<svg") == 6
    assert "CONSOLE" not in done.stderr


def asked(page: Path, home: Path) -> set[str]:
    """The hosts that a page made the browser look for; whatever the browser asks for itself is left out."""
    log = home / "net.json"
    browse(page, home, f"--log-net-log={log}", "--dump-dom")
    text = log.read_text(encoding="utf-8").rstrip().removesuffix(",")
    events = json.loads(text if text.endswith("}") else f"{text}]}}")["events"]
    urls = {event["params"]["url"] for event in events if "url" in event.get("params", {})}
    hosts = {host for url in urls if (host := urlsplit(url).hostname)}
    return {host for host in hosts if not host.endswith(("google.com", "googleapis.com", "gvt1.com"))}


def test_a_report_asks_the_network_for_nothing(report: Path, tmp_path: Path) -> None:
    assert asked(report, tmp_path) == set()


def test_a_page_that_asks_for_something_would_be_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<img src="http://elsewhere.example/pixel.png">', encoding="utf-8")
    assert asked(page, tmp_path) == {"elsewhere.example"}


def test_a_report_is_styled_and_drawn(report: Path, tmp_path: Path) -> None:
    shot = tmp_path / "page.png"
    done = browse(report, tmp_path, "--window-size=1300,4000", f"--screenshot={shot}")
    assert shot.exists(), done.stderr
    from matplotlib import image

    pixels = image.imread(shot)
    navy = (abs(pixels[:, :, :3] - [0.0, 0x34 / 255, 0x6E / 255]) < 0.02).all(axis=2)
    gold = (abs(pixels[:, :, :3] - [0xE0 / 255, 0xCF / 255, 0x7F / 255]) < 0.02).all(axis=2)
    assert navy.sum() > 5_000
    assert gold.sum() > 5_000


def test_a_script_would_not_run(report: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.html"
    text = report.read_text(encoding="utf-8").replace("<h1>", "<script>document.title = 'ran'</script><h1>", 1)
    spoilt.write_text(text, encoding="utf-8")
    done = browse(spoilt, tmp_path, "--dump-dom")
    assert "<title>HARBOUR</title>" in done.stdout
    assert "Content Security Policy" in done.stderr


def test_a_style_that_is_not_ours_is_refused(report: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(report.read_text(encoding="utf-8").replace("<h1>", '<h1 style="color:red">', 1), encoding="utf-8")
    assert "Content Security Policy" in browse(spoilt, tmp_path, "--dump-dom").stderr
