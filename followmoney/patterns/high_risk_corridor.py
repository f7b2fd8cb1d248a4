"""High-risk corridor: payments suddenly go to a listed country, far more than before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import usual_payees
from followmoney.patterns._innocent_corridor import goods, known_too_short, sector_pays_there
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._spoken import many
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits

_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class HighRiskCorridor(Pattern):
    """Within a month a much larger share of an account's payments than in the year before goes to a listed country.

    Listed is a country that the FATF calls for action against, or monitors, on the day (UTC) of the payment; payments
    within one country are not counted. The country is that of the account paid, where it is unknown that of its
    holder. A window of `days` starts at a payment to a listed country. It is a hit if such payments in it, in one
    currency, are at least `least` and at least `share` of all that the account paid in it in that currency, and if that
    share is more than `times` the share in the `history` days before, in which it made at least `payments` payments in
    that currency. Windows that share a payment to a listed country are one finding. Cash and unknown payees count as
    payments, transfers of the account to itself do not.
    Cost: one pass, and a search for every payment to a listed country.
    Source: FATF statements, each by date (`followmoney explain listed`); AMLTRIX T0102.
    """

    days: float = threshold(30, "Length of the window.", unit="days")
    history: float = threshold(365, "Days before, with which it is compared.", unit="days")
    payments: int = threshold(5, "Payments in the days before, at least.", unit="transactions", low=1)
    share: float = threshold(0.1, "To listed countries, as a share of all paid, at least.", unit="share")
    times: float = threshold(3, "That share, over the share before: more than.", unit="times")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "To listed countries, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0102"
    counted: ClassVar = "out"
    uses: ClassVar = ("account.country", "party.country", "party.sector")
    sentence: ClassVar = (
        "{amount}, {now} of what {subject} paid from {begin} to {end}, went to {countries}, in {transactions}, against "
        "{before} {past}."
    )
    margins: ClassVar = (Margin("amount", "least"), Margin("portion", "share"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (usual_payees, goods, sector_pays_there, known_too_short)
    example: ClassVar = """
        account A IBAN ES
        account B IBAN ES
        account C IBAN TR
        2022-03-01 A -> B 4,000.00
        2022-05-01 A -> C 200.00
        2022-06-01 A -> B 3,000.00
        2022-09-01 A -> B 5,000.00
        2022-11-01 A -> B 4,000.00
        2023-01-10 A -> B 3,500.00
        2023-02-06 A -> C 4,200.00
        2023-02-20 A -> C 3,900.00
        2023-02-25 A -> B 5,000.00
    """
    counter_example: ClassVar = """
        -- the same payments a year after the country was taken off the list
        account A IBAN ES
        account B IBAN ES
        account C IBAN TR
        2024-08-01 A -> B 4,000.00
        2024-09-01 A -> C 200.00
        2024-10-01 A -> B 3,000.00
        2024-11-01 A -> B 5,000.00
        2025-01-01 A -> B 4,000.00
        2025-01-10 A -> B 3,500.00
        2025-02-06 A -> C 4,200.00
        2025-02-20 A -> C 3,900.00
        2025-02-25 A -> B 5,000.00
    """

    @property
    def scope(self) -> Scope:
        """All that an account paid."""
        return Scope(shard="originator")

    def lacking(self, flows: Flows) -> list[str]:
        """The countries, where neither those of accounts nor those of holders are known."""
        columns = ("account.country", "party.country")
        return [] if any(not flows.known[c].empty for c in columns) else [f"`{c}`" for c in columns]

    def hits(self, flows: Flows) -> Hits:
        """Windows of payments to listed countries, by account and currency."""
        import numpy as np

        from followmoney.patterns._hits import OUT, Hits
        from followmoney.patterns._listed import abroad
        from followmoney.patterns._windows import Grouped, covered, keys, merged, since, summed, until

        share, times = exact(self.share), exact(self.times)
        flows.multiply(share)
        least, paid, size = flows.minor(self.least), flows.currency, len(flows)
        to = abroad(flows) & (least[paid] > 0) & ~flows.outside[flows.originator]
        senders = np.zeros(len(flows.outside), bool)
        senders[flows.originator[to]] = True
        debit = np.flatnonzero(senders[flows.originator] & (flows.originator != flows.beneficiary))
        group = keys(flows.originator[debit], paid[debit])
        every, there = Grouped.of(debit, group, size), Grouped.of(debit[to[debit]], group[to[debit]], size)
        row, own = there.at, there.group
        begin, end = (
            since(flows.time, row, micros(self.history, "days")),
            until(flows.time, row, micros(self.days, "days")),
        )
        window, before, around = there.span(own, row, end), every.span(own, begin, row), every.span(own, row, end)
        listed, whole = summed(flows.amount[there.at], window), summed(flows.amount[every.at], around)
        enough = (listed >= least[paid[row]]) & (listed * share[1] >= whole * share[0])
        kept = np.flatnonzero(enough & (before[1] - before[0] >= max(self.payments, 1)))
        was = summed(flows.amount[there.at], there.span(own[kept], begin[kept], row[kept]))
        past = summed(flows.amount[every.at], (before[0][kept], before[1][kept]))
        more = [  # products of sums do not fit into 64 bits
            a * d * times[1] > times[0] * b * c
            for a, b, c, d in zip(listed[kept].tolist(), whole[kept].tolist(), was.tolist(), past.tolist(), strict=True)
        ]
        kept = kept[np.array(more, bool)]
        window = window[0][kept], window[1][kept]
        position, number = covered(window, merged(window), len(there.at))
        return Hits.grouped(flows.originator[there.at[position]], number, there.at[position], OUT)

    def unmet(self, flows: Flows) -> list[str]:
        """The days before, where the ledger is shorter than they are."""
        span = int(flows.time[-1]) - flows.start if len(flows) else 0
        if span >= micros(self.history, "days"):
            return []
        days = span // micros(1, "days")
        return [
            (
                f"no payment has {self.history:g} days before it (`history`), for the ledger covers {days:,}; it was "
                "compared with what there is before it"
            )
        ]

    def notes(self, flows: Flows) -> list[str]:
        """Also from when to when the lists are known."""
        from followmoney.patterns._listed import unknown

        notes = super().notes(flows)
        return notes if self.lacking(flows) else [*notes, *(f"{self.name}: {said}." for said in unknown(flows))]

    def _past(self, start: int, first: int) -> str:
        """What it was compared with: the ledger may know less than the days asked for."""
        known = (first - start) // micros(1, "days")
        if first - start >= micros(self.history, "days"):
            return "in the year before" if self.history == _YEAR else f"in the {self.history:g} days before"
        return f"in the {many(known, 'day')} before, with which the ledger begins"

    def more(self, hit: Hit) -> Mapping[str, float | str]:
        """Which countries, and their share of what was paid, then and before."""
        import numpy as np

        from followmoney.patterns._listed import abroad, countries, named

        flows, to = hit.flows, abroad(hit.flows)
        number, names = countries(flows)
        places: dict[str, int] = {}
        for row in hit.at.tolist():
            places.setdefault(names[number[flows.beneficiary[row]]], int(flows.time[row]))
        paid = hit.graph.out.of(hit.subject)
        paid = paid[(flows.currency[paid] == flows.currency[hit.at[0]]) & (flows.beneficiary[paid] != hit.subject)]
        first, last = flows.time[hit.at[0]], flows.time[hit.at[-1]]
        during = paid[(paid >= hit.at[0]) & (flows.time[paid] <= last)]
        past = paid[(paid < hit.at[0]) & (flows.time[paid] >= first - micros(self.history, "days"))]

        def part(rows: np.ndarray) -> int:
            return 100 * int(flows.amount[rows[to[rows]]].sum()) // max(int(flows.amount[rows].sum()), 1)

        told = ", ".join(named(place, when) for place, when in sorted(places.items()))
        return {
            "countries": told,
            "now": f"{part(during)} %",
            "before": f"{part(past)} %",
            "past": self._past(flows.start, int(first)),
            "portion": part(during) / 100,
        }
