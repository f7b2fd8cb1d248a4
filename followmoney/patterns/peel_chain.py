"""Peel chain: a sum is handed on again and again, and each time a slice is peeled off."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import one_holder
from followmoney.patterns._innocent_chain import busy_on_the_way, one_group, regular_trade
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, micros, threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class PeelChain(Pattern):
    """A sum moves on through many accounts in a row, and at each a slice is peeled off that goes elsewhere.

    A chain of at least `hops` transactions, each of at least `least`: each is paid by who was credited by the one
    before, comes after it in order of (time, sequence, id) and at most `hours` later, and moves less than that one
    credited, but at least 1 - `peel` of it, in the same currency. What is missing left in slices: payments of the same
    account after the money came in and at most `hours` later, to others than the next in the chain and who had paid it
    in; they are taken in order, each that still fits into what is missing, and make up at least half of it (the rest
    are fees). Slices may leave in cash. An account on the way makes at most `payments` payments in that time. No
    account is visited twice; transfers of an account to itself are no part of it. For every transaction, in order, the
    longest chain that ends with it is kept: it continues the longest of those kept for the transactions before it that
    it can continue (of several the latest). Of chains that share a transaction the longest counts (then the one
    completed first), and of the others what comes after the last transaction shared.
    Works for wallets and for bank accounts alike.
    Cost: a logarithm of looks a transaction, and those at slices; `budget` bounds the chains that are passed over for
    one transaction, and where that is not enough, the notes say so.
    Source: AMLTRIX T0070.002.
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 1_000, "USD": 1_000, "GBP": 1_000, "CHF": 1_000, "USDT": 1_000, "BTC": 1, "ETH": 1},
        "Each transaction of the chain, at least.", unit=MAJOR, low=1,
    )  # fmt: skip
    hops: int = threshold(6, "Transactions in the chain, at least.", unit="transactions", low=2)
    hours: float = threshold(72, "From one transaction to the next, at most.", unit="hours")
    peel: float = threshold(0.2, "Peeled off at one account, as a share of what came in, at most.", unit="share")
    payments: int = threshold(
        100, "Payments of an account on the way within `hours`, at most: who makes more is a business.",
        unit="transactions", low=2,
    )  # fmt: skip
    budget: int = threshold(
        1_000, "Chains passed over for one transaction, at most.",
        unit="transactions", low=1, high=10_000_000,
    )  # fmt: skip

    amltrix: ClassVar = "T0070.002"
    counted: ClassVar = "out"
    sentence: ClassVar = (
        "A sum left {subject} on {begin} and reached {reached} by {links} in a row {within}; on the way {amount} "
        "was peeled off, in {slices}."
    )
    margins: ClassVar = (Margin("links", "hops"),)
    innocent: ClassVar = (one_holder, one_group, regular_trade, busy_on_the_way)
    example: ClassVar = """
        2024-04-17T09:00 A -> B 30.00 BTC crypto
        2024-04-17T11:00 B -> C 28.00 BTC crypto
        2024-04-17T11:00 B -> P1 1.99 BTC crypto
        2024-04-18T08:00 C -> D 26.50 BTC crypto
        2024-04-18T08:00 C -> P2 1.49 BTC crypto
        2024-04-19T08:00 D -> P1 0.70 BTC crypto
        2024-04-19T09:00 D -> E 25.10 BTC crypto
        2024-04-19T09:30 D -> P3 0.69 BTC crypto
        2024-04-20T08:00 E -> F 23.00 BTC crypto
        2024-04-20T08:00 E -> P4 2.09 BTC crypto
        2024-04-21T08:00 F -> G 21.00 BTC crypto
        2024-04-21T08:00 F -> P5 1.99 BTC crypto
    """
    counter_example: ClassVar = """
        -- a sum that is handed on as often, less a fee that goes nowhere else
        2024-04-17T09:00 A -> B 30.00 BTC crypto
        2024-04-17T11:00 B -> C 29.90 BTC crypto
        2024-04-18T08:00 C -> D 29.80 BTC crypto
        2024-04-19T09:00 D -> E 29.70 BTC crypto
        2024-04-20T08:00 E -> F 29.60 BTC crypto
        2024-04-21T08:00 F -> G 29.50 BTC crypto
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger: a chain can go on for as long as it likes, and through any account."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """The chains, each with its slices."""
        import numpy as np

        from followmoney.patterns._chains import candidates, chains
        from followmoney.patterns._hits import LINK, OUT, Hits

        bounds = flows.band(self.peel, 0)
        found = chains(
            flows, candidates(flows, flows.minor(self.least)), micros(self.hours, "hours"), bounds,
            least=self.hops, budget=self.budget, payments=self.payments,
        )  # fmt: skip
        if not found.rows:
            return Hits(unresolved=found.spent)
        slices = [np.concatenate([self._slices(flows, a, b) for a, b in pairwise(c.tolist())]) for c in found.rows]
        number, size = np.arange(len(slices)), [[len(c) for c in rows] for rows in (found.rows, slices)]
        hit = np.r_[np.repeat(number, size[0]), np.repeat(number, size[1])]
        role = np.repeat([LINK, OUT], [sum(size[0]), sum(size[1])])
        subject = flows.originator[[c[0] for c in found.rows]].astype(np.int64)
        hits = Hits.grouped(subject[hit], hit, np.concatenate([*found.rows, *slices]), role)
        return Hits(hits.subject, hits.ptr, hits.at, hits.role, found.spent)

    def _slices(self, flows: Flows, came: int, on: int) -> NDArray[np.int64]:
        """What left between a hop and the next, to others, in the order in which it fits into what is missing."""
        import numpy as np

        account = int(flows.originator[on])
        rows = flows.out.of(account).astype(np.int64)
        last = np.searchsorted(flows.time, int(flows.time[came]) + micros(self.hours, "hours"), side="right")
        rows = rows[(rows > came) & (rows < last) & (rows != on) & (flows.currency[rows] == flows.currency[on])]
        for end in (flows.beneficiary[on], flows.originator[came], account):
            rows = rows[flows.beneficiary[rows] != end]
        missing, found = int(flows.received[came] - flows.amount[on]), list[int]()
        for row, amount in zip(rows.tolist(), flows.amount[rows].tolist(), strict=True):
            if amount <= missing:
                missing -= amount
                found.append(row)
        return np.array(found, np.int64)
