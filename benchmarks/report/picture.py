"""The README's picture of a report, made anew from the sample case: `python -m benchmarks.report.picture`.

Needs Playwright and Chromium; writes sample_data/report.png: the head of the page, the finding, and the flow.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

GOAL = Path(__file__).parents[2] / "sample_data" / "report.png"
WIDE, HEAD, COLOURS = 1000, 620, 32
"""Pixels across and of the page's beginning; colours enough for a page that is mostly paper."""


def main() -> None:
    """Run the sample case and look at its report."""
    from PIL import Image

    from followmoney.cli import main as followmoney

    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        if followmoney(["demo", "--out", str(run)]):
            raise SystemExit("the sample case did not run")
        parts = [Image.open(io.BytesIO(part)).convert("RGB") for part in shots(run / "report.html")]
    whole = Image.new("RGB", (WIDE, sum(part.height for part in parts)), "white")
    down = 0
    for part in parts:
        whole.paste(part, (0, down))
        down += part.height
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(GOAL, optimize=True)
    print(f"{GOAL}: {GOAL.stat().st_size / 1000:.0f} kB")


def shots(page: Path) -> list[bytes]:
    """The beginning of a page, and its first picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found: Any = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = found.new_page(viewport={"width": WIDE, "height": 900}, java_script_enabled=False)
        shown.goto(page.as_uri())
        head = shown.screenshot(clip={"x": 0, "y": 0, "width": WIDE, "height": HEAD})
        box = shown.locator("#flow ~ figure").first.bounding_box()
        flow = shown.screenshot(
            clip={"x": 0, "y": box["y"] - 50, "width": WIDE, "height": box["height"] + 50}, full_page=True
        )
        found.close()
    return [head, flow]


if __name__ == "__main__":
    main()
