"""The handling codes on top of a report, in the language of the report."""

from __future__ import annotations

from collections.abc import Iterable

from followmoney.languages import say


def banner(codes: Iterable[str]) -> str:
    """The line "Handling: H1 · TLP:AMBER"; "" without codes. Tables and exports have it in English, as all words."""
    told = " · ".join(codes)
    return say("Handling: {codes}", codes=told) if told else ""
