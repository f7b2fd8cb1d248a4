"""`say` and `count`: a text in the language spoken now, looked up whole and then filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followmoney.languages._catalogue import translator
from followmoney.languages._known import REPORT
from followmoney.languages.speaking import spoken


def say(text: str, /, **values: object) -> str:
    """The text with its gaps filled by name; whole numbers with commas, as everywhere in a report."""
    told = translator(spoken(), REPORT).gettext(text) if text else ""
    return told.format_map(_written(values)) if values else told


def count(number: int, one: str, more: str, /, **values: object) -> str:
    """The text for one thing or for more, as the language has it; `{n}` is the number."""
    told = translator(spoken(), REPORT).ngettext(one, more, number)
    return told.format_map(_written({"n": number, **values}))


def columns(*heads: str) -> list[str]:
    """Heads of a table; the mark of a column (">" figures, "|" unbroken) is no part of the text."""
    found: list[str] = []
    for head in heads:
        text = head.rstrip(">|")
        found.append((say(text) if text else "") + head[len(text) :])
    return found


def mark(text: str) -> str:
    """The text as it is; marks a text that is kept and said later, for the catalogues."""
    return text


def marks(*texts: str) -> tuple[str, ...]:
    """The same for several."""
    return texts


def listed(names: Sequence[str]) -> str:
    """Names as people list them: "A, B and C"."""
    if len(names) <= 1:
        return "".join(names)
    return say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def _written(values: Mapping[str, object]) -> dict[str, object]:
    return {name: f"{value:,}" if type(value) is int else value for name, value in values.items()}
