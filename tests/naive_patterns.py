"""Plain twins of the patterns: the definition in the docstring, written down as slowly and readably as possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from followmoney.graph import FlowGraph
from followmoney.schema.codes import exponent

HOUR, DAY = 3_600_000_000, 86_400_000_000

Shown = tuple[int, frozenset[tuple[int, str]]]
"""Subject and (position in the graph, role) of a hit."""


@dataclass(frozen=True)
class Move:
    """One transaction."""

    at: int
    payer: int
    payee: int
    paid: int
    paid_in: str
    got: int
    got_in: str
    time: int
    cash: bool


def moves(graph: FlowGraph) -> list[Move]:
    c, names = graph.columns, graph.currencies
    frame = graph.to_polars()
    channel = frame["channel"].cast(str).to_list() if "channel" in frame.columns else [None] * len(frame)
    return [
        Move(
            i, int(c.originator[i]), int(c.beneficiary[i]), int(c.amount[i]), names[c.currency[i]], int(c.received[i]),
            names[c.currency_received[i]], int(c.time[i]),
            channel[i] == "cash" or any(frame[end][i].startswith("(cash") for end in ("originator", "beneficiary")),
        )
        for i in range(len(graph))
    ]  # fmt: skip


def limit(amounts: dict[str, int], currency: str) -> int | None:
    return amounts[currency] * 10 ** exponent(currency) if currency in amounts else None


def share(value: float) -> Fraction:
    return Fraction(str(value))


def structuring(p: Any, graph: FlowGraph) -> set[Shown]:
    deposits: dict[tuple[int, str], list[Move]] = defaultdict(list)
    for m in moves(graph):
        most = limit(p.limits, m.got_in)
        paid_in = m.cash and not graph.outside[m.payee] and m.payer != m.payee
        if paid_in and most is not None and share(p.band) * most <= m.got < most:
            deposits[m.payee, m.got_in].append(m)
    hits: set[Shown] = set()
    for (account, currency), mine in deposits.items():
        windows = [{x for x in mine if m.time <= x.time <= m.time + p.days * DAY and x.at >= m.at} for m in mine]
        enough = limit(p.limits, currency)
        good = [w for w in windows if len(w) >= p.deposits and sum(x.got for x in w) >= (enough or 0)]
        clusters: list[set[Move]] = []
        for window in good:
            touching = [c for c in clusters if c & window]
            clusters = [c for c in clusters if c not in touching] + [set().union(window, *touching)]
        hits |= {(account, frozenset((x.at, "in") for x in c)) for c in clusters}
    return hits


def fan_in(p: Any, graph: FlowGraph) -> set[Shown]:
    every = moves(graph)
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        paid = [m for m in every if m.payee == account and m.payer != account and not graph.outside[m.payer]]
        first: dict[int, Move] = {}
        for m in paid:
            first.setdefault(m.payer, m)
        for currency in {m.got_in for m in paid}:
            least = limit(p.least, currency)
            if graph.outside[account] or least is None:
                continue
            new = [m for m in first.values() if m.got_in == currency]
            starts = [m for m in new if m.time >= every[0].time + p.history * DAY]
            best: list[Move] = []
            for s in starts:
                window = [m for m in new if m.at >= s.at and m.time <= s.time + p.days * DAY]
                best = window if len(window) > len(best) else best
            if len(best) < max(p.payers, 1) or len(best) < share(p.share) * len(first):
                continue
            payers, closing = {m.payer for m in best}, best[0].time + p.days * DAY
            shown = [m for m in paid if m.payer in payers and m.got_in == currency and m.time <= closing]
            if sum(m.got for m in shown) >= least:
                hits.add((account, frozenset((m.at, "in") for m in shown)))
    return hits


def pass_through(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if m.payer != m.payee]
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        for currency in {m.got_in for m in every if m.payee == account}:
            least = limit(p.least, currency)
            if graph.outside[account] or least is None:
                continue
            mine = [
                (m.at, m.time, m.got if m.payee == account else -m.paid)
                for m in every
                if (m.payee == account and m.got_in == currency) or (m.payer == account and m.paid_in == currency)
            ]
            balance = [sum(x for *_, x in mine[:k]) for k in range(len(mine) + 1)]
            end = len(mine) - 1
            while end >= 0:
                inside = [k for k in range(end + 1) if mine[end][1] - mine[k][1] <= p.hours * HOUR]
                begin = next((k for k in inside if mine[k][2] > 0), None)
                if mine[end][2] < 0 and begin is not None:
                    came = sum(x for *_, x in mine[begin : end + 1] if x > 0)
                    gone = -sum(x for *_, x in mine[begin : end + 1] if x < 0)
                    stays = balance[end + 1] - min(balance)
                    passed = share(p.low) * came <= gone <= share(p.high) * came
                    if came >= least and passed and stays <= share(p.left) * came:
                        shown = ((at, "in" if x > 0 else "out") for at, _, x in mine[begin : end + 1])
                        hits.add((account, frozenset(shown)))
                        end = begin
                end -= 1
    return hits


def cycle(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if m.payer != m.payee and not graph.outside[[m.payer, m.payee]].any()]

    def ways(path: list[Move]) -> Iterator[list[Move]]:
        last = path[-1]
        if last.payee == path[0].payer:
            if len(path) >= p.shortest:
                yield path
            return
        for m in every:
            follows = m.at > last.at and m.payer == last.payee and m.time <= path[0].time + p.days * DAY
            least, most = (1 - share(p.loss)) * last.got, (1 + share(p.gain)) * last.got
            agrees = m.paid_in == last.got_in and least <= m.paid <= most
            if follows and agrees and m.payee not in {x.payee for x in path} and len(path) < p.longest:
                yield from ways([*path, m])

    found: list[list[Move]] = []
    for root in every:
        least = limit(p.least, root.paid_in)
        if least is not None and root.paid >= least:
            best = sorted(ways([root]), key=lambda w: (len(w), w[-1].at, [m.at for m in w]))
            found += best[:1]
    hits: set[Shown] = set()
    used: set[int] = set()
    for way in sorted(found, key=lambda w: (w[-1].at, len(w), -w[0].at)):
        if used.isdisjoint(m.at for m in way):
            used |= {m.at for m in way}
            roles = ["out", *("link" for _ in way[2:]), "in"]
            hits.add((way[0].payer, frozenset((m.at, r) for m, r in zip(way, roles, strict=True))))
    return hits


TWINS: dict[str, Callable[[Any, FlowGraph], set[Shown]]] = {
    "structuring": structuring,
    "fan_in": fan_in,
    "pass_through": pass_through,
    "cycle": cycle,
}
"""A twin a pattern; a pattern without one fails its law."""

__all__ = ["TWINS", "Shown"]
