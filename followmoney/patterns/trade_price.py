"""Trade price: goods are invoiced, or paid, far from what they usually cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_trade import own_quality, terms_differ
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._spoken import many
from followmoney.patterns._threshold import MAJOR, exact, threshold

if TYPE_CHECKING:
    from followmoney.patterns._bills import Bill
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class TradePrice(Pattern):
    """Goods are invoiced far from their usual price, or paid far from their declared value.

    Looked at are payments for lines of the table `trades`. A line is one kind of goods, by its code, on a document; it
    names the transaction that pays, or its document number is the reference of one. A bill counts if the unit value
    (value over quantity, a binary fraction) of a line is more than `near` off the median of lines with the same goods
    (first 8 digits), origin, quarter (of the document, else of shipment), unit and currency, at least `peers` in
    number, and moreover more than `mads` median absolute deviations or more than `off` off it. Or if all its lines have
    a value in one currency, and what was paid in that currency is less than `low` or more than `high` of it. Payments
    of such bills with the same seller and buyer, in one currency, of at least `least` together are one finding.
    Cost: one sort of the trades, one pass over their payments.
    Source: AMLTRIX T0008.003; unit value filters as in Zdanowicz (2004), and FATF, Trade Based Money Laundering (2006).
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Paid, at least.", unit=MAJOR, low=1
    )
    peers: int = threshold(5, "Lines of the same goods, origin and quarter, at least.", unit="lines", low=1)
    near: float = threshold(0.1, "Off the median up to this is never odd.", unit="share", high=inf)
    mads: float = threshold(3, "Median absolute deviations off the median, more than.", unit="deviations")
    off: float = threshold(0.5, "Off the median as a share of it, more than.", unit="share", high=inf)
    low: float = threshold(0.8, "Paid, as a share of the declared value, at least.", unit="share")
    high: float = threshold(1.25, "Paid, as a share of the declared value, at most.", unit="share", high=inf)

    amltrix: ClassVar = "T0008.003"
    counted: ClassVar = "in"
    sentence: ClassVar = "{buyer} bought from {seller}, and {amount} was paid to {subject}, in {transactions}: {told}."
    margins: ClassVar = (Margin("amount", "least"),)
    innocent: ClassVar = (terms_differ, own_quality)
    uses: ClassVar = ("party.id",)
    tables: ClassVar = ("trades",)
    example: ClassVar = """
        party S company "Frutas" ES
        party B company "Fresh" NL
        account A holder=S
        account X holder=B
        trade T1 S -> B 08055010 1,000 kg 84,000.00 EUR document=I7 origin=ES issued_at=2024-03-01
        trade T2 U -> V 08055010 2,000 kg 40,000.00 EUR origin=ES issued_at=2024-02-01
        trade T3 U -> V 08055010 1,000 kg 20,400.00 EUR origin=ES issued_at=2024-02-03
        trade T4 U -> W 08055010 4,000 kg 79,000.00 EUR origin=ES issued_at=2024-02-09
        trade T5 U -> W 08055010 1,000 kg 19,000.00 EUR origin=ES issued_at=2024-03-09
        2024-03-04 X -> A 84,000.00 wire reference=I7
    """
    counter_example: ClassVar = """
        -- organic fruit, a tenth above the median, and paid less a discount
        party S company "Frutas" ES
        party B company "Fresh" NL
        account A holder=S
        account X holder=B
        trade T1 S -> B 08055010 1,000 kg 22,000.00 EUR document=I7 origin=ES issued_at=2024-03-01
        trade T2 U -> V 08055010 2,000 kg 40,000.00 EUR origin=ES issued_at=2024-02-01
        trade T3 U -> V 08055010 1,000 kg 20,400.00 EUR origin=ES issued_at=2024-02-03
        trade T4 U -> W 08055010 4,000 kg 79,000.00 EUR origin=ES issued_at=2024-02-09
        trade T5 U -> W 08055010 1,000 kg 19,000.00 EUR origin=ES issued_at=2024-03-09
        2024-03-04 X -> A 21,500.00 wire reference=I7
    """

    @property
    def scope(self) -> Scope:
        """All trades, and all payments for a bill."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Payments of oddly priced bills, by seller, buyer and currency."""
        from followmoney.patterns._bills import Bills, together
        from followmoney.patterns._hits import Hits

        if flows.graph is None or not len(flows):
            return Hits()
        flows.multiply(exact(self.low), exact(self.high))
        odd = (bill for bill in flows.once(Bills).all if self.told(flows, bill))
        return together(flows, ((bill.sides, row) for bill in odd for row in bill.rows), flows.minor(self.least))

    def told(self, flows: Flows, bill: Bill) -> list[str]:
        """What is odd about a bill, a sentence part each."""
        from followmoney.patterns._prices import Prices

        prices, found = flows.once(Prices), list[str]()
        for line in bill.lines:
            usual = prices.of(line["id"])
            if usual is not None and usual.lines >= self.peers:
                far = abs(usual.price - usual.median)
                odd = far > self.mads * usual.deviation or far > self.off * usual.median
                if far > self.near * usual.median and odd:
                    times = f"{usual.price / usual.median:.2g} times the usual unit value"
                    lines = many(usual.lines, "line")
                    found.append(
                        f"goods of code {line['goods']} were invoiced at {times} in {lines} of the table of trades"
                    )
        return found + self._ratio(flows, bill)

    def _ratio(self, flows: Flows, bill: Bill) -> list[str]:
        currencies = {line["currency"] for line in bill.lines if line["value"]}
        if len(currencies) != 1 or any(not line["value"] for line in bill.lines):
            return []
        (currency,), value = currencies, sum(line["value"] for line in bill.lines)
        rows = [row for row in bill.rows if flows.currencies[flows.currency_received[row]] == currency]
        paid = sum(int(flows.received[row]) for row in rows)
        (low, of_low), (high, of_high) = exact(self.low), exact(self.high)
        if not rows or (low * value <= paid * of_low and paid * of_high <= high * value):
            return []
        return [f"{100 * paid // value} % of the declared value was paid"]

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """Who sold to whom, and what is odd."""
        from followmoney.patterns._bills import Bills
        from followmoney.patterns._spoken import listed

        bills = list(dict.fromkeys(hit.flows.once(Bills).of[row].rows for row in hit.at.tolist()))
        told = [text for rows in bills for text in self.told(hit.flows, hit.flows.once(Bills).of[rows[0]])]
        seller, buyer = hit.flows.once(Bills).of[int(hit.at[0])].sides
        return {
            "seller": hit.name(seller) if seller else "somebody", "buyer": hit.name(buyer) if buyer else "Somebody",
            "told": listed(told),
        }  # fmt: skip
