"""Elements of a goAML report."""

from __future__ import annotations

from datetime import datetime

from followmoney.reports.exports._rows import moment as written
from followmoney.reports.exports._text import xml


def element(name: str, text: object) -> str:
    """An element with a text; nothing where there is none."""
    return "" if text is None or text == "" else f"<{name}>{xml(text)}</{name}>"


def around(name: str, inside: str) -> str:
    """An element around others; nothing where there are none."""
    return f"<{name}>{inside}</{name}>" if inside else ""


def moment(at: datetime) -> str:
    """A time in UTC, which it says."""
    return f"{written(at)}Z"
