"""What is wanted of an element, by path → its texts in a flat dictionary: one walk that looks at nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from followmoney.readers._xml import Element

Found = dict[str, Any]
"""Text by key. Of several the first; the others are a list under `+key`. The currency of an amount is under `key@`. An
element wanted for being there alone is True."""

NOTHING: Found = {}
_TAGS = 512  # names remembered at a place; a message has far fewer
_PLACEHOLDERS = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NOTPROVIDE", "NOTAVAILABLE", "NONREF", "UNKNOWN", "N/A"})


class Shape:
    """Wanted texts by path (`RltdPties/Dbtr/Nm`), each with its key; several paths may lead to one key.

    A key that begins with `!` asks only whether the element is there. Namespaces do not matter.
    """

    def __init__(self, wanted: Mapping[str, str] | None = None) -> None:
        self.key = ""
        self.more = ""
        self.there = ""
        self.money = False
        self.currency = ""
        self.steps: dict[str, Shape] = {}
        self._seen: dict[Any, Shape | None] = {}
        for path, key in (wanted or {}).items():
            step = self
            for name in path.split("/"):
                step = step.steps.setdefault(name, Shape())
            if key[0] == "!":
                step.there = key[1:]
            else:
                step.key, step.more, step.money, step.currency = key, f"+{key}", key.endswith("Amt"), f"{key}@"

    def of(self, element: Element, found: Found | None = None) -> Found:
        """The texts wanted of an element; as deep as the element, which the parser limits (256)."""
        found = {} if found is None else found
        seen = self._seen
        for child in element:
            tag = child.tag
            try:
                step = seen[tag]
            except KeyError:
                step = self._step(tag)
            if step is None:
                continue
            if step.there:
                found[step.there] = True
            if step.steps and (not step.key or len(child)):
                step.of(child, found)
            elif (key := step.key) and (text := child.text) and (text := text.strip()):
                if key in found:
                    found.setdefault(step.more, []).append(text)
                    continue
                found[key] = text
                if step.money and (currency := child.get("Ccy")):
                    found[step.currency] = currency
        return found

    def _step(self, tag: object) -> Shape | None:
        step = self.steps.get(tag.rpartition("}")[2]) if isinstance(tag, str) else None
        if len(self._seen) < _TAGS:
            self._seen[tag] = step
        return step


def meant(found: Found, key: str) -> str | None:
    """A text; None also where it only fills a mandatory place (NOTPROVIDED)."""
    value = found.get(key)
    return None if value is None or (value[0] in "NnUu" and value.upper() in _PLACEHOLDERS) else value


def each(found: Found, key: str) -> list[str]:
    """All texts of a key, in document order."""
    return [found[key], *found.get(f"+{key}", ())] if key in found else []
