"""`report.pdf`: the chapters of the page on paper, made to be kept and to be read aloud, with the tables attached."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.languages import say, spoken
from followmoney.reports import anchors
from followmoney.reports._blocks import Section, Table
from followmoney.reports._handled import handled
from followmoney.reports._pdf import _signs
from followmoney.reports._pdf._columns import BREAK, breakable
from followmoney.reports._pdf._content import cell, parts
from followmoney.reports._pdf._signs import signs

if TYPE_CHECKING:
    from followmoney.reports._pack import Pack

_LARGEST = 20 * 2**20
_MIME = {
    ".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".jsonl": "application/jsonl",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_UNDATED = (2000, 1, 1, 0, 0, 0)


def write(pack: Pack, path: Path) -> int:
    """Write the pages of a report; returns how many rows its Schedule A lists.

    PDF/A-3a and PDF/UA-1 as Typst makes them; every file beside it up to 20 MB is attached. The date in its properties
    is that of the last transaction, so that the same case gives the same bytes. Cost: 13 s and 1.2 GB where both
    schedules are full (10,000 transactions, 500 accounts); 2 s for a small case.
    """
    from typst import Compiler, Fonts

    with tempfile.TemporaryDirectory(prefix="followmoney-") as name:
        folder = Path(name)
        attached, left = _attached(path.parent, folder)
        sections = pack.sections(path.parent)
        content = _content(pack, sections, attached, left, folder)
        (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        template = (files("followmoney.reports") / "_pdf" / "report.typ").read_bytes()
        (folder / "report.typ").write_bytes(template)
        fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_signs.folder()])
        made = Compiler(folder / "report.typ", root=folder, font_paths=fonts)
        pages, _ = made.compile_with_warnings(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=0)
        assert isinstance(pages, bytes)
        path.write_bytes(pages)
    return _listed(sections)


def _content(
    pack: Pack, sections: Sequence[Section], attached: list[dict[str, str]], left: list[str], folder: Path
) -> dict[str, Any]:
    case, kind = pack.case, say("Tracing report")
    cover = [
        (term, [cell(c, breakable(signs(c.text)), breakable(signs(c.more)), set()) for c in cells])
        for term, cells in pack.cover
    ]
    held = ", ".join(file["name"] for file in attached)
    more = [say("Not attached, because larger than 20 MB: {files}.", files=", ".join(left))] if left else []
    cover.append((say("Attached to this file"), [held, *more]))
    head = (signs(handled(case.handling)), kind, signs(case.name))
    content = {
        "lang": spoken(), "mark": BREAK, "kind": kind, "title": signs(case.name), "about": kind,
        "contents": say("Contents"), "head": " · ".join(part for part in head if part),
        "foot": say("Run {fingerprint}", fingerprint=pack.fingerprint[:16]),
        "date": _date(pack), "cover": cover, "attached": attached, "parts": parts(sections, folder),
    }  # fmt: skip
    if _signs.OPEN in json.dumps(content, ensure_ascii=False):
        cover.append((say("Signs"), [say(_signs.LACKS, start=_signs.OPEN, end=_signs.CLOSE)]))
    return content


def _date(pack: Pack) -> dict[str, int]:
    """The end of the trace, or the last transaction of the ledger."""
    last: datetime | None = None
    if pack.case.trace is not None and pack.case.trace.until is not None:
        last = pack.case.trace.until
    elif pack.case.ledger is not None:
        found: Any = pack.case.ledger.numbered["booked_at"].max()
        last = found
    parts = _UNDATED if last is None else (last.year, last.month, last.day, last.hour, last.minute, last.second)
    return dict(zip(("year", "month", "day", "hour", "minute", "second"), parts, strict=True))


def _attached(report: Path, folder: Path) -> tuple[list[dict[str, str]], list[str]]:
    """The tables of a report, copied beside the pages; and those that are too large."""
    found: list[dict[str, str]] = []
    left: list[str] = []
    for file in sorted(p for p in report.iterdir() if p.suffix in _MIME):
        if file.stat().st_size > _LARGEST:
            left.append(file.name)
            continue
        shutil.copyfile(file, folder / file.name)
        found.append({"name": file.name, "mime": _MIME[file.suffix], "about": f"{file.name} of this report"})
    return found, left


def _listed(sections: Sequence[Section]) -> int:
    tables = [b for s in sections if s.anchor == anchors.SCHEDULE_A for b in s.blocks if isinstance(b, Table)]
    return sum(not row.total for found in tables for row in found.rows)
