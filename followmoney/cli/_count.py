"""Numbers with their noun."""

from __future__ import annotations


def count(number: int, what: str) -> str:
    """So many of them: `1 network`, `1,200 networks`."""
    return f"{number:,} {what}" + ("s" if number != 1 else "")
