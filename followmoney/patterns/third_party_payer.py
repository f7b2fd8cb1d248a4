"""Third-party payer: goods are paid by somebody whom the invoice does not name, from an unrelated country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_trade import factoring, group_treasury
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class ThirdPartyPayer(Pattern):
    """Goods are paid by somebody whom the invoice does not name, from a country that has nothing to do with the trade.

    Looked at are payments for lines of the table `trades` (which name the transaction, or whose document number is its
    reference). It counts if the holder of the account debited is known and is neither buyer nor seller of any line of
    the bill, and if its country (of the party, else of the account) is known and differs from those of buyers and
    sellers, of which one at least is known, and from origin and destination. Payments of one payer to one seller, in
    one currency, of at least `least` together are one finding.
    Cost: one pass over the trades and their payments.
    Source: FATF/Egmont, Trade-Based Money Laundering: Trends and Developments (2020), and Risk Indicators (2021).
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Paid, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0008"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{seller} sold goods to {buyer}; {amount} of it was paid by {subject} in {country}, in {transactions}."
    )
    margins: ClassVar = (Margin("amount", "least"),)
    innocent: ClassVar = (factoring, group_treasury)
    uses: ClassVar = ("party.id", "party.country", "account.country")
    tables: ClassVar = ("trades",)
    example: ClassVar = """
        party S company "Frutas" ES
        party B company "Fresh" NL
        party P company "Nomos" BZ
        account A holder=S
        account X holder=P
        trade T1 S -> B 08055010 2,000 kg 40,000.00 EUR document=I7 origin=ES destination=NL
        2024-03-04 X -> A 40,000.00 wire reference=I7
    """
    counter_example: ClassVar = """
        -- the buyer pays from an account abroad, and a neighbour in its country pays for it
        party S company "Frutas" ES
        party B company "Fresh" NL
        party P company "Fresh Payments" NL
        account A holder=S
        account X holder=B BZ
        account Y holder=P
        trade T1 S -> B 08055010 2,000 kg 40,000.00 EUR document=I7 origin=ES destination=NL
        2024-03-04 X -> A 20,000.00 wire reference=I7
        2024-03-05 Y -> A 20,000.00 wire reference=I7
    """

    @property
    def scope(self) -> Scope:
        """All payments for a bill."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """What third parties paid, by payer, seller and currency."""
        from followmoney.patterns._bills import Bills, together
        from followmoney.patterns._hits import Hits
        from followmoney.patterns._holders import Holders

        if flows.graph is None or not len(flows):
            return Hits()
        holders, parties = flows.once(Holders), flows.graph.ledger.parties
        country = dict(parties.select("id", "country").drop_nulls().iter_rows())
        found: list[tuple[tuple[str, ...], int]] = []
        for bill in flows.once(Bills).all:
            named = {line[side] for line in bill.lines for side in ("buyer", "seller")}
            known = {country[party] for party in named if party in country}
            related = known | {line[end] for line in bill.lines for end in ("origin", "destination")}
            for row in bill.rows:
                payer = holders.party(int(flows.originator[row]))
                where = _country(flows, int(flows.originator[row]))
                if payer is not None and payer not in named and where is not None and known and where not in related:
                    found.append(((payer, bill.sides[0]), row))
        return together(flows, found, flows.minor(self.least), payer=True)

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """Who sold to whom, and where the payer is."""
        from followmoney.patterns._bills import Bills
        from followmoney.patterns._spoken import listed

        bills = [hit.flows.once(Bills).of[row] for row in hit.at.tolist()]
        sellers, buyers = (
            sorted({hit.name(line[side]) for bill in bills for line in bill.lines if line[side]})
            for side in ("seller", "buyer")
        )
        return {
            "seller": listed(sellers or ["Somebody"]), "buyer": listed(buyers or ["somebody"]),
            "country": _country(hit.flows, hit.subject) or "",
        }  # fmt: skip


def _country(flows: Flows, vertex: int) -> str | None:
    """Country of who holds an account, else of the account, if known."""
    for name in ("party.country", "account.country"):
        known = flows.known[name]
        number = int(known.values[vertex])
        if number >= 0:
            return known.names[number]
    return None
