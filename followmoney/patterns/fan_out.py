"""Fan-out: an account pays many within days whom it never paid before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._history import too_early
from followmoney.patterns._innocent_out import equal_payouts, payees_go_on, refunded
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class FanOut(Pattern):
    """An account pays many payees within days whom it had never paid before, and it has not many others.

    The mirror of `fan_in`. Looked at is, for every account and currency, the window of `days` in which most new payees
    were first paid (the earliest of several). It is a hit if they are at least `payees` and at least `share` of all
    whom the account ever paid, and what they were paid in that window is at least `least`. A payee is new if the ledger
    shows no earlier payment; so a window must begin `history` days or more after the ledger. Cash and unknown payees
    are not payees. Cost: one pass.
    Source: the scatter pattern of AMLTRIX T0138 and of AMLworld (Altman et al. 2023), made to spare growing businesses.
    """

    payees: int = threshold(5, "New payees in the window, at least.", unit="accounts", low=2)
    days: float = threshold(7, "Length of the window.", unit="days")
    share: float = threshold(0.25, "New payees as a share of all payees of the account, at least.", unit="share")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Paid to them, at least.", unit=MAJOR, low=1
    )
    history: float = threshold(30, "Days of ledger before the window that must show no payment.", unit="days")

    amltrix: ClassVar = "T0138"
    counted: ClassVar = "out"
    sentence: ClassVar = "{subject} paid {amount} to {payees} whom it had not paid before, {within}, in {transactions}."
    margins: ClassVar = (Margin("payees", "payees"), Margin("amount", "least"))
    innocent: ClassVar = (equal_payouts, payees_go_on, refunded)
    example: ClassVar = """
        2024-01-02 H -> X 900.00
        2024-03-04 X -> G 9,600.00
        2024-03-04 G -> A 1,900.00
        2024-03-05 G -> B 2,400.00
        2024-03-05 G -> C 1,250.00
        2024-03-06 G -> D 2,100.00
        2024-03-06 G -> E 1,700.00
    """
    counter_example: ClassVar = """
        -- a company that pays its staff every month, and pays them more at the end of the year
        2024-10-28 G -> A 2,100.00 "wages"
        2024-10-28 G -> B 2,400.00 "wages"
        2024-10-28 G -> C 2,250.00 "wages"
        2024-10-28 G -> D 2,100.00 "wages"
        2024-10-28 G -> E 2,700.00 "wages"
        2024-12-20 G -> A 4,200.00 "wages"
        2024-12-20 G -> B 4,800.00 "wages"
        2024-12-20 G -> C 4,500.00 "wages"
        2024-12-20 G -> D 4,200.00 "wages"
        2024-12-20 G -> E 5,400.00 "wages"
    """

    @property
    def scope(self) -> Scope:
        """All that an account paid, and when the ledger begins."""
        return Scope(shard="originator", prepass="start")

    def hits(self, flows: Flows) -> Hits:
        """The busiest window of new payees, by account and currency."""
        from followmoney.patterns._fans import fans
        from followmoney.patterns._hits import OUT

        return fans(self, flows, self.payees, OUT)

    def notes(self, flows: Flows) -> list[str]:
        """Also from when on windows were looked at."""
        return [*super().notes(flows), *too_early(self, self.history, "payee", flows)]
