"""Real estate integration: a house that its holder's means do not explain, or that others paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_real_estate import legacy, lent_by_bank, shared_home
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class RealEstateIntegration(Pattern):
    """Real estate was bought with money that the means of its holder do not explain, or that came from elsewhere.

    Looked at is what was paid (in one currency, `least` or more) by the transactions that the table of assets names for
    real estate with a known holder; assets paid for by the same transaction are one purchase, of the holder of the
    first by identifier (after a fold: of who he is counted with). A bank is a holder of NACE division 64. It is a hit
    if at least `signs` of these hold:
    (1) what was paid, less what banks paid of it and what they paid into the holder's accounts in the `lead` days
    before the first payment, is at least `times` the holder's declared income a year in that currency; where none is
    declared, what came into the holder's accounts from others in that currency, from the start of the ledger until
    `lead` days before, divided by the whole years of 365 days that is (at least one, and something must have come);
    (2) at least `part` of it was paid in cash, by an unknown end, or by others who are not banks;
    (3) companies of another country than the holder's paid at least `part` of it into the holder's accounts in the
    `lead` days before the first payment;
    (4) within `resale` days of the first payment real estate of the same description and country was bought by a
    payment to the holder of at least `part` of it. The payments, and those of (3) and (4), are the evidence.
    Cost: per purchase, the credits of its holder's accounts.
    Source: FATF, Risk-based approach for the real estate sector (2022); AMLTRIX T0010.
    """

    signs: int = threshold(1, "Signs that must hold, at least.", unit="of four signs", low=1, high=4)
    times: float = threshold(10, "Paid, over the income of a year, at least.", unit="times")
    part: float = threshold(0.5, "Share of the price that others paid, lent or paid again, at least.", unit="share")
    lead: float = threshold(90, "Days before the purchase in which it is financed.", unit="days")
    resale: float = threshold(365, "From the purchase to the sale, at most.", unit="days")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 50_000, "USD": 50_000, "GBP": 50_000, "CHF": 50_000}, "Paid, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0010"
    counted: ClassVar = "out"
    uses: ClassVar = ("party.id", "party.kind", "party.sector", "party.country")
    sentence: ClassVar = "{subject}: {amount} was paid for real estate ({asset}); {reasons}."
    margins: ClassVar = (Margin("amount", "least"), Margin("held", "signs"))
    innocent: ClassVar = (legacy, lent_by_bank, shared_home)
    example: ClassVar = """
        party P1 person "Ana" ES income=21,000.00
        party P2 person "Luis" ES
        party C1 company "Palm Holdings" PA
        account A holder=P1
        account B holder=C1
        account C
        account D holder=P2
        2024-02-20 B -> A 250,000.00 "loan"
        2024-03-04 A -> C 310,000.00
        2024-09-01 D -> A 330,000.00
        asset V1 real_estate "Villa Mar" holder=P1 310,000.00 EUR by=t2 ES
        asset V2 real_estate "Villa Mar" holder=P2 330,000.00 EUR by=t3 ES
    """
    counter_example: ClassVar = """
        -- a flat that a bank lent most of the money for
        party P1 person "Ana" ES income=31,000.00
        party C1 company "Savings Bank" ES sector=64.19
        account A holder=P1
        account B holder=C1
        2024-02-20 B -> A 250,000.00 "mortgage"
        2024-03-04 A -> C 310,000.00
        asset V1 real_estate "Flat" holder=P1 310,000.00 EUR by=t2 ES
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger, for assets are of parties."""
        return Scope()

    def lacking(self, flows: Flows) -> list[str]:
        """The table of assets, where it names no transactions that paid for real estate."""
        from followmoney.patterns._real_estate import known

        return [] if flows.graph is None or known(flows) else ["`assets.acquired_by` of real estate"]

    def unmet(self, flows: Flows) -> list[str]:
        """The means of the buyers, where no income is declared and the ledger begins too late."""
        from followmoney.patterns._real_estate import examinable

        if flows.graph is None or examinable(self, flows):
            return []
        return [
            (
                "sign (1) was not examined, because no buyer has a declared income, and no purchase has a year and "
                f"{self.lead:g} days (`lead`) before it in this ledger"
            )
        ]

    def hits(self, flows: Flows) -> Hits:
        """Purchases, by currency."""
        import numpy as np

        from followmoney.patterns._hits import Hits
        from followmoney.patterns._real_estate import evidence, purchases

        every = purchases(flows)
        found = [evidence(self, flows, bought, every) for bought in every]
        rows = [(number, *row) for number, shown in enumerate(found) for row in shown]
        table = np.array(rows, np.int64).reshape(-1, 4)
        return Hits.grouped(table[:, 1], table[:, 0], table[:, 2], table[:, 3].astype(np.uint8))

    def more(self, hit: Hit) -> Mapping[str, float | str]:
        """Which real estate, and which signs hold."""
        from followmoney.patterns._real_estate import purchases, signs

        row = int(hit.rows("out")[0])
        every = purchases(hit.flows)
        bought = next(b for b in every if row in b.rows)
        found = signs(self, hit.flows, bought, every)
        return {"asset": bought.name, "reasons": "; ".join(s.words for s in found), "held": len(found)}
