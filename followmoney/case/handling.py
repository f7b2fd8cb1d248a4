"""Handling codes: who may see a report and what may be done with it; `handling.csv` beside this file has those known.

Any other text is a code too, as an authority gives it: what it means is then for its giver to say.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Code:
    """One handling code that is published."""

    code: str
    meaning: str
    source: str
    """Where it was read."""


@cache
def known() -> dict[str, Code]:
    """Every published code by its name, in the order of the table."""
    with (files("followmoney.case") / "handling.csv").open(encoding="utf-8") as rows:
        return {row["code"]: Code(**row) for row in csv.DictReader(rows)}


def spelled(text: str) -> str:
    """A code as it is published, whatever its capitals; any other text as it is, in one line."""
    plain = " ".join(text.split())
    return next((code for code in known() if code.casefold() == plain.casefold()), plain)


def meaning(code: str) -> str:
    """What a code means; "" where its giver alone can say."""
    return known()[code].meaning if code in known() else ""


def banner(codes: Iterable[str]) -> str:
    """The line that stands on top of everything that is handed out: "Handling: H1 · TLP:AMBER"; "" without codes."""
    told = " · ".join(codes)
    return f"Handling: {told}" if told else ""
