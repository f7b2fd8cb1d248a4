"""What is written on a flow picture: who, which account, what it holds, and amounts where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from followmoney.languages import say
from followmoney.reports._flow_boxes import Box
from followmoney.reports._flow_geometry import BAR, Bar, Ribbon
from followmoney.reports._labels import compact, height, width, wrapped
from followmoney.reports._paper import AMOUNT, DETAIL, GREY, INK, NAVY, PAPER, TITLE, Label

_ROOM = 1.3


def lines(box: Box) -> list[str]:
    """Who, which account, and what of the claim is there in the end."""
    found = [*wrapped(box.title, _ROOM, TITLE), *wrapped(box.detail, _ROOM, DETAIL, 1)]
    return [*found, say("holds {amount}", amount=held)] if (held := box.holds()) else found


def titles(bars: Sequence[Bar]) -> list[Label]:
    """The lines above each bar."""
    found = list[Label]()
    step = height(1, TITLE)
    for bar in bars:
        held = 1 if bar.box.holds() else 0
        for left, text in enumerate(reversed(bar.lines)):
            y = bar.top - 0.03 - step * (left + 0.5)
            if left < held:
                found.append(Label(text, bar.x, y, DETAIL, NAVY, "center", bold=True, link=bar.box.link))
            elif left == held:
                found.append(Label(text, bar.x, y, DETAIL, GREY, "center", link=bar.box.link))
            else:
                found.append(Label(text, bar.x, y, TITLE, INK, "center", link=bar.box.link))
    return found


def amounts(ribbon: Ribbon, home: str) -> list[Label]:
    """The claim part in figures on the dark part, the rest on the light part, where there is room for a line."""
    stage, link = ribbon.stages[0], ribbon.link
    if len(link.amount) != 1:
        return []
    ((currency, amount),) = link.amount.items()
    claim = link.claim[currency]
    found = list[Label]()
    parts = (
        (claim, stage.top, stage.claim, PAPER),
        (amount - claim, stage.top + stage.claim, stage.height - stage.claim, INK),
    )
    for figure, top, tall, colour in parts:
        if not figure or tall < height(1, AMOUNT):
            continue
        text = f"{compact(figure, currency)}{'' if currency == home else ' ' + currency}"
        times = f"{text} ({len(link.rows)}×)"
        room = stage.right - stage.left - BAR / 2 - 0.06
        text = times if len(link.rows) > 1 and width(times, AMOUNT) <= room else text
        if width(text, AMOUNT) <= room:
            found.append(Label(text, stage.left + BAR / 2 + 0.05, top + tall / 2, AMOUNT, colour))
    return found
