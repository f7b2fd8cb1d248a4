"""Hawala offset: many small credits of strangers leave as one payment."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import equal_amounts, payers_go_on
from followmoney.patterns._innocent_behaviour import association, trade
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class HawalaOffset(Pattern):
    """Within a month many people pay small round sums into an account, and what they paid leaves as one payment.

    A payment that leaves (not in cash, not to an unknown end, nor to one of these payers) is looked at with the `days`
    before it, in its currency. A small credit is at most `small`, and not from cash or an unknown payer. It is a hit if
    the small credits came from at least `payers` different payers and make up at least `share` of all that came in, at
    least `share` of them (by number) are multiples of `unit`, they are together at least `least`, the payment is at
    least `low` of them, and all that left up to it is at most `high` of all that came in: no business besides. Windows
    that share a credit are one finding; transfers of the account to itself are left out.
    Cost: one pass; payers are counted only where all sums fit.
    Source: hawala and other similar service providers, FATF (2013); AMLTRIX T0013.004.
    """

    payers: int = threshold(30, "Payers of small sums, at least.", unit="accounts", low=2)
    days: float = threshold(30, "Length of the window before the payment that leaves.", unit="days")
    small: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 2_000, "USD": 2_000, "GBP": 2_000, "CHF": 2_000}, "A small sum, at most.", unit=MAJOR, low=1
    )
    unit: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10, "USD": 10, "GBP": 10, "CHF": 10}, "What round sums are multiples of.", unit=MAJOR, low=1
    )
    share: float = threshold(0.8, "Small sums in all that came in, and round ones among them, at least.", unit="share")
    low: float = threshold(0.8, "The payment that leaves, as a share of the small sums, at least.", unit="share")
    high: float = threshold(1.05, "All that left, as a share of all that came in, at most.", unit="share", high=inf)
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Small sums together, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0013.004"
    counted: ClassVar = "in"
    uses: ClassVar = ("party.kind", "party.sector")
    sentence: ClassVar = (
        "{payers} paid {count} small sums into {subject}, {amount} together, {within}, and {gone} of it left "
        "again to {through}."
    )
    margins: ClassVar = (Margin("payers", "payers"), Margin("amount", "least"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (association, trade, payers_go_on, equal_amounts)
    example: ClassVar = "\n".join(
        [
            *(f"2024-03-{1 + n % 27:02} N{n} -> A {200 + 10 * (7 * n % 30)}.00 wire" for n in range(1, 34)),
            "2024-03-29 A -> B 11,000.00 wire",
        ]
    )
    counter_example: ClassVar = "\n".join(
        [
            "-- a shop with many customers, who pay odd sums, and with bills of its own",
            *(f"2024-03-{1 + n % 27:02} N{n} -> A {200 + 10 * (7 * n % 30)}.{17 + n} card" for n in range(1, 34)),
            "2024-03-12 A -> C 1,900.00 wire",
            "2024-03-29 A -> B 4,000.00 wire",
        ]
    )

    @property
    def scope(self) -> Scope:
        """All movements of an account."""
        return Scope(shard="either")

    def hits(self, flows: Flows) -> Hits:
        """Payments that carry away what small payers brought, by account and currency."""
        import numpy as np

        from followmoney.patterns._hits import Hits
        from followmoney.patterns._windows import Grouped, Span, covered, keys, merged, since, summed

        share, low, high = exact(self.share), exact(self.low), exact(self.high)
        flows.multiply(share, low, high)
        got, paid, size = flows.currency_received, flows.currency, len(flows)
        small, least, unit = flows.minor(self.small), flows.minor(self.least), flows.minor(self.unit)
        listed = (small > 0) & (least > 0) & (unit > 0)
        moved = flows.originator != flows.beneficiary
        little = moved & listed[got] & (flows.received <= small[got])
        busy = np.bincount(flows.beneficiary[little], minlength=len(flows.outside)) >= self.payers
        busy &= ~flows.outside
        credit = np.flatnonzero(busy[flows.beneficiary] & moved & listed[got])
        debit = np.flatnonzero(busy[flows.originator] & moved & listed[paid])
        into = Grouped.of(credit, keys(flows.beneficiary[credit], got[credit]), size)
        out = Grouped.of(debit, keys(flows.originator[debit], paid[debit]), size)
        amount, code = flows.received[into.at], got[into.at]
        tiny = (amount <= small[code]) & ~flows.outside[flows.originator[into.at]] & ~flows.cash[into.at]
        even = tiny & (amount % np.maximum(unit[code], 1) == 0)
        known = ~flows.outside[flows.beneficiary[out.at]] & ~flows.cash[out.at]
        place = np.flatnonzero(known & (flows.amount[out.at] * low[1] >= least[paid[out.at]] * low[0]))
        row, group = out.at[place], out.group[place]
        begin = since(flows.time, row, micros(self.days, "days"))
        window: Span = into.span(group, begin, row)
        brought, number = summed(np.where(tiny, amount, 0), window), summed(tiny.astype(np.int64), window)
        left = summed(flows.amount[out.at], out.span(group, begin, row + 1))
        came, round_ = summed(amount, window), summed(even.astype(np.int64), window)
        fits = (
            (number >= max(self.payers, 1)) & (brought >= least[paid[row]]) & (round_ * share[1] >= number * share[0])
        )
        fits &= (brought * share[1] >= came * share[0]) & (flows.amount[row] * low[1] >= brought * low[0])
        fits &= left * high[1] <= came * high[0]
        good: list[int] = []
        for i in np.flatnonzero(fits).tolist():
            rows = into.at[window[0][i] : window[1][i]]
            payers = np.unique(flows.originator[rows[tiny[window[0][i] : window[1][i]]]])
            if len(payers) >= self.payers and flows.beneficiary[row[i]] not in payers:
                good.append(i)
        kept = np.array(good, np.int64)
        window = window[0][kept], window[1][kept]
        cluster = merged(window)
        position, hit = covered(window, cluster, len(into.at))
        small = tiny[position]
        return Hits.passed_on(flows, (into.at[position[small]], hit[small]), (row[kept], cluster))
