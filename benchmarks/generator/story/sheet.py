"""Tables written as text, so that a story can be read as a page."""

from __future__ import annotations

from datetime import date


def rows(text: str) -> list[dict[str, str]]:
    """Read lines of `a | b | c` below a heading line into one dictionary a line."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    head, *body = lines
    return [dict(zip(head, line, strict=True)) for line in body]


def cents(text: str) -> int:
    """Read an amount such as `9,450.00` into minor units, exactly."""
    whole, _, part = text.replace(",", "").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0")) * (-1 if whole.startswith("-") else 1)


def day(text: str) -> date | None:
    """Read an ISO date; nothing stays nothing."""
    return date.fromisoformat(text) if text else None
