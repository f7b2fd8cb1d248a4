"""Reads a catalogue of translations (gettext's .po), as far as ours go: text, plurals and comments."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

_KEYWORD = re.compile(r'^(msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*")$')


@dataclass
class Entry:
    """One text and its translations: one, or one for each form of the plural."""

    one: str = ""
    more: str | None = None
    told: list[str] = field(default_factory=list[str])


def entries(text: str) -> list[Entry]:
    """Every entry in order, the header (whose text is empty) among them.

    Raises:
        ValueError: A line is none of a catalogue; the message has its number.
    """
    found: list[Entry] = []
    where = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if (keyword := _KEYWORD.match(line)) is not None:
            where = keyword[1]
            if where == "msgid":
                found.append(Entry())
            if where.startswith("msgstr"):
                found[-1].told.append("")
            if where == "msgid_plural":
                found[-1].more = ""
            quoted = keyword[2]
        elif line.startswith('"') and where:
            quoted = line.strip()
        else:
            raise ValueError(f"line {number} is none of a catalogue: {line[:60]!r}")
        _add(found[-1], where, str(ast.literal_eval(quoted)))
    return found


def _add(entry: Entry, where: str, text: str) -> None:
    if where == "msgid":
        entry.one += text
    elif where == "msgid_plural":
        entry.more = (entry.more or "") + text
    else:
        entry.told[-1] += text
