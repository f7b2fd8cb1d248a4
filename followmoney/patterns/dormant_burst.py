"""Dormant burst: an account on which nothing moved for months takes in much within weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import from_own_account
from followmoney.patterns._innocent_behaviour import same_season, windfall
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold, whole_days

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class DormantBurst(Pattern):
    """An account on which nothing moved for half a year suddenly takes in much more than it ever used to.

    A credit ends a silence if no other transaction of the account, of `fee` or more in its currency, was booked within
    the `quiet` days before it (to the microsecond; what stands before it in order counts, at the same time too). If the
    ledger shows no earlier one at all, the ledger must begin, and the account must be known to have been opened,
    `quiet` days or more before. What is paid in, in the currency of that credit, from it on for `days` (credits below
    `fee` left out) is a hit if it is at least `least`, and at least `large` or `times` the mean of a month before: what
    was paid in in that currency (from `fee` up) before the silence, divided by the whole times `days` from the
    account's first to its last transaction before the silence (at least one). Windows that share a credit are one
    finding. Transfers of an account to itself, and currencies without a `fee`, are left out.
    Cost: one pass, and a search for every credit after a pause in the credits.
    Source: followmoney; the AMLTRIX code is that of pass-through, for want of one of its own.
    """

    quiet: float = threshold(180, "Without a transaction, at least.", unit="days")
    days: float = threshold(30, "Length of the burst; also of a month before.", unit="days", low=0.01)
    times: float = threshold(10, "Paid in, over the mean of a month before, at least.", unit="times")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Paid in, at least.", unit=MAJOR, low=1
    )
    large: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 100_000, "USD": 100_000, "GBP": 100_000, "CHF": 100_000},
        "Paid in, that is much whatever was before.", unit=MAJOR, low=1,
    )  # fmt: skip
    fee: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 50, "USD": 50, "GBP": 50, "CHF": 50},
        "Smaller transactions (fees, interest) break no silence.", unit=MAJOR, low=0,
    )  # fmt: skip

    amltrix: ClassVar = "T0070"
    counted: ClassVar = "in"
    uses: ClassVar = ("account.opened", "party.kind", "party.sector")
    sentence: ClassVar = "After {silence}, {amount} was paid into {subject} in {transactions} {within}; {before}."
    margins: ClassVar = (Margin("amount", "least"), Margin("pause", "quiet"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (windfall, same_season, from_own_account)
    example: ClassVar = """
        2023-01-10 B -> A 900.00 wire
        2023-01-20 A -> C 850.00 wire
        2023-06-30 A -> BANK 6.00 "fee"
        2024-03-04 D -> A 48,000.00 wire
        2024-03-12 E -> A 39,500.00 wire
        2024-03-20 A -> F 80,000.00 wire
    """
    counter_example: ClassVar = """
        -- a shop at the beach: closed in winter, and it takes in what it took in the summer before
        2023-06-10 B -> A 18,000.00 wire
        2023-07-10 B -> A 21,000.00 wire
        2023-08-10 B -> A 22,500.00 wire
        2024-06-08 B -> A 19,500.00 wire
        2024-07-09 B -> A 20,000.00 wire
    """

    @property
    def scope(self) -> Scope:
        """All movements of an account, and when the ledger begins."""
        return Scope(shard="either", prepass="start")

    def hits(self, flows: Flows) -> Hits:
        """Bursts after a silence, by account and currency."""
        import numpy as np

        from followmoney.patterns._hits import IN, Hits
        from followmoney.patterns._windows import Grouped, covered, keys, merged, reaches, summed, until

        num, den = exact(self.times)
        fee, least, large = flows.minor(self.fee), flows.minor(self.least), flows.minor(self.large)
        quiet, days = micros(self.quiet, "days"), micros(self.days, "days")
        got, paid, size = flows.currency_received, flows.currency, len(flows)
        moved = flows.originator != flows.beneficiary
        counts = moved & reaches(flows.received, fee[got])
        row = self._paused(flows, counts, quiet)
        row = row[(least[got[row]] > 0) & ~flows.outside[flows.beneficiary[row]]]
        if not len(row):
            return Hits()
        account = flows.beneficiary[row].astype(np.int64)
        asked = np.zeros(len(flows.outside), bool)
        asked[account] = True
        credit = np.flatnonzero(counts & asked[flows.beneficiary])
        debit = np.flatnonzero(moved & asked[flows.originator] & reaches(flows.amount, fee[paid]))
        into = Grouped.of(credit, flows.beneficiary[credit].astype(np.int64), size)
        out = Grouped.of(debit, flows.originator[debit].astype(np.int64), size)
        starts, ends = np.full(len(row), 2**62), np.full(len(row), -(2**62))
        for rows in (into, out):
            begin, end = rows.span(account, np.zeros(len(row), np.int64), row)
            there = end > begin
            starts[there] = np.minimum(starts[there], flows.time[rows.at[begin[there]]])
            ends[there] = np.maximum(ends[there], flows.time[rows.at[end[there] - 1]])
        now, opened = flows.time[row], flows.known["account.opened"].values[account]
        known = (opened > -(2**62)) & (opened <= now - quiet) & (flows.start <= now - quiet)
        silent = np.where(starts < 2**62, now - ends >= quiet, known)
        row, account, starts, ends = row[silent], account[silent], starts[silent], ends[silent]
        credit = credit[np.isin(flows.beneficiary[credit], account)]
        own = Grouped.of(credit, keys(flows.beneficiary[credit], got[credit]), size)
        key = keys(account, got[row])
        order = np.lexsort((row, key))
        row, key, starts, ends = row[order], key[order], starts[order], ends[order]
        window = own.span(key, row, until(flows.time, row, days))
        earlier = own.span(key, np.zeros(len(row), np.int64), row)
        months = np.maximum(np.where(starts < 2**62, ends - starts, 0) // max(days, 1), 1)
        flows.multiply((num, den * int(months.max(initial=1))))
        amount, usual = summed(flows.received[own.at], window), summed(flows.received[own.at], earlier)
        much = (large[got[row]] > 0) & (amount >= large[got[row]])
        hit = (amount >= least[got[row]]) & (much | (amount * months * den >= usual * num))
        window = window[0][hit], window[1][hit]
        position, number = covered(window, merged(window), len(own.at))
        return Hits.grouped(flows.beneficiary[own.at[position]], number, own.at[position], IN)

    @staticmethod
    def _paused(flows: Flows, counts: NDArray[np.bool_], quiet: int) -> NDArray[np.int64]:
        """Credits that count, late enough in the ledger, with none that counts to their account in the time before."""
        import numpy as np

        rows = flows.into.row[counts[flows.into.row]]
        account, time = flows.beneficiary[rows], flows.time[rows]
        late = time - flows.start >= quiet
        late[1:] &= (account[1:] != account[:-1]) | (time[1:] - time[:-1] >= quiet)
        return rows[late].astype(np.int64)

    def more(self, hit: Hit) -> Mapping[str, float | str]:
        """How long the silence was, and how much was paid in before."""
        import numpy as np

        from followmoney.patterns._windows import reaches
        from followmoney.patterns._words import day

        flows, first = hit.flows, hit.at[0]
        fee = flows.minor(self.fee)
        into, out = hit.graph.into.of(hit.subject), hit.graph.out.of(hit.subject)
        into = into[(into < first) & reaches(flows.received[into], fee[flows.currency_received[into]])]
        out = out[(out < first) & reaches(flows.amount[out], fee[flows.currency[out]])]
        rows = np.r_[into, out].astype(np.int64)
        rows = rows[(flows.originator[rows] != flows.beneficiary[rows])]
        since = int(flows.time[rows].max()) if len(rows) else flows.start
        pause = int(flows.time[first]) - since
        days = pause // micros(1, "days")
        silence = f"{days:,} days without a movement"
        if not len(rows):
            silence = f"{days:,} days without a movement since the ledger began on {day(flows.start)}"
        same = into[flows.currency_received[into] == hit.currency]
        total = int(flows.received[same].sum())
        before = f"{hit.money(total) if total else 'nothing'} had been paid in before that in this ledger"
        return {"pause": whole_days(pause, self.quiet), "silence": silence, "before": before}
