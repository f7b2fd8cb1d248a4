"""Phantom shipment: goods are paid for that no record shows to have been shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_trade import given_back, services, shipped_by_another
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class PhantomShipment(Pattern):
    """Goods are paid for, and no bill of lading or customs entry shows that they were shipped.

    Looked at are payments for lines of the table `trades` (which name the transaction, or whose document number is its
    reference). A payment counts if no line of its bill was shipped at most `days` before or after the day of payment,
    and if the records (the last transaction, or the last shipment of all) go on for `days` after it. Payments of bills
    with the same seller and buyer, in one currency, of at least `least` together are one finding.
    Cost: one pass over the trades and their payments.
    Source: AMLTRIX T0069.002; FATF/Egmont, Trade-Based Money Laundering: Trends and Developments (2020).
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Paid, at least.", unit=MAJOR, low=1
    )
    days: float = threshold(90, "Between payment and shipment, at most.", unit="days")

    amltrix: ClassVar = "T0069.002"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{amount} was paid to {subject} for goods ({goods}), in {transactions} from {begin} on, and no shipment to "
        "{buyer} is recorded within {days} days."
    )
    margins: ClassVar = (Margin("amount", "least"),)
    innocent: ClassVar = (services, shipped_by_another, given_back)
    uses: ClassVar = ("party.id",)
    tables: ClassVar = ("trades",)
    example: ClassVar = """
        party S company "Frutas" ES
        party B company "Fresh" NL
        account A holder=S
        account X holder=B
        trade T1 S -> B 08055010 2,000 kg 40,000.00 EUR document=I7
        2024-03-04 X -> A 40,000.00 wire reference=I7
        2024-06-30 X -> Z 10.00
    """
    counter_example: ClassVar = """
        -- goods that were shipped a month after they were paid for, and a payment of last week
        party S company "Frutas" ES
        party B company "Fresh" NL
        account A holder=S
        account X holder=B
        trade T1 S -> B 08055010 2,000 kg 40,000.00 EUR document=I7
        trade T2 S -> B 08055010 2,000 kg 40,000.00 EUR document=I7 shipped_at=2024-04-02
        trade T3 S -> B 08055010 2,000 kg 40,000.00 EUR document=I8
        2024-03-04 X -> A 40,000.00 wire reference=I7
        2024-06-23 X -> A 40,000.00 wire reference=I8
        2024-06-30 X -> Z 10.00
    """

    @property
    def scope(self) -> Scope:
        """All payments for a bill, and when the ledger ends."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Payments without a shipment, by seller, buyer and currency."""
        from followmoney.patterns._bills import Bills, together
        from followmoney.patterns._hits import Hits
        from followmoney.schema.clock import DAY

        if flows.graph is None or not len(flows):
            return Hits()
        span, shipped = micros(self.days, "days"), flows.graph.ledger["trades"]["shipped_at"].drop_nulls()
        last = max(int(flows.time[-1]), _day(shipped.max()) if len(shipped) else 0)
        found: list[tuple[tuple[str, ...], int]] = []
        for bill in flows.once(Bills).all:
            days = [_day(line["shipped_at"]) for line in bill.lines if line["shipped_at"] is not None]
            for row in bill.rows:
                time = int(flows.time[row])
                day = time // DAY * DAY
                if time + span <= last and all(abs(day - other) > span for other in days):
                    found.append((bill.sides, row))
        return together(flows, found, flows.minor(self.least))

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """What was bought, and by whom."""
        from followmoney.patterns._bills import Bills
        from followmoney.patterns._spoken import listed

        lines = [line for row in hit.at.tolist() for line in hit.flows.once(Bills).of[row].lines]
        goods = sorted({str(line["goods"]) for line in lines if line["goods"]})
        buyers = sorted({hit.name(line["buyer"]) for line in lines if line["buyer"]})
        return {"goods": listed(goods or ["not named"]), "buyer": listed(buyers or ["the buyer"])}


def _day(day: object) -> int:
    """Microseconds since 1970 at the beginning of a day."""
    from datetime import date

    from followmoney.patterns._owners_at import EPOCH
    from followmoney.schema.clock import DAY

    return (day.toordinal() - EPOCH) * DAY if isinstance(day, date) else 0
