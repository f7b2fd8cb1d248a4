"""Cash-intensive, as slowly and readably as possible."""

from __future__ import annotations

from math import ceil, log10
from typing import Any

from naive_cash import paid_in
from naive_known import holders
from naive_patterns import DAY, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {
    "deposits": 2, "least": {"EUR": 100, "GBP": 1}, "percentile": 0.5, "peers": 2, "closed": 1, "idle": 1,
    "open_days": 1, "unit": {"EUR": 1_000, "GBP": 50}, "digits": 3, "deviation": 0.1,
}  # fmt: skip


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    sector = [row.get("sector") for row in holders(graph)]
    paid = [m for m in moves(graph) if m.payer != m.payee and not graph.outside[m.payee]]

    def cash_share(account: int, currency: str) -> int | None:
        mine = [m for m in paid if (m.payee, m.got_in) == (account, currency)]
        total = sum(m.got for m in mine)
        return 10_000 * sum(m.got for m in mine if m.cash) // total if total else None

    def above_its_sector(account: int, currency: str) -> bool:
        peers = [a for a in range(len(sector)) if sector[account] is not None and sector[a] == sector[account]]
        usual = sorted(s for a in peers if (s := cash_share(a, currency)) is not None)
        if len(usual) < p.peers:
            return False
        return (cash_share(account, currency) or 0) > usual[max(ceil(share(p.percentile) * len(usual)), 1) - 1]

    def closed(account: int, currency: str, deposits: list[Move]) -> bool:
        other = {m.time // DAY for m in paid if (m.payee, m.got_in) == (account, currency) and not m.cash}
        idle = [m for m in deposits if not other & set(range(m.time // DAY - p.idle, m.time // DAY + 1))]
        return len(other) >= p.open_days and len(idle) >= p.closed

    def rounded(currency: str, deposits: list[Move]) -> bool:
        unit = limit(p.unit, currency)
        return bool(unit) and sum(m.got % unit == 0 for m in deposits) >= share(p.round) * len(deposits)

    def digits(deposits: list[Move]) -> bool:
        if len(deposits) < p.digits or max(m.got for m in deposits) < 100 * min(m.got for m in deposits):
            return False
        first = [int(str(m.got)[0]) for m in deposits]
        off = [abs(first.count(d) / len(first) - log10(1 + 1 / d)) for d in range(1, 10)]
        return sum(off) / 9 > p.deviation

    hits: set[Shown] = set()
    cash = paid_in(graph)
    for account, currency in {(m.payee, m.got_in) for m in cash}:
        mine = [m for m in cash if (m.payee, m.got_in) == (account, currency)]
        least = limit(p.least, currency)
        if least is None or len(mine) < p.deposits or sum(m.got for m in mine) < least:
            continue
        held_signs = [above_its_sector(account, currency), closed(account, currency, mine), rounded(currency, mine)]
        if sum([*held_signs, digits(mine)]) >= p.signs:
            hits.add((account, frozenset((m.at, "in") for m in mine)))
    return hits
