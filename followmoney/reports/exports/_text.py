"""Text as files of other tools can carry it: nothing invisible, nothing that XML forbids."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from followmoney.reports._visible import visible

_FORBIDDEN: dict[int, str] = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}


def clean(text: object) -> str:
    """The text with signs for control characters."""
    return visible(str(text)).translate(_FORBIDDEN)


def xml(text: object) -> str:
    """The text as the content of an XML element."""
    return escape(clean(text))


def quoted(text: object) -> str:
    """The text as the value of an XML attribute, with its quotes."""
    return quoteattr(clean(text))


def line(record: Mapping[str, Any]) -> str:
    """A record as JSON in one line, members in order of their names."""
    return json.dumps(cleaned(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def cleaned(value: Any) -> Any:  # noqa: ANN401
    """Every text inside, with signs for control characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: cleaned(inside) for name, inside in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [cleaned(inside) for inside in value]  # pyright: ignore[reportUnknownVariableType]
    return value
