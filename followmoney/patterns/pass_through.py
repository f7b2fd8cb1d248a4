"""Pass-through: money comes in and is gone again within hours."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import from_own_account, same_round, sent_back, usual_payees
from followmoney.patterns._innocent_clients import clients_money
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class PassThrough(Pattern):
    """Money comes into an account, nearly all of it leaves again within hours, and the account holds little else.

    For every account and currency, from its last movement backwards: a transaction that leaves is the end of a window
    of `hours`, which begins with the first transaction that comes in. It is a hit if at least `least` came in, between
    `low` and `high` of it left, and at most `left` of it can have stayed: the balance above the lowest that the account
    ever shows, so that what it always held does not count. That lowest is the lower the longer the ledger is, and what
    the account's own trade leaves there counts too; so `left` may be more than all that came. The search goes on before
    the window; windows never overlap. Transfers of an account to itself are left out. Cost: one pass.
    Source: AMLTRIX T0070.
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Came in, at least.", unit=MAJOR, low=1
    )
    hours: float = threshold(48, "From the first money in to the last money out.", unit="hours")
    low: float = threshold(0.8, "Left, as a share of what came in, at least.", unit="share")
    high: float = threshold(1.05, "Left, as a share of what came in, at most.", unit="share", high=inf)
    left: float = threshold(2.0, "Stayed on the account, as a share of what came in, at most.", unit="share", high=inf)

    amltrix: ClassVar = "T0070"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{came} came into {subject} from {payers}, and {gone} ({much}) left again to {payees}, {within}."
    )
    margins: ClassVar = (Margin("came", "least"), Margin("span", "hours", most=True))
    innocent: ClassVar = (from_own_account, sent_back, usual_payees, same_round, clients_money)
    uses: ClassVar = ("party.sector",)
    example: ClassVar = """
        2024-05-06T09:00 A -> B 50,000.00 wire
        2024-05-06T13:00 B -> C 30,000.00 wire
        2024-05-07T08:00 B -> D 18,500.00 wire
    """
    counter_example: ClassVar = """
        -- a company that is paid, and pays wages out of what it already has
        2024-05-02T09:00 A -> B 90,000.00 wire "invoice 11"
        2024-05-27T09:00 A -> B 40,000.00 wire "invoice 12"
        2024-05-28T08:00 B -> C 19,000.00 wire "wages"
        2024-05-28T08:00 B -> D 18,500.00 wire "wages"
        2024-06-20T08:00 B -> E 85,000.00 wire "machine"
    """

    @property
    def scope(self) -> Scope:
        """All movements of an account, because the lowest balance is among them."""
        return Scope(shard="either")

    def hits(self, flows: Flows) -> Hits:
        """Windows of money in and out, by account and currency."""
        import numpy as np

        from followmoney.graph._kernels import fit
        from followmoney.patterns._hits import Hits
        from followmoney.patterns._kernels_pass_through import passed

        low, high, left = exact(self.low), exact(self.high), exact(self.left)
        flows.multiply(low, high, left)
        came, gone = fit(passed, len(flows))(
            flows.into.ptr, flows.into.row, flows.out.ptr, flows.out.row, flows.originator, flows.beneficiary,
            flows.outside, flows.time, flows.received, flows.currency_received, flows.amount, flows.currency,
            flows.minor(self.least), micros(self.hours, "hours"), (*low, *high, *left),
        )  # fmt: skip
        i, o = np.flatnonzero(came >= 0), np.flatnonzero(gone >= 0)
        return Hits.passed_on(flows, (i, came[i]), (o, gone[o]))
