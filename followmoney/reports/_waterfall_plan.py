"""Places the bars of a waterfall: what is measured in a column of words, the bars on one scale from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from followmoney.languages import retell, say
from followmoney.reports._labels import height, shorten, wrapped
from followmoney.reports._paper import DETAIL, GREY, INK, TITLE, Label

LEFT, ACROSS, WIDE = 3.35, 3.9, 7.9
_TEXT, _BAR, _GAP, _TOP = 3.1, 0.2, 0.13, 0.3
_ARROW = 0.55


@dataclass(frozen=True)
class Bar:
    """One step: from where to where on the scale, in inches, and its height."""

    start: float
    end: float
    top: float
    kind: str
    """step, total or against."""
    link: str


@dataclass(frozen=True)
class Plan:
    """Everything in its place."""

    wide: float
    tall: float
    ticks: tuple[float, ...]
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    top: float = _TOP
    thick: float = _BAR


def plan(steps: Sequence[dict[str, Any]], rest: float, strength: float, against: Sequence[str], link: str) -> Plan:
    """The steps in their order, what the others add, the strength, and what speaks against it."""
    bars: list[Bar] = []
    labels: list[Label] = []
    y, so_far = _TOP + 0.1, 0.0

    def across(share: float) -> float:
        return LEFT + ACROSS * min(max(share, 0.0), 1.0)

    def line(texts: Sequence[tuple[str, str]], figure: str, start: float, end: float, kind: str) -> None:
        nonlocal y
        tall = sum(height(1, DETAIL) for _ in texts)
        labels.extend(
            Label(text, 0.12, y + height(1, DETAIL) * (n + 0.5), DETAIL, colour, bold=kind == "total")
            for n, (text, colour) in enumerate(texts)
        )
        top = y + max(0.0, (tall - _BAR) / 2)
        bars.append(Bar(start, end, top, kind, link))
        if figure:
            labels.append(Label(figure, max(start, end) + 0.07, top + _BAR / 2, DETAIL, bold=kind == "total"))
        y += max(tall, _BAR) + _GAP

    for row in steps:
        said = [(t, INK) for t in wrapped(retell(row["meaning"]), _TEXT, DETAIL)]
        seen = say("{seen}; limit {limit}", seen=retell(row["seen"]), limit=retell(row["limit"]))
        said.append((shorten(seen, _TEXT, DETAIL), GREY))
        line(said, f"+{row['adds']:.2f}", across(so_far), across(so_far + row["adds"]), "step")
        so_far += row["adds"]
    if rest:
        line([(say("other thresholds"), GREY)], f"+{rest:.2f}", across(so_far), across(so_far + rest), "step")
    line([(say("Strength"), INK)], f"{strength:.2f}", across(0), across(strength), "total")
    for text in against:
        said = [(t, INK) for t in wrapped(text, _TEXT, DETAIL, 3)]
        line(said, "", across(strength), max(across(strength) - _ARROW, LEFT - 0.05), "against")
        labels.append(Label(say("speaks against it"), across(strength) + 0.07, bars[-1].top + _BAR / 2, DETAIL, GREY))
    ticks = tuple(across(n / 4) for n in range(5))
    scale = [
        Label(f"{n / 4:.2f}".rstrip("0").rstrip("."), x, 0.16, DETAIL, GREY, "center") for n, x in enumerate(ticks)
    ]
    head = Label(say("What was seen; the limit"), 0.12, 0.16, TITLE, GREY)
    return Plan(WIDE + 0.6, y, ticks, tuple(bars), (head, *scale, *labels))
