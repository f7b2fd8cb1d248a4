"""A statement that came in several pages, in one file or several, is one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from followmoney.readers._parts import Made
from followmoney.readers._whole_units import within


@dataclass(frozen=True)
class Page:
    """One page: its number, whether it is the last (None: it does not say), and its row of the table of statements."""

    source: str
    what: str
    """Which statement, in words."""
    number: int
    last: bool | None
    row: dict[str, Any]
    counted: bool
    """Whether the numbers count the pages of this statement; else those of a message, which may hold other ones."""


P = TypeVar("P", bound=Page)


@dataclass
class Pages(Generic[P]):
    """Pages as they come, by what they have in common. One goes to the latest statement that has none of its number."""

    _kept: dict[object, list[list[P]]] = field(default_factory=dict[object, "list[list[P]]"])

    def add(self, key: object, page: P) -> None:
        """One more page."""
        some = self._kept.setdefault(key, [])
        lacks = (pages for pages in reversed(some) if all(page.number != known.number for known in pages))
        if (pages := next(lacks, None)) is None:
            some.append([page])
        else:
            pages.append(page)

    def together(self) -> Iterator[list[P]]:
        """The pages of each statement by number, in the order in which the statements began."""
        for some in self._kept.values():
            for pages in some:
                yield sorted(pages, key=lambda page: page.number)


def merged(pages: Sequence[Page]) -> Made:
    """The row of the whole: it opens as the first page does and closes as the last, and covers all of their days."""
    days = {"start": min, "end": max}
    ends = {
        name: choose(known)
        for name, choose in days.items()
        if (known := [page.row[name] for page in pages if page.row[name] is not None])
    }
    moved = [page.row["movements"] for page in pages if page.row["movements"] is not None]
    said = (page.row["currency"] for page in reversed(pages))
    return "statements", {
        **pages[0].row,
        **ends,
        "closing": pages[-1].row["closing"],
        "currency": next((currency for currency in said if currency), None),
        "movements": within(sum(moved)) if len(moved) == len(pages) else None,
        "entries": [entry for page in pages for entry in page.row["entries"]],
    }


def lacking(pages: Sequence[Page]) -> str | None:
    """A sentence on pages that were not received; None where none is known to be missing."""
    numbers = {page.number for page in pages}
    first = min(1, *numbers) if pages[0].counted else min(numbers)
    missing = sorted(set(range(first, max(numbers))) - numbers)
    beyond = pages[0].counted and pages[-1].last is False
    if not missing and not beyond:
        return None
    named = ", ".join(map(str, missing[:10])) + (" ..." if missing[10:] else "")
    said = [f"page {named} is" if len(missing) == 1 else f"pages {named} are"] if missing else []
    said += [f"what comes after page {max(numbers)} is"] if beyond else []
    return f"{pages[0].source}: {pages[0].what}: {' and '.join(said)} missing."
