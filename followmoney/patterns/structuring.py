"""Structuring: cash paid in just below the limit, again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._cash import BelowLimit
from followmoney.patterns._innocent import limit_crossed, regular_takings
from followmoney.patterns._pattern import Margin, Window
from followmoney.patterns._threshold import exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Structuring(BelowLimit):
    """Several cash deposits within days, each kept just below the amount that draws attention, large together.

    At least `deposits` cash deposits into one account within `days`, in one currency, each at least `band` of the limit
    and below it, that together reach the limit. Windows of an account that share a deposit are one finding. Cash is
    what came by the channel cash, or from an account that stands for cash.
    With a `country`, each deposit is held against the limit in force on its day; what need not be reported counts as
    below it. Cost: one pass, and a sort of the deposits in the band.
    Source: AMLTRIX T0016.
    """

    band: float = threshold(0.8, "A deposit counts from this share of the limit.", unit="share")
    deposits: int = threshold(3, "Deposits in a window, at least.", unit="transactions", low=1)
    days: float = threshold(7, "Length of a window.", unit="days")

    amltrix: ClassVar = "T0016"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{count} cash deposits of {smallest} to {largest} were paid into {subject} {within}, each {under}, "
        "{amount} together."
    )
    margins: ClassVar = (Margin("count", "deposits"), Margin("amount", "limits"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (regular_takings, limit_crossed)
    example: ClassVar = """
        2024-03-04 cash -> A 9,500.00
        2024-03-05 cash -> A 9,800.00
        2024-03-08 cash -> A 9,900.00
        2024-03-11 A -> B 29,000.00 wire
    """
    counter_example: ClassVar = """
        -- a shop that pays in its takings every Monday, whatever they are
        2024-03-04 cash -> A 7,420.00
        2024-03-11 cash -> A 9,350.00
        2024-03-18 cash -> A 11,280.00
        2024-03-25 cash -> A 8,640.00
        2024-04-01 cash -> A 9,910.00
    """

    @property
    def scope(self) -> Scope:
        """All that was paid into an account."""
        return Scope(shard="beneficiary")

    def hits(self, flows: Flows) -> Hits:
        """Clusters of deposits in the band, by account and currency."""
        from followmoney.patterns._clusters import paired, together
        from followmoney.patterns._hits import IN, Hits

        num, den = exact(self.band)
        flows.multiply((num, den))
        cash = self.kept_below(flows)
        cash = cash.where(flows.received[cash.at] * den >= cash.limit * num)
        at, cluster = together(
            flows, cash.at, paired(flows.beneficiary[cash.at], cash.code), amount=flows.received[cash.at],
            enough=cash.limit, span=micros(self.days, "days"), least=self.deposits,
        )  # fmt: skip
        return Hits.grouped(flows.beneficiary[at], cluster, at, IN)
