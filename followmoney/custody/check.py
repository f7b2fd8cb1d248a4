"""`Check`: one thing that must hold of a folder, how often it does, and where it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """What was checked: `agree` of `of`, and a line for each that does not."""

    name: str
    what: str
    """What must hold, in a sentence."""
    agree: int
    of: int
    differs: tuple[str, ...] = ()
    """What differs and where, in order."""

    @property
    def holds(self) -> bool:
        """Whether all of it agrees."""
        return self.agree == self.of and not self.differs


def check(name: str, what: str, of: int, differs: Iterable[str]) -> Check:
    """A check of so many things, of which these differ."""
    found = tuple(differs)
    return Check(name, what, max(of - len(found), 0), of, found)
