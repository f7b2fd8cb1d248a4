"""Cycle: money goes round through other accounts and comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import one_holder, paid_back
from followmoney.patterns._innocent_chain import both_ways, one_group, regular_trade
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, micros, threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Cycle(Pattern):
    """Money leaves an account, passes through others, and comes back to it nearly whole.

    A closed way of `shortest` to `longest` transactions within `days`, in order of (time, sequence, id), that visits no
    account twice. Each transaction moves between 1 - `loss` and 1 + `gain` of what the one before credited, in the same
    currency, so that a conversion on the way is followed. The first is at least `least`. Transfers of an account to
    itself, cash and unknown ends are no part of it. For every first transaction the best way counts: fewest hops, then
    earliest back. A transaction stands in one finding only: that which is completed first (then the shorter, then the
    later begun). Booking order is not the order of events: with `slack` hours, a transaction may be booked up to that
    much before the one before it and before the first; of several orders of the same transactions that with the
    earliest first one counts.
    Cost: first what has no agreeing transaction before or after it is left out, in a bounded number of looks each; of
    the rest every transaction from `least` up is followed from both ends at once, at most `budget` looks each. An
    account with very many others is looked through only where both ends lead to such; where the budget is not enough,
    the notes say so.
    Source: AMLTRIX T0039; hop amounts as in AMLSim (90 % kept) and AMLworld (Altman et al. 2023), where nine hops in
    ten move 91 to 110 % of the one before, cycles have up to 12 hops, and one in ten of them hops booked out of order.
    Two who pay each other make no circle by default: most such pairs trade, lend or refund.
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "First transaction, at least.", unit=MAJOR, low=1
    )
    days: float = threshold(30, "From the first transaction to the last.", unit="days")
    shortest: int = threshold(3, "Transactions in the cycle, at least.", unit="transactions", low=2)
    longest: int = threshold(12, "Transactions in the cycle, at most.", unit="transactions", low=2)
    loss: float = threshold(0.15, "Lost from one transaction to the next, at most.", unit="share")
    gain: float = threshold(0.15, "Gained from one transaction to the next, at most.", unit="share", high=inf)
    slack: float = threshold(24, "Booked before the one it follows, at most; 0: in order.", unit="hours")
    budget: int = threshold(
        10_000, "Transactions looked at from one first transaction, at most.",
        unit="transactions", low=1, high=10_000_000,
    )  # fmt: skip

    amltrix: ClassVar = "T0039"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{gone} left {subject} on {begin}, went through {through}, and {came} came back {within}, in {transactions}."
    )
    margins: ClassVar = (Margin("gone", "least"), Margin("span", "days", most=True))
    innocent: ClassVar = (one_holder, one_group, paid_back, regular_trade, both_ways)
    disjoint: ClassVar = True
    example: ClassVar = """
        2024-04-17T09:00 A -> B 48,000.00 wire
        2024-04-18T08:00 B -> C 46,900.00 = 50,300.00 USD
        2024-04-22T08:00 C -> D 49,800.00 USD = 45,800.00 EUR
        2024-04-29T11:00 D -> A 43,500.00 wire
    """
    counter_example: ClassVar = """
        -- companies that trade with each other, for amounts that have nothing to do with one another
        2024-04-17T09:00 A -> B 48,000.00 "invoice"
        2024-04-18T08:00 B -> C 12,900.00 "invoice"
        2024-04-22T08:00 C -> A 31,000.00 "invoice"
        2024-04-29T11:00 C -> B 9,500.00 "invoice"
        -- and a way round against time
        2024-04-08T08:00 F -> D 40,000.00
        2024-04-11T08:00 E -> F 40,000.00
        2024-04-14T08:00 D -> E 40,000.00
    """

    @property
    def scope(self) -> Scope:
        """What follows the first transaction, as long as a cycle may last, and what may be booked out of order."""
        slack = micros(self.slack, "hours")
        return Scope(look_back=slack, look_ahead=slack + micros(self.days, "days"), anchor="first")

    def hits(self, flows: Flows) -> Hits:
        """The best cycle that starts at each transaction of at least `least`."""
        import numpy as np

        from followmoney.graph._kernels import fit, searched
        from followmoney.patterns._closable import closable
        from followmoney.patterns._hits import Hits
        from followmoney.patterns._kernels_cycle import closed, places

        bounds = flows.band(self.loss, self.gain)
        slack = micros(self.slack, "hours")
        start, end = flows.mine
        if slack and end < len(flows):  # the first booked can be another than where the money starts
            end = int(np.searchsorted(flows.time, flows.owned[1] + slack, "right"))
        paid, got = flows.originator[start:end], flows.beneficiary[start:end]
        enough = flows.minor(self.least)[flows.currency[start:end]]
        large = (enough > 0) & (flows.amount[start:end] >= enough)
        roots = start + np.flatnonzero(large & ~flows.outside[paid] & ~flows.outside[got] & (paid != got))
        within, rows = micros(self.days, "days"), np.arange(len(flows), dtype=np.uint32)
        passed = fit(places, len(flows))
        lower = passed(flows.time, flows.time, -slack - 1) if slack else rows + 1
        reach = passed(flows.time, flows.time, within + slack)
        can = closable(flows, roots, (lower, reach), (passed(reach, rows, 0), passed(lower, rows, 0)), bounds)
        del rows, reach
        room, accounts = self.budget + 2, len(flows.outside)
        search = (
            np.empty((2, room), np.int64), np.empty((2, room), np.int64), np.zeros((2, accounts), np.int64),
            np.empty((2, room), np.int64), np.zeros((2, len(flows)), np.int32),
        )  # fmt: skip
        longest = min(self.longest, len(flows) + 1)
        way = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.int64)
        ptr, at, spent = fit(closed, searched(len(can.roots), np.diff(can.into[1][0]), np.diff(can.out[1][0])))(
            can.roots, np.searchsorted(flows.time, flows.time[can.roots] + within, "right"), lower,
            can.out, can.into, can.link, can.ends, can.values, bounds, self.shortest, longest, self.budget,
            search, way,
        )  # fmt: skip
        ways = Hits.ways(flows.originator[at[ptr[:-1]]], ptr, at, spent)
        if not slack:
            return ways
        hits = Hits.grouped(ways.subject[ways.hit], ways.hit, at, ways.role)
        return replace(hits.take(_once(hits)), unresolved=spent)


def _once(hits: Hits) -> NDArray[np.int64]:
    """Of hits with the same transactions the first."""
    import numpy as np

    first: dict[tuple[int, ...], int] = {}
    for i in range(len(hits)):
        first.setdefault(tuple(hits.at[hits.ptr[i] : hits.ptr[i + 1]].tolist()), i)
    return np.array(list(first.values()), np.int64)
