"""Micro-structuring: a large sum paid in as many small cash deposits, at several machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._cash import BelowLimit
from followmoney.patterns._innocent import limit_crossed, regular_takings
from followmoney.patterns._innocent_cash import coins, shops_of_one_holder
from followmoney.patterns._pattern import Margin, Window
from followmoney.patterns._threshold import exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class MicroStructuring(BelowLimit):
    """Many small cash deposits within days, far below the limit and at several places, that together reach it.

    At least `deposits` cash deposits into one account within `days`, in one currency, each below `share` of the limit,
    that together reach the limit and were made at `spots` or more different machines, counters or towns (the machine
    or counter where it is known, else the town). Where not one of them says where it was made, the number of spots is
    not asked for. Windows of an account that share a deposit are one finding.
    Cost: one pass, and a sort of the small deposits.
    Source: AMLTRIX T0016.001.
    """

    share: float = threshold(0.3, "A deposit counts below this share of the limit.", unit="share")
    deposits: int = threshold(10, "Deposits in a window, at least.", unit="transactions", low=1)
    days: float = threshold(7, "Length of a window.", unit="days")
    spots: int = threshold(3, "Machines, counters or towns, at least, where any is known.", unit="places", low=1)

    amltrix: ClassVar = "T0016.001"
    counted: ClassVar = "in"
    uses: ClassVar = ("terminal", "place")
    sentence: ClassVar = (
        "{count} small cash deposits of {smallest} to {largest} were paid into {subject}{where} {within}: "
        "{amount} together, while each stayed {under}."
    )
    margins: ClassVar = (Margin("count", "deposits"), Margin("amount", "limits"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (regular_takings, limit_crossed, coins, shops_of_one_holder)
    example: ClassVar = """
        2024-03-04 cash -> A 1,100.00 place=Antwerp terminal=M1
        2024-03-04 cash -> A 1,200.00 place=Antwerp terminal=M1
        2024-03-05 cash -> A 900.00 place=Antwerp terminal=M2
        2024-03-05 cash -> A 1,250.00 place=Ghent terminal=M3
        2024-03-06 cash -> A 850.00 place=Ghent terminal=M3
        2024-03-06 cash -> A 1,000.00 place=Ghent
        2024-03-07 cash -> A 950.00 place=Lier terminal=M4
        2024-03-07 cash -> A 1,150.00 place=Lier terminal=M4
        2024-03-08 cash -> A 1,050.00 place=Antwerp terminal=M2
        2024-03-08 cash -> A 1,000.00 place=Antwerp terminal=M1
    """
    counter_example: ClassVar = """
        -- an operator of vending machines, who empties two a day and pays in at the counter round the corner
        2024-03-04T09:00 cash -> A 1,140.00 place=Antwerp terminal=C1
        2024-03-04T09:10 cash -> A 1,205.00 place=Antwerp terminal=C1
        2024-03-05T09:00 cash -> A 985.00 place=Antwerp terminal=C1
        2024-03-05T09:10 cash -> A 1,260.00 place=Antwerp terminal=C1
        2024-03-06T09:00 cash -> A 1,310.00 place=Antwerp terminal=C1
        2024-03-06T09:10 cash -> A 890.00 place=Antwerp terminal=C1
        2024-03-07T09:00 cash -> A 1,420.00 place=Antwerp terminal=C1
        2024-03-07T09:10 cash -> A 1,030.00 place=Antwerp terminal=C1
        2024-03-08T09:00 cash -> A 1,275.00 place=Antwerp terminal=C1
        2024-03-08T09:10 cash -> A 1,180.00 place=Antwerp terminal=C1
    """

    @property
    def scope(self) -> Scope:
        """All that was paid into an account."""
        return Scope(shard="beneficiary")

    def hits(self, flows: Flows) -> Hits:
        """Clusters of small deposits, by account and currency."""
        from followmoney.patterns._clusters import paired, together
        from followmoney.patterns._hits import IN, Hits
        from followmoney.patterns._spots import spots

        num, den = exact(self.share)
        flows.multiply((num, den))
        cash = self.kept_below(flows)
        cash = cash.where(flows.received[cash.at] * den < cash.limit * num)
        at, cluster = together(
            flows, cash.at, paired(flows.beneficiary[cash.at], cash.code), amount=flows.received[cash.at],
            enough=cash.limit, span=micros(self.days, "days"), least=self.deposits,
            spot=spots(flows, cash.at), spots=self.spots,
        )  # fmt: skip
        return Hits.grouped(flows.beneficiary[at], cluster, at, IN)

    def more(self, hit: Hit) -> dict[str, int | str]:
        """Also where it was paid in."""
        from followmoney.patterns._spots import spoken

        return super().more(hit) | {"where": spoken(hit, hit.rows("in"))}
