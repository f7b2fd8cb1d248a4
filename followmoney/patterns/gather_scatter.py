"""Gather-scatter: many pay into an account, and it pays about the same on to many others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import sent_back
from followmoney.patterns._innocent_groups import client_account, every_week, one_holder_of_all
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class GatherScatter(Pattern):
    """Many pay into an account within days, and it pays about as much on to many others, none a regular contact.

    Looked at are only transactions of pairs that have at most `seen` in that direction in the ledger, so that customers
    and suppliers do not count, in one currency of the account. A window ends with a payment out of the account and
    begins with the first payment in at most `days` before. It is a hit if at least `payers` paid in and `payees` were
    paid, each at least `share` of all who in the ledger so paid it or were so paid, at least `least` came in, and
    between `low` and `high` of it left. From the account's last payment backwards; windows never overlap. Payments need
    not come in before others leave. Cash, unknown ends and transfers of an account to itself are left out. By default a
    pair counts that dealt once only: schemes use new pairs, and trade that repeats hides what is passed on.
    Cost: one pass; a transaction of an account with a million counterparties costs no more than any other.
    Source: AMLTRIX T0070; the form of AMLworld (Altman et al. 2023), where they last up to 8.4 days; ratio as for
    `pass_through`.
    """

    payers: int = threshold(3, "Payers in the window, at least.", unit="accounts", low=1)
    payees: int = threshold(3, "Payees in the window, at least.", unit="accounts", low=1)
    days: float = threshold(9, "From the first payment in to the last payment out.", unit="days")
    share: float = threshold(0.25, "Payers, and payees, in the window as a share of all, at least.", unit="share")
    low: float = threshold(0.8, "Left, as a share of what came in, at least.", unit="share")
    high: float = threshold(1.05, "Left, as a share of what came in, at most.", unit="share", high=inf)
    seen: int = threshold(
        1, "Transactions of a pair in one direction in the ledger, at most.", unit="transactions", low=1
    )
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Came in, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0070"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{came} from {payers} was pooled in {subject}, and {gone} ({much}) went on to {payees}, {within}; "
        "none of them paid it, or was paid by it, {often}."
    )
    margins: ClassVar = (Margin("payers", "payers"), Margin("payees", "payees"), Margin("came", "least"))
    innocent: ClassVar = (sent_back, client_account, every_week, one_holder_of_all)
    example: ClassVar = """
        2024-05-06T09:00 A -> G 4,800.00 wire
        2024-05-07T10:00 B -> G 6,200.00 wire
        2024-05-08T16:00 C -> G 5,500.00 wire
        2024-05-10T08:00 G -> X 5,900.00 wire
        2024-05-10T08:30 G -> Y 5,100.00 wire
        2024-05-11T11:00 G -> Z 5,000.00 wire
    """
    counter_example: ClassVar = """
        -- a shop: its customers come once, but it pays the same suppliers week after week
        2024-05-06 A -> G 4,800.00
        2024-05-07 B -> G 6,200.00
        2024-05-08 C -> G 5,500.00
        2024-05-09 G -> X 5,900.00
        2024-05-09 G -> Y 5,100.00
        2024-05-09 G -> Z 5,000.00
        2024-05-16 G -> X 5,900.00
        2024-05-16 G -> Y 5,100.00
        2024-05-16 G -> Z 5,000.00
        2024-05-23 G -> X 5,900.00
        2024-05-23 G -> Y 5,100.00
        2024-05-23 G -> Z 5,000.00
    """

    @property
    def scope(self) -> Scope:
        """All movements of an account, because all dealings of a pair count."""
        return Scope(shard="either")

    def hits(self, flows: Flows) -> Hits:
        """Windows of rare payments in and out, by account and currency."""
        import numpy as np

        from followmoney.graph._kernels import fit
        from followmoney.graph._rows import compress
        from followmoney.patterns._hits import Hits
        from followmoney.patterns._kernels_gather_scatter import pooled
        from followmoney.patterns._rare import rare

        low, high = exact(self.low), exact(self.high)
        flows.multiply(low, high)
        at = np.flatnonzero(rare(flows, self.seen))
        payer, payee, accounts = flows.originator[at], flows.beneficiary[at], len(flows.outside)
        into, out = compress(payee, accounts), compress(payer, accounts)
        came, gone = fit(pooled, len(flows))(
            into.ptr, into.row, out.ptr, out.row, payer, payee, flows.time[at],
            flows.received[at], flows.currency_received[at], flows.amount[at], flows.currency[at],
            flows.minor(self.least), micros(self.days, "days"),
            self.payers, self.payees, exact(self.share), (*low, *high),
        )  # fmt: skip
        i, o = np.flatnonzero(came >= 0), np.flatnonzero(gone >= 0)
        return Hits.passed_on(flows, (at[i], came[i]), (at[o], gone[o]))

    def more(self, hit: Hit) -> Mapping[str, str]:  # noqa: ARG002
        """How often at most a pair deals with each other."""
        from followmoney.patterns._spoken import often

        return {"often": often(self.seen)}
