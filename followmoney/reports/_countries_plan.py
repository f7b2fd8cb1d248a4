"""Places tiles, bars and words of a picture by country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from followmoney.languages import retell, say
from followmoney.reports import anchors
from followmoney.reports._countries_rows import Country
from followmoney.reports._countries_tiles import COLUMNS, PLACES, ROWS, beyond
from followmoney.reports._labels import compact, height, printable, short_account, width
from followmoney.reports._paper import DETAIL, GREY, INK, PAPER, TITLE, Align, Label, paragraph
from followmoney.schema.codes import money

WIDE, TILE = 9.6, 0.3
_LEFT, _RIGHT, _ROW = 1.15, 5.2, 0.46
_ENDS = (6.05, 7.55, 8.45)
_LINE = 0.2
_BEYOND = 0.6  # of a tile; countries beyond the scheme stand a little apart
_TEXT_ON_DARK = {"dark", "some"}


@dataclass(frozen=True)
class Tile:
    """A country of the scheme: dark (most of the claim), some, passed, or none."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True)
class Part:
    """A bar or a part of one."""

    left: float
    right: float
    top: float
    tall: float
    kind: str
    """claim, rest or left."""
    link: str
    name: str


@dataclass(frozen=True)
class Plan:
    """Everything in its place."""

    tall: float
    tiles: tuple[Tile, ...]
    parts: tuple[Part, ...]
    brackets: tuple[tuple[float, float, float], ...]
    """From where to where, and at which height."""
    labels: tuple[Label, ...]
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    wide: float = WIDE


def plan(every: list[Country], scale: Mapping[str, float], home: str) -> Plan:
    """Tiles above, with a key and the clocks at their side; a row a country below."""
    tiles, labels, foot = _tiles(every, scale)
    letters = {clock: chr(97 + n) for n, clock in enumerate(dict.fromkeys(c for its in every for c in its.clocks))}
    key, parts, brackets, low = _key(letters)
    labels += key
    top = max(foot, low) + 0.3
    ends = [scale[its.currency] * max(its.claim, its.most or 0, its.left) for its in every]
    inch = (_RIGHT - _LEFT) / (max(ends) or 1.0)
    heads: list[tuple[str, float, Align]] = [
        (say("Country"), 0.12, "left"), (say("Claim"), _ENDS[0], "right"), (say("Least – most"), _ENDS[1], "right"),
        (say("Left"), _ENDS[2], "right"), (say("Clock"), _ENDS[2] + 0.25, "left"),
    ]  # fmt: skip
    labels += [Label(text, x, top, TITLE, GREY, align) for text, x, align in heads]
    titles: dict[str, str] = {}
    y = top + 0.18
    for its in every:
        by = inch * scale[its.currency]
        parts += _bar(its, by, y, titles)
        if its.least is not None and its.most is not None:
            brackets.append((_LEFT + by * its.least, _LEFT + by * its.most, y + 0.235))
        labels += _words(its, y, home, "".join(letters[c] for c in its.clocks))
        y += _ROW
    return Plan(y, tuple(tiles), tuple(parts), tuple(brackets), tuple(labels), titles)


def _tiles(every: list[Country], scale: Mapping[str, float]) -> tuple[list[Tile], list[Label], float]:
    held: dict[str, float] = {}
    left: set[str] = set()
    for its in every:
        for code in [its.code] if its.code else []:
            held[code] = held.get(code, 0.0) + scale[its.currency] * its.claim
            left |= {code} if its.left else set()
    large = 0.1 * sum(scale[its.currency] * its.claim for its in every)
    at = PLACES | beyond({*held})
    tiles: list[Tile] = []
    labels: list[Label] = []
    for code, (column, line) in sorted(at.items()):
        x, y = 0.12 + column * TILE, (line - _BEYOND if line >= ROWS else line) * TILE
        kind = "passed" if code in left else "none"
        if held.get(code):
            kind = "dark" if held[code] >= large else "some"
        tiles.append(Tile(x, y, kind))
        colour = PAPER if kind in _TEXT_ON_DARK else INK if kind == "passed" else GREY
        labels.append(Label(code, x + TILE / 2, y + TILE / 2, DETAIL - 0.6, colour, "center", bold=kind != "none"))
    return tiles, labels, TILE * (1 + max([ROWS - 1, *(line for _, line in at.values())]))


