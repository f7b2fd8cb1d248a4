"""The gaps of sentences: which hold our own words, to be retold, and which names and figures, kept."""

from __future__ import annotations

NUMBER = "n"
"""The number a plural goes by."""
PHRASES: frozenset[str] = frozenset()


def shape(gap: str, least: str) -> str:
    """A pattern for what can stand in a gap; `least` is "?" to take as little as can be."""
    return rf"-?\d[\d,]*{least}" if gap == NUMBER else f".*{least}"
