"""Where everything in a flow picture stands: bars in columns, ribbons around bars, labels where nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followmoney.reports._flow_boxes import Box
from followmoney.reports._flow_links import Link
from followmoney.reports._labels import compact, height, width, wrapped
from followmoney.reports._order import order
from followmoney.reports._paper import AMOUNT, DETAIL, GREY, INK, NAVY, PAPER, TITLE, Label
from followmoney.reports._settle import Pull, Slot, settle

BAR = 0.13
_TITLE_ROOM, _BEND, _MARGIN, _FLOW, _LEAST = 1.3, 0.6, 0.25, 3.8, 0.05
_PAD, _PASS = 0.10, 0.09  # free room above a label, and above a ribbon that passes


@dataclass(frozen=True)
class Bar:
    """A box with its place; `x` is the middle of the bar, `half` half the room its label takes."""

    box: Box
    x: float
    half: float
    top: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A level piece of a ribbon: from left to right at one height, `claim` of it (on top) claim money."""

    left: float
    right: float
    top: float
    height: float
    claim: float


@dataclass(frozen=True)
class Ribbon:
    """A link as it is drawn: level pieces joined by bends."""

    link: Link
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Plan:
    """A flow picture in inches; `foot` is where the caption begins."""

    wide: float
    foot: float
    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]
    returns: tuple[Link, ...]
    labels: tuple[Label, ...]


def plan(boxes: Sequence[Box], links: Sequence[Link], home: str) -> Plan:
    """Place boxes and links; links that would have to turn back are returned, not drawn. Figures in `home` stand bare."""
    used = sorted({b.column for b in boxes})
    column = [used.index(b.column) for b in boxes]
    number = {b.key: i for i, b in enumerate(boxes)}
    drawn = [k for k in links if column[number[k.source]] < column[number[k.target]]]
    returns = tuple(k for k in links if column[number[k.source]] >= column[number[k.target]])
    way = _ways(drawn, number, column, len(boxes))
    lines = [_title(b) for b in boxes]
    heights = _heights(boxes, drawn, number)
    scale = _FLOW / max(sum(heights[i] for i, c in enumerate(column) if c == k) for k in range(len(used)))
    slots = {
        i: Slot(max(h * scale, _LEAST), height(len(t), TITLE) + _PAD, max(h, 1e-9))
        for i, (h, t) in enumerate(zip(heights, lines, strict=True))
    }
    place = dict(enumerate(column))
    for link, path in zip(drawn, way, strict=True):
        for step, b in enumerate(path[1:-1], 1):
            thick = max(link.sent, link.arrived)
            slots[b] = Slot(thick * scale, _PASS, max(thick, 1e-9))
            place[b] = place[path[0]] + step
    pairs = [p for path in way for p in zip(path, path[1:], strict=False)]
    first = _first_seen(way, len(boxes))
    columns = order(
        [sorted((b for b, c in place.items() if c == k), key=lambda b: first[b]) for k in range(len(used))], pairs
    )
    tall = max(sum(slots[b].height + slots[b].above for b in c) for c in columns)
    tops = settle(columns, slots, _pulls(drawn, way, {}, scale), tall)
    tops = settle(columns, slots, _pulls(drawn, way, _ports(drawn, way, tops, scale), scale), tall)
    ports = _ports(drawn, way, tops, scale)
    half = [
        max([width(t, TITLE) / 2 + 0.04 for i, c in enumerate(column) if c == k for t in lines[i]] + [0.45])
        for k in range(len(used))
    ]
    xs = [_MARGIN + sum(2 * h + _BEND for h in half[:k]) + half[k] for k in range(len(used))]
    bars = tuple(
        Bar(b, xs[column[i]], half[column[i]], tops[i], slots[i].height, tuple(lines[i])) for i, b in enumerate(boxes)
    )
    ribbons = tuple(
        _ribbon(n, link, path, place, xs, half, tops, ports, scale)
        for n, (link, path) in enumerate(zip(drawn, way, strict=True))
    )
    labels = tuple(_titles(bars) + [t for r in ribbons for t in _amounts(r, home)])
    return Plan(xs[-1] + half[-1] + _MARGIN, max(tall, 0.5), bars, ribbons, returns, labels)


