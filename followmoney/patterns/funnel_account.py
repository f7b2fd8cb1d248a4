"""Funnel account: cash paid in at several places is soon gone somewhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import usual_payees
from followmoney.patterns._innocent_cash import holder_travels, of_the_family, shops_of_one_holder
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class FunnelAccount(Pattern):
    """Cash is paid into an account at several places, and nearly all of it is soon taken out or sent on elsewhere.

    A window of `days` that starts at a cash deposit counts if the cash paid into the account in it, in one currency,
    was paid in at `places` or more different towns and is at least `least`; windows of an account that share a deposit
    are one gathering. It is a hit if at least `share` of the gathering left elsewhere, in the same currency: after its
    first deposit, until `hours` after its last, in a town in which none of the gathering was paid in, or (where no town
    is given) to an account of another country (its own, else that of its holder). Cash without
    a known town is left out. Cost: one pass, and a sort of the cash deposits.
    Source: AMLTRIX T0083; FinCEN advisory FIN-2014-A005 (funnel accounts).
    """

    places: int = threshold(3, "Towns in which cash was paid in, at least.", unit="places", low=1)
    days: float = threshold(7, "Length of a window of deposits.", unit="days")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Cash in a window, at least.", unit=MAJOR, low=1
    )
    share: float = threshold(0.8, "Left elsewhere, as a share of the cash paid in, at least.", unit="share")
    hours: float = threshold(72, "From the last deposit to the last money out.", unit="hours")

    amltrix: ClassVar = "T0083"
    counted: ClassVar = "in"
    needs: ClassVar = ("place",)
    uses: ClassVar = ("account.country", "party.country")
    sentence: ClassVar = (
        "{amount} in cash was paid into {subject} in {from_towns}, and {gone} ({much}) left it{to_towns}, within "
        "{span}."
    )
    margins: ClassVar = (Margin("towns", "places"), Margin("amount", "least"))
    one_window: ClassVar = Window("days", "in")
    innocent: ClassVar = (of_the_family, holder_travels, shops_of_one_holder, usual_payees)
    example: ClassVar = """
        account A IBAN BE
        account X IBAN TR
        2024-03-04 cash -> A 2,400.00 place=Ghent
        2024-03-04 cash -> A 2,600.00 place=Lille
        2024-03-05 cash -> A 1,900.00 place=Bruges
        2024-03-06 A -> cash 5,000.00 place=Antwerp
        2024-03-07 A -> X 1,500.00 wire
    """
    counter_example: ClassVar = """
        -- the accounts office of a chain of bakeries: takings of three towns, wages and flour paid at home
        account A IBAN BE
        2024-03-04 cash -> A 2,400.00 place=Ghent
        2024-03-04 cash -> A 2,600.00 place=Lille
        2024-03-05 cash -> A 1,900.00 place=Bruges
        2024-03-06 A -> cash 900.00 place=Ghent
        2024-03-07 A -> MILL 4,900.00 wire
        2024-03-20 A -> cash 5,000.00 place=Antwerp
    """

    @property
    def scope(self) -> Scope:
        """All movements of an account."""
        return Scope(shard="either")

    def hits(self, flows: Flows) -> Hits:
        """Gatherings of cash by account and currency, and what left elsewhere."""
        import numpy as np

        from followmoney.patterns._clusters import paired, together
        from followmoney.patterns._elsewhere import elsewhere
        from followmoney.patterns._hits import Hits

        share = exact(self.share)
        flows.multiply(share)
        town, enough = flows.known["place"].values, flows.minor(self.least)
        come = flows.cash & (town >= 0) & ~flows.outside[flows.beneficiary] & (flows.originator != flows.beneficiary)
        come &= enough[flows.currency_received] > 0
        at = np.flatnonzero(come)
        code = flows.currency_received[at]
        at, cluster = together(
            flows, at, paired(flows.beneficiary[at], code), amount=flows.received[at], enough=enough[code],
            span=micros(self.days, "days"), least=1, spot=town[at], spots=self.places,
        )  # fmt: skip
        out, of = elsewhere(flows, at, cluster, micros(self.hours, "hours"), share)
        kept = np.isin(cluster, of)
        return Hits.passed_on(flows, (at[kept], cluster[kept]), (out, of))

    def more(self, hit: Hit) -> dict[str, int | str]:
        """Where it was paid in, and where it went."""
        from followmoney.patterns._spoken import listed

        towns = hit.column("place", hit.rows("in")).unique().sort().to_list()
        there = hit.column("place", hit.rows("out")).drop_nulls().unique().sort().to_list()
        to = f" in {listed(there)}" if there else " for another country"
        if there and hit.column("place", hit.rows("out")).null_count():
            to = f" in {listed(there)} and for another country"
        return {"towns": len(towns), "from_towns": listed(towns), "to_towns": to}