def _key(letters: Mapping[str, str]) -> tuple[list[Label], list[Part], list[tuple[float, float, float]], float]:
    """What the marks mean, and what each letter stands for."""
    x, y = 0.12 + COLUMNS * TILE + 0.45, 0.06
    labels: list[Label] = []
    parts: list[Part] = []
    brackets: list[tuple[float, float, float]] = []
    meaning = (
        ("claim", say("claim money there now: a part for each account or asset")),
        ("rest", say("the same, smaller ones together")),
        ("", say("the least and the most there, whichever value-conserving rule is adopted")),
        ("left", say("claim money that left for other countries, cash, crypto or unknown ends")),
    )
    for kind, text in meaning:
        if kind:
            parts.append(Part(x, x + 0.34, y, 0.13, kind, "", ""))
        else:
            brackets.append((x, x + 0.34, y + 0.065))
        for line in paragraph(text, WIDE - x - 0.6, DETAIL):
            labels.append(Label(line, x + 0.44, y + 0.065, DETAIL))
            y += _LINE
    tiles = say("Tiles: darkest, a tenth of the claim or more; dark, less; light, it only left from there.")
    head = [say("Clocks that may run there:")] if letters else []
    y += 0.06
    for text in [*paragraph(tiles, WIDE - x - 0.2, DETAIL), *head]:
        labels.append(Label(text, x, y + 0.065, DETAIL, GREY))
        y += _LINE
    for clock, letter in letters.items():
        labels.append(Label(letter, x + 0.02, y + 0.065, DETAIL, bold=True))
        for line in paragraph(retell(clock), WIDE - x - 0.4, DETAIL):
            labels.append(Label(line, x + 0.2, y + 0.065, DETAIL))
            y += height(1, DETAIL) + 0.02
        y += 0.02
    return labels, parts, brackets, y


def _bar(its: Country, by: float, y: float, titles: dict[str, str]) -> list[Part]:
    """The parts of a country, the largest first, then what left."""
    parts: list[Part] = []
    x = _LEFT

    def part(amount: int, kind: str, link: str, text: str) -> None:
        nonlocal x
        name = f"{kind}-{its.code or 'others'}-{its.currency}-{len(parts)}".replace("?", "unknown")
        right = x + max(by * amount, 0.015)
        parts.append(Part(x, right, y, 0.17, kind, link, name))
        titles[name] = text
        x = right

    for place in its.places:
        text = f"{printable(place.name)} ({short_account(place.id)}): {money(place.claim, its.currency)}"
        part(place.claim, "claim", place.link, text)
    if its.others:
        rest = its.claim - sum(place.claim for place in its.places)
        text = say("{number} with less: {amount}", number=its.others, amount=money(rest, its.currency))
        part(rest, "rest", anchors.SCHEDULE_B, text)
    if its.left:
        name = f"left-{its.code or 'others'}-{its.currency}".replace("?", "unknown")
        link = anchors.transaction(its.gone[0]) if its.gone else anchors.SCHEDULE_A
        parts.append(Part(_LEFT, _LEFT + max(by * its.left, 0.015), y + 0.29, 0.08, "left", link, name))
        titles[name] = say("Left from here: {amount}", amount=money(its.left, its.currency))
    return parts


def _words(its: Country, y: float, home: str, clocks: str) -> list[Label]:
    unit = "" if its.currency == home else f" {its.currency}"
    ends = "" if its.least is None or its.most is None else (
        f"{compact(its.least, its.currency)} – {compact(its.most, its.currency)}"
    )  # fmt: skip
    number = len(its.places) + its.others
    middle = y + 0.085
    code = Label(its.label, 0.12, middle, TITLE, bold=True)
    beside = Label(f"({number:,})", 0.12 + width(its.label, TITLE) * 1.08 + 0.06, middle, DETAIL, GREY)
    return [
        code, *([beside] if number else []),
        Label(compact(its.claim, its.currency) + unit, _ENDS[0], middle, TITLE, align="right", bold=True),
        Label(ends, _ENDS[1], middle, DETAIL, align="right"),
        Label(compact(its.left, its.currency) if its.left else "", _ENDS[2], middle, DETAIL, align="right"),
        Label(" ".join(clocks) or "–", _ENDS[2] + 0.25, middle, DETAIL),
    ]  # fmt: skip
