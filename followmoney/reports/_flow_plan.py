"""Where everything in a flow picture stands: bars in columns, ribbons around bars, labels where nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from followmoney.reports._flow_boxes import Box
from followmoney.reports._flow_geometry import Bar, Frame, Ribbon, first_seen, heights, ports, pulls, ways
from followmoney.reports._flow_labels import amounts, titles
from followmoney.reports._flow_labels import lines as written
from followmoney.reports._flow_links import Link
from followmoney.reports._labels import height, width
from followmoney.reports._order import order
from followmoney.reports._paper import TITLE, Label
from followmoney.reports._settle import Slot, settle

_BEND, _MARGIN, _FLOW, _LEAST = 0.6, 0.25, 3.8, 0.05
_PAD, _PASS = 0.10, 0.09  # free room above a label, and above a ribbon that passes


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
    """Place boxes and links; those that would have to turn back are not drawn. Figures in `home` stand bare."""
    used = sorted({b.column for b in boxes})
    column = [used.index(b.column) for b in boxes]
    number = {b.key: i for i, b in enumerate(boxes)}
    drawn = [k for k in links if column[number[k.source]] < column[number[k.target]]]
    returns = tuple(k for k in links if column[number[k.source]] >= column[number[k.target]])
    way = ways(drawn, number, column, len(boxes))
    lines = [written(b) for b in boxes]
    tall_of = heights(boxes, drawn, number)
    scale = _FLOW / max(sum(tall_of[i] for i, c in enumerate(column) if c == k) for k in range(len(used)))
    slots = {
        i: Slot(max(h * scale, _LEAST), height(len(t), TITLE) + _PAD, max(h, 1e-9))
        for i, (h, t) in enumerate(zip(tall_of, lines, strict=True))
    }
    place = dict(enumerate(column))
    for link, path in zip(drawn, way, strict=True):
        for step, b in enumerate(path[1:-1], 1):
            thick = max(link.sent, link.arrived)
            slots[b] = Slot(thick * scale, _PASS, max(thick, 1e-9))
            place[b] = place[path[0]] + step
    pairs = [p for path in way for p in pairwise(path)]
    first = first_seen(way, len(boxes))
    columns = order(
        [sorted((b for b, c in place.items() if c == k), key=lambda b: first[b]) for k in range(len(used))], pairs
    )
    tall = max(sum(slots[b].height + slots[b].above for b in c) for c in columns)
    tops = settle(columns, slots, pulls(drawn, way, {}, scale), tall)
    tops = settle(columns, slots, pulls(drawn, way, ports(drawn, way, tops, scale), scale), tall)
    half = [
        max([width(t, TITLE) / 2 + 0.04 for i, c in enumerate(column) if c == k for t in lines[i]] + [0.45])
        for k in range(len(used))
    ]
    xs = [_MARGIN + sum(2 * h + _BEND for h in half[:k]) + half[k] for k in range(len(used))]
    bars = tuple(
        Bar(b, xs[column[i]], half[column[i]], tops[i], slots[i].height, tuple(lines[i])) for i, b in enumerate(boxes)
    )
    frame = Frame(place, xs, half, tops, ports(drawn, way, tops, scale), scale)
    ribbons = tuple(frame.ribbon(n, link, path) for n, (link, path) in enumerate(zip(drawn, way, strict=True)))
    labels = tuple(titles(bars) + [t for r in ribbons for t in amounts(r, home)])
    return Plan(xs[-1] + half[-1] + _MARGIN, max(tall, 0.5), bars, ribbons, returns, labels)
