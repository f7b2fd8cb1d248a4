"""Which languages there are, and where their catalogues lie."""

from __future__ import annotations

ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "it")
"""By their ISO 639-1 codes; English is what the program itself is written in and has no catalogue."""
REPORT, SENTENCES = "report", "sentences"
"""Catalogues: what the report says itself, and what results say of themselves, in English, before it."""


def path(language: str, catalogue: str) -> str:
    """The place of a catalogue in the package."""
    return f"locale/{language}/LC_MESSAGES/{catalogue}.po"
