"""Statements in ISO 20022 that came in pages: which page one is, and whether the pages together add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followmoney.readers._camt_totals import Stated, differences
from followmoney.readers._iso_fields import is_set
from followmoney.readers._iso_shape import Found
from followmoney.readers._pages import Page, Pages, lacking, merged
from followmoney.readers._parts import Made
from followmoney.readers._streams import head

_DIGITS = 5


@dataclass(frozen=True)
class CamtPage(Page):
    """A page with what has to agree once all of them are there."""

    entries: int
    sums: Mapping[str, Sequence[int]]
    summary: Found
    opening: Stated | None
    closing: Stated | None


def page(statement: Found, message: Found) -> tuple[int, bool | None, bool] | None:
    """Number, whether it is the last, and whether the statement (not only its message) counts it; None if alone."""
    for found, counted in ((statement, True), (message, False)):
        number, said = found.get("page", ""), found.get("last page")
        last = None if said is None else is_set(said)
        known = number.isascii() and number.isdigit() and len(number) <= _DIGITS
        if known and not (int(number) == 1 and last):
            return int(number), last, counted
    return None


def first_page(path: Path) -> int:
    """The page that a file says first that it is; 1 where it says nothing."""
    import re

    found = re.search(rb"Pgntn>\s*<(?:[\w.-]+:)?PgNb>\s*([0-9]{1,5})\s*<", head(path))
    return int(found[1]) if found else 1


def whole(pages: Pages[CamtPage], notes: list[str], *, covers: bool) -> Iterator[tuple[str, Made]]:
    """Source and row of each statement that came in pages; what does not agree goes to the notes."""
    for some in pages.together():
        notes += _differences(some)
        if covers and (missing := lacking(some)) is not None:
            notes.append(missing)
        row = merged(some)
        if covers and row[1]["start"] is not None and row[1]["start"] <= row[1]["end"]:
            yield some[0].source, row


def _differences(pages: Sequence[CamtPage]) -> list[str]:
    """Totals may be those of the page or of the whole statement: wrong is what fits neither."""
    entries = sum(one.entries for one in pages)
    sums: dict[str, list[int]] = {}
    for one in pages:
        for currency, (credit, debit) in one.sums.items():
            known = sums.setdefault(currency, [0, 0])
            known[0], known[1] = known[0] + credit, known[1] + debit
    ends: dict[str, Any] = {"opening": pages[0].opening, "closing": pages[-1].closing}
    what = f"{pages[0].source}: {pages[0].what}"
    found = differences(what, entries, sums, {}, **ends)
    for one in pages:
        own = differences(what, one.entries, one.sums, one.summary, opening=None, closing=None)
        if own:
            found += differences(what, entries, sums, one.summary, opening=None, closing=None)
    return list(dict.fromkeys(found))
