"""What the registers say because a scheme needs it, beside what they say of everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Told:
    """Lines for the registers; who is meant is said by the number of an account."""

    companies: dict[int, date] = field(default_factory=dict[int, date])
    """Spare accounts that a company holds, not a person, and when it was founded."""
    interests: list[tuple[int, int, float, date | None]] = field(
        default_factory=list[tuple[int, int, float, "date | None"]]
    )
    """Owner, owned, share, since when."""
    roles: list[tuple[int, int, str, date | None]] = field(default_factory=list[tuple[int, int, str, "date | None"]])
    """Who, of whom, as what, since when."""
    at_the_agent: list[int] = field(default_factory=list[int])
    """Companies that have the address of the formation agent of their country too."""
