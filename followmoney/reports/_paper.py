"""What a planned picture is made of: texts and their places, in inches from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from followmoney.reports._labels import fitting, height, width

NAVY, GOLD, INK, GREY, PAPER = "#00346e", "#e0cf7f", "#1a1a1a", "#4d5561", "#ffffff"
TITLE, DETAIL, AMOUNT, CAPTION = 7.8, 7.2, 7.2, 8.2

Align = Literal["left", "center", "right"]
_START = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Label:
    """A line of text: where its beginning, middle or end is, and where its middle is in height."""

    text: str
    x: float
    y: float
    size: float = DETAIL
    colour: str = INK
    align: Align = "left"
    bold: bool = False
    link: str | None = None

    def area(self) -> tuple[float, float, float, float]:
        """Left, top, right and foot of the room it takes."""
        wide, tall = width(self.text, self.size) * (1.08 if self.bold else 1.0), height(1, self.size)
        left = self.x - wide * _START[self.align]
        return left, self.y - tall / 2, left + wide, self.y + tall / 2


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """True where two areas (left, top, right, foot) share room."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def stacked(lines: list[str], x: float, foot: float, *, size: float, align: Align = "center") -> list[Label]:
    """Lines above one another, the last one standing on `foot`."""
    step = height(1, size)
    return [Label(t, x, foot - step * (len(lines) - i - 0.5), size, align=align) for i, t in enumerate(lines)]


def paragraph(text: str, wide: float, size: float = CAPTION) -> list[str]:
    """A text in lines of `wide` inches, none of it left out."""
    lines, now = list[str](), ""
    for word in (part for whole in text.split(" ") for part in fitting(whole, wide, size)):
        longer = f"{now} {word}".strip()
        if now and width(longer, size) > wide:
            lines.append(now)
            now = word
        else:
            now = longer
    return [*lines, now] if now else lines
