"""Elements built alike, taken apart by one regular expression: which texts are wanted is worked out once for all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import NamedTuple

from followmoney.readers._iso_shape import Found, Shape

_NAME = "[A-Za-z_][A-Za-z0-9_.-]*+"
_TAG = re.compile(rf'/?(?P<space>(?:{_NAME}:)?){_NAME}(?: (?!xmlns){_NAME}="[^"&<\t\n\r]*")?/?')
_CURRENCY = re.compile(r' Ccy="([^"]+)"')
_DEEP = 100
_MOST = 300  # tags of one expression


class Text(NamedTuple):
    """A wanted text: its group, its key, that of the next ones, and the currency beside it."""

    group: int
    key: str
    more: str
    currency_key: str
    currency: str


class Plan(NamedTuple):
    """Which elements are there, and which texts to take, in document order."""

    there: Mapping[str, bool]
    texts: Sequence[Text]

    def of(self, groups: Sequence[str]) -> Found:
        """What `Shape.of` finds in the element."""
        found: Found = dict(self.there)
        for group, key, more, currency_key, currency in self.texts:
            text = groups[group]
            if text := (unescape(text) if "&" in text else text).strip():
                if key in found:
                    found.setdefault(more, []).append(text)
                    continue
                found[key] = text
                if currency:
                    found[currency_key] = currency
        return found


class Plans(NamedTuple):
    """An element that contains others (its details), and the expression that it matches."""

    pattern: re.Pattern[str]
    outer: Plan
    inner: Sequence[Plan]

    def of(self, text: str) -> tuple[Found, list[Found]] | None:
        """What is found in the element and in its details; None where it is built otherwise."""
        match = self.pattern.fullmatch(text)
        if match is None:
            return None
        groups = match.groups()
        return self.outer.of(groups), [plan.of(groups) for plan in self.inner]


def plans(text: str, outer: Shape, inner: Shape, detail: str, apart: frozenset[str]) -> Plans | None:
    """For elements written as this one; None where it is not written plainly, or contains what has to stand `apart`.

    Plain is: balanced tags whose names have the prefix of the first, with at most one attribute, and not too many.
    """
    tags = re.findall("<([^<>]*+)>", text)
    if not _plain(tags):
        return None
    names = [tag.partition(" ")[0].strip("/").rpartition(":")[2] for tag in tags]
    opened = [at for at, name in enumerate(names) if name == detail and tags[at][0] != "/"]
    turns = ["-" if tag[-1] == "/" else tag[0] for tag, name in zip(tags, names, strict=True) if name == detail]
    if re.fullmatch("(?:-|[^-/]/)*", "".join(turns)) is None or any(name in apart for name in names[1:-1]):
        return None  # a detail in a detail, or an element that the reader looks for by itself
    found = [_plan(outer, tags, names, 0), *(_plan(inner, tags, names, at) for at in opened)]
    wanted = sorted({one.group for plan in found for one in plan.texts})
    group = {at: number for number, at in enumerate(wanted)}
    found = [plan._replace(texts=[one._replace(group=group[one.group]) for one in plan.texts]) for plan in found]
    pattern = [f"<{re.escape(tag)}>" + ("([^<>]*+)" if at in group else "[^<>]*+") for at, tag in enumerate(tags)]
    pattern[-1] = f"<{re.escape(tags[-1])}>"
    return Plans(re.compile("".join(pattern)), found[0], found[1:])


def _plain(tags: Sequence[str]) -> bool:
    path: list[str] = []
    space: str | None = None
    for at, tag in enumerate(tags[:_MOST]):
        match = _TAG.fullmatch(tag)
        space = match["space"] if match and space is None else space
        if match is None or match["space"] != space or (at and not path) or len(path) > _DEEP:
            return False
        if tag[0] == "/":
            if not path or path.pop() != tag[1:]:
                return False
        elif tag[-1] != "/":
            path.append(tag.partition(" ")[0])
    return not path and 0 < len(tags) <= _MOST


def _plan(shape: Shape, tags: Sequence[str], names: Sequence[str], start: int) -> Plan:
    """For the element whose tag is at `start`; groups are called by the places of their tags."""
    there: dict[str, bool] = {}
    texts: list[Text] = []
    path: list[Shape | None] = []
    for at in range(start, len(tags)):
        tag = tags[at]
        if tag[0] == "/":
            path.pop()
            if not path:
                break
            continue
        empty = tag[-1] == "/"
        above = path[-1] if path else None
        here = above.steps.get(names[at]) if above else None
        if here is not None:
            if here.there:
                there[here.there] = True
            if here.key and not empty and (not here.steps or tags[at + 1][0] == "/"):
                said = _CURRENCY.search(tag) if here.money else None
                texts.append(Text(at, here.key, here.more, *((here.currency, said[1]) if said else ("", ""))))
        if not empty:
            path.append(here if path else shape)
        elif not path:
            break
    return Plan(there, texts)