def _title(box: Box) -> list[str]:
    lines = [*wrapped(box.title, _TITLE_ROOM, TITLE), *wrapped(box.detail, _TITLE_ROOM, DETAIL, 1)]
    return [*lines, f"holds {held}"] if (held := box.holds()) else lines


def _ways(drawn: Sequence[Link], number: dict[str, int], column: Sequence[int], size: int) -> list[list[int]]:
    """The boxes a ribbon passes: its two ends, and one made for it in each column between, so that it takes up room."""
    found, new = list[list[int]](), size
    for link in drawn:
        a, b = number[link.source], number[link.target]
        between = column[b] - column[a] - 1
        found.append([a, *range(new, new + between), b])
        new += between
    return found


def _heights(boxes: Sequence[Box], drawn: Sequence[Link], number: dict[str, int]) -> list[float]:
    out, into = [0.0] * len(boxes), [0.0] * len(boxes)
    for link in drawn:
        out[number[link.source]] += link.sent
        into[number[link.target]] += link.arrived
    return [max(o, i) for o, i in zip(out, into, strict=True)] if drawn else [1.0] * len(boxes)


def _first_seen(way: Sequence[Sequence[int]], size: int) -> dict[int, int]:
    first: dict[int, int] = {}
    for n, path in enumerate(way):
        for b in path:
            first.setdefault(b, n)
    return {b: first.get(b, len(way)) for b in range(max([size, *(b + 1 for b in first)]))}


Ports = dict[tuple[int, bool], float]


def _ports(drawn: Sequence[Link], way: Sequence[Sequence[int]], tops: dict[int, float], scale: float) -> Ports:
    """How far below the top of its box each ribbon leaves (n, True) and arrives (n, False): in the order of the other ends."""
    found: Ports = {}
    for leaving in (True, False):
        at: dict[int, list[int]] = {}
        for n, path in enumerate(way):
            at.setdefault(path[0] if leaving else path[-1], []).append(n)
        for group in at.values():
            group.sort(
                key=lambda n: (tops[way[n][1] if leaving else way[n][-2]], tops[way[n][-1 if leaving else 0]], n)
            )
            down = 0.0
            for n in group:
                found[n, leaving] = down
                down += (drawn[n].sent if leaving else drawn[n].arrived) * scale
    return found


def _pulls(drawn: Sequence[Link], way: Sequence[Sequence[int]], ports: Ports, scale: float) -> list[Pull]:
    found = list[Pull]()
    for n, (link, path) in enumerate(zip(drawn, way, strict=True)):
        last = len(path) - 2
        for i, (a, b) in enumerate(zip(path, path[1:], strict=False)):
            left = ports.get((n, True), 0.0) if i == 0 else 0.0
            right = ports.get((n, False), 0.0) if i == last else 0.0
            found.append(Pull(a, b, left, right, max(link.sent, link.arrived) * scale + 1e-6))
    return found


def _ribbon(
    n: int, link: Link, path: Sequence[int], place: dict[int, int], xs: Sequence[float], half: Sequence[float],
    tops: dict[int, float], ports: Ports, scale: float,
) -> Ribbon:  # fmt: skip
    stages = list[Stage]()
    last = len(path) - 1
    for i, b in enumerate(path):
        x, h = xs[place[b]], half[place[b]]
        share = i / last
        thick = (link.sent + (link.arrived - link.sent) * share) * scale
        claim = (link.sent_claim + (link.arrived_claim - link.sent_claim) * share) * scale
        top = tops[b] + (ports[n, True] if i == 0 else ports[n, False] if i == last else 0.0)
        stages.append(Stage(x if i == 0 else x - h, x if i == last else x + h, top, thick, claim))
    return Ribbon(link, tuple(stages))


def _titles(bars: Sequence[Bar]) -> list[Label]:
    found = list[Label]()
    step = height(1, TITLE)
    for bar in bars:
        for i, text in enumerate(bar.lines):
            y = bar.top - 0.03 - step * (len(bar.lines) - i - 0.5)
            held = i == len(bar.lines) - 1 and text.startswith("holds ")
            who = i < len(bar.lines) - (2 if bar.lines[-1].startswith("holds ") else 1)
            size = TITLE if who else DETAIL
            colour = INK if who else NAVY if held else GREY
            found.append(Label(text, bar.x, y, size, colour, "center", held, bar.box.link))
    return found


def _amounts(ribbon: Ribbon, home: str) -> list[Label]:
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
