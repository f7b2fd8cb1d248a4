"""What is said of a column that sources, or rows of one, fill differently for one account or party."""

from __future__ import annotations

from collections.abc import Collection

_NAMED = 3  # identifiers in a note


def differing(table: str, column: str, ids: Collection[str]) -> str:
    """The sentence."""
    some = sorted(ids)
    named = ", ".join(some[:_NAMED]) + (" ..." if some[_NAMED:] else "")
    return (
        f"{table}: {column} is said differently in different places for {len(some):,} of them "
        f"({named}); the account's own statement counts, else the first by file and row."
    )
