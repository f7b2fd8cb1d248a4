"""Fan-in: many who never paid before pay within days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._history import too_early
from followmoney.patterns._innocent import equal_amounts, payers_go_on, payers_keep_coming
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class FanIn(Pattern):
    """Many payers who had never paid an account before pay into it within days, and it has not many others.

    Looked at is, for every account and currency, the window of `days` in which most new payers came (the earliest of
    several). It is a hit if they are at least `payers` and at least `share` of all who ever paid the account, and what
    they paid in that window is at least `least`. A payer is new if the ledger shows no earlier payment; so a window
    must begin `history` days or more after the ledger. Cash and unknown payers are not payers. Cost: one pass.
    Source: the gather pattern of AMLTRIX T0138 and of AMLworld (Altman et al. 2023), made to spare growing businesses.
    """

    payers: int = threshold(5, "New payers in the window, at least.", unit="accounts", low=2)
    days: float = threshold(7, "Length of the window.", unit="days")
    share: float = threshold(0.25, "New payers as a share of all payers of the account, at least.", unit="share")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Paid by them, at least.", unit=MAJOR, low=1
    )
    history: float = threshold(30, "Days of ledger before the window that must show no payment.", unit="days")

    amltrix: ClassVar = "T0138"
    counted: ClassVar = "in"
    sentence: ClassVar = "{payers} who had not paid {subject} before paid {amount} into it {within}, in {transactions}."
    margins: ClassVar = (Margin("payers", "payers"), Margin("amount", "least"))
    innocent: ClassVar = (equal_amounts, payers_go_on, payers_keep_coming)
    example: ClassVar = """
        2024-01-02 H -> G 900.00
        2024-01-05 G -> H 300.00
        2024-03-04 A -> G 1,900.00
        2024-03-05 B -> G 2,400.00
        2024-03-06 C -> G 1,250.00
        2024-03-08 D -> G 2,100.00
        2024-03-10 E -> G 1,700.00
        2024-03-11 G -> X 9,000.00
    """
    counter_example: ClassVar = """
        -- a sports club: its members pay every quarter
        2024-01-02 A -> G 1,100.00 "fee"
        2024-01-02 B -> G 1,100.00 "fee"
        2024-01-03 C -> G 1,100.00 "fee"
        2024-01-03 D -> G 1,100.00 "fee"
        2024-01-04 E -> G 1,100.00 "fee"
        2024-04-02 A -> G 1,100.00 "fee"
        2024-04-02 B -> G 1,100.00 "fee"
        2024-04-03 C -> G 1,100.00 "fee"
        2024-04-03 D -> G 1,100.00 "fee"
        2024-04-04 E -> G 1,100.00 "fee"
    """

    @property
    def scope(self) -> Scope:
        """All that was paid into an account, and when the ledger begins."""
        return Scope(shard="beneficiary", prepass="start")

    def hits(self, flows: Flows) -> Hits:
        """The busiest window of new payers, by account and currency."""
        from followmoney.patterns._fans import fans
        from followmoney.patterns._hits import IN

        return fans(self, flows, self.payers, IN)

    def notes(self, flows: Flows) -> list[str]:
        """Also from when on windows were looked at."""
        return [*super().notes(flows), *too_early(self, self.history, "payer", flows)]
