"""Where some rows of a file stand, as a text, and back."""

from __future__ import annotations

import re

_SPOT = re.compile(r"(?P<source>.*) (?P<first>[0-9]{1,18})-(?P<last>[0-9]{1,18})", re.DOTALL)


def spot(source: str, first: int, last: int) -> str:
    """Rows of a file, from the first to the last: `"march.xml 12-40"`."""
    return f"{source} {first}-{last}"


def spotted(text: str) -> tuple[str, int, int] | None:
    """File, first and last row; None where the text is none of ours."""
    found = _SPOT.fullmatch(text)
    return (found["source"], int(found["first"]), int(found["last"])) if found else None
