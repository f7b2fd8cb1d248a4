"""SVG made fit for a page with a strict content policy: no style sheets, no foreign links, names of its own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Mapping

from followmoney.reports._svg_lean import lean
from followmoney.reports._visible import in_line

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_PLACES = ("tx-", "ac-", "ev-", "schedule-")
_FONT = re.compile(r"^(?:(?P<weight>bold|\d00) )?(?P<size>[\d.]+)px (?P<family>.+)$")
_FAMILY = "'DejaVu Sans', Verdana, sans-serif"
_DROPPED = {"metadata", "style"}


def tidy(text: str, prefix: str, titles: Mapping[str, str], places: Container[str] | None = None) -> str:
    """The SVG as one element to stand in a page.

    Args:
        text: What matplotlib wrote.
        prefix: Put before every name in it, so that two pictures on a page do not clash.
        titles: What a named part says when pointed at.
        places: Names that links may jump to; others jump to Schedule A. None: links are left as they are.
    """
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(text)  # noqa: S314 - written by ourselves a moment ago
    _measure(root)
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    for parent in root.iter():
        for child in [c for c in parent if _tag(c) in _DROPPED]:
            parent.remove(child)
    for element in root.iter():
        _style(element)
    lean(root, _FAMILY)
    for element in root.iter():
        _clean(element, prefix, places)
    for element in list(root.iter()):
        name = element.get("id", "").removeprefix(f"{prefix}-")
        if name in titles:
            title = ET.Element(f"{{{_SVG}}}title")
            title.text = in_line(titles[name])
            element.insert(0, title)
    return ET.tostring(root, encoding="unicode")


def _measure(root: ET.Element) -> None:
    """As wide as drawn, in pixels of a screen; the page may make it smaller, never higher than it should be."""
    wide = float(root.get("viewBox", "0 0 0 0").split(" ")[2])
    root.set("width", str(round(wide * 96 / 72)))
    root.attrib.pop("height", None)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _style(element: ET.Element) -> None:
    """A style sheet of one element, as attributes: the page's policy forbids the sheet."""
    for key, value in _attributes(element.attrib.pop("style", "")):
        element.set(key, value)


def _clean(element: ET.Element, prefix: str, places: Container[str] | None) -> None:
    if (name := element.get("id")) is not None:
        element.set("id", f"{prefix}-{name}")
    for key, value in element.attrib.items():
        if value.startswith("url(#"):
            element.set(key, value.replace("url(#", f"url(#{prefix}-"))
    element.attrib.pop("target", None)
    if (href := element.get(_HREF)) is not None:
        name = href.removeprefix("#")
        if not name.startswith(_PLACES):
            element.set(_HREF, f"#{prefix}-{name}")
        elif places is not None and name not in places:
            element.set(_HREF, "#schedule-a")


def _attributes(style: str) -> list[tuple[str, str]]:
    found = list[tuple[str, str]]()
    for rule in style.split(";"):
        key, _, value = (part.strip() for part in rule.partition(":"))
        if key == "font" and (font := _FONT.match(value)):
            found += [("font-size", font["size"]), ("font-family", _FAMILY)]
            if font["weight"]:
                found.append(("font-weight", font["weight"]))
        elif key:
            found.append((key, value))
    return found
