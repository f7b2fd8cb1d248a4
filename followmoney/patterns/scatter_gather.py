"""Scatter-gather: a sum is split over several accounts and comes together again in another."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_groups import one_holder_of_all, payee_of_many, usual_dealings
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class ScatterGather(Pattern):
    """An account pays several others, and each pays about what it got on to one and the same account.

    A payment to an intermediary and a later one from it agree if the later is between `low` and `high` of what the
    earlier credited, in the same currency: a conversion by a bank on the way is followed (by the amount received), one
    from an account of the intermediary in another currency is not. Later is by order of (time, sequence, id). A window
    of `days` begins with a payment of the originator; it is a hit if in it at least `intermediaries` accounts have
    payments from the originator and to the same other account that agree, and shows all such payments. Hits that share
    a transaction are one finding, so that several who scatter or gather by the same payments stand together. Cash and
    unknown ends are no part of it; originator, intermediaries and end are different accounts.
    Cost: exact for hubs. Whom enough intermediaries reach is reached by one of those that are not the costliest, so the
    payments of the `intermediaries` - 1 costliest of an originator are not gone through, but looked up by pair. An
    originator that still needs more than `budget` looks for each of its payments is given up, and the notes say so.
    Source: AMLTRIX T0070; form and tolerance of AMLworld (Altman et al. 2023), where 9 legs in 10 keep 82 to 120 %.
    """

    intermediaries: int = threshold(3, "Accounts between the originator and the end, at least.", unit="accounts", low=1)
    days: float = threshold(14, "From the first payment to the last.", unit="days")
    low: float = threshold(0.8, "Paid on, as a share of what was received, at least.", unit="share")
    high: float = threshold(1.2, "Paid on, as a share of what was received, at most.", unit="share", high=inf)
    budget: int = threshold(
        1_000, "Payments looked at for each of an originator, at most.",
        unit="transactions", low=1, high=10_000_000,
    )  # fmt: skip

    amltrix: ClassVar = "T0070"
    counted: ClassVar = "out"
    sentence: ClassVar = (
        "{subject} paid {gone} to {payees}, which paid {came} on to {goal}, {within}, in {transactions}."
    )
    margins: ClassVar = (Margin("payees", "intermediaries"), Margin("span", "days", most=True))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (one_holder_of_all, usual_dealings, payee_of_many)
    joined: ClassVar = True
    example: ClassVar = """
        2024-04-02T09:00 A -> B 9,000.00 wire
        2024-04-02T09:10 A -> C 8,000.00 = 8,700.00 USD
        2024-04-03T09:00 A -> D 9,500.00 wire
        2024-04-05T12:00 C -> E 8,400.00 USD
        2024-04-06T08:00 B -> E 8,600.00 wire
        2024-04-08T15:00 D -> E 9,200.00 wire
    """
    counter_example: ClassVar = """
        -- an employer and a landlord: what the tenants pay is not what they were paid
        2024-04-01 EMPLOYER -> A 2,400.00 "wages"
        2024-04-01 EMPLOYER -> B 2,900.00 "wages"
        2024-04-01 EMPLOYER -> C 3,100.00 "wages"
        2024-04-03 A -> LANDLORD 900.00 "rent"
        2024-04-03 B -> LANDLORD 1,100.00 "rent"
        2024-04-04 C -> LANDLORD 1,000.00 "rent"
        -- and payments on that came before
        2024-04-10 F -> T 5,000.00
        2024-04-10 G -> T 5,000.00
        2024-04-10 H -> T 5,000.00
        2024-04-11 S -> F 5,000.00
        2024-04-11 S -> G 5,000.00
        2024-04-11 S -> H 5,000.00
    """

    @property
    def scope(self) -> Scope:
        """What follows the first payment, as long as a window lasts."""
        return Scope(look_back=0, look_ahead=micros(self.days, "days"), anchor="first")

    def hits(self, flows: Flows) -> Hits:
        """Windows of agreeing payments, by originator and the account they reach."""
        import numpy as np

        from followmoney.graph._kernels import A_ROW, fit
        from followmoney.graph._rows import by_pair
        from followmoney.patterns._hits import IN, OUT, Hits
        from followmoney.patterns._kernels_scatter_gather import paid_on, reunited
        from followmoney.patterns._kernels_windows import windows

        size, accounts, within = len(flows), len(flows.outside), micros(self.days, "days")
        low, high = exact(self.low), exact(self.high)
        flows.multiply(low, high)
        into, out = flows.into, flows.out
        payee, amount, currency = flows.beneficiary[out.row], flows.amount[out.row], flows.currency[out.row]
        money = flows.time, flows.received, flows.currency_received, amount, currency, within
        begin, end = fit(paid_on, size)(
            into.ptr, into.row, out.ptr, out.row, flows.originator, flows.outside, *money, (*low, *high)
        )
        pair = by_pair(into, out, flows.originator)
        looks = int((end - begin).sum(dtype=np.int64))  # where all is paid at once, few payments are many looks
        first, second, spent = fit(reunited, size + looks // A_ROW)(
            out.ptr, out.row, pair, payee, begin, end, flows.outside, *money,
            self.intermediaries, (*low, *high), self.budget,
        )  # fmt: skip
        source, to = flows.originator[first].astype(np.int64), flows.beneficiary[second].astype(np.int64)
        order = np.lexsort((second, first, to, source))
        first, second, group = first[order], second[order], (source * accounts + to)[order]
        middle = flows.beneficiary[first].astype(np.int64)
        closed = np.lexsort((second, group))
        number, shown = fit(windows, len(group))(
            group, first, second, middle, closed, flows.time, within, self.intermediaries, accounts
        )
        ends = np.r_[np.full(len(shown), OUT), np.full(len(shown), IN)]
        subject = flows.originator[np.tile(first[shown], 2)]
        hits = Hits.grouped(subject, np.tile(number, 2), np.r_[first[shown], second[shown]], ends)
        return Hits(hits.subject, hits.ptr, hits.at, hits.role, np.sort(spent))
