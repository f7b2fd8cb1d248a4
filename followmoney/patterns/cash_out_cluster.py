"""Cash-out cluster: several accounts are emptied at one machine within minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_machine import busy_machine, cards_of_one_holder, group_of_travellers
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class CashOutCluster(Pattern):
    """Several accounts draw cash at the same machine within minutes, each about as much as the machine gives.

    At least `accounts` different accounts draw cash at one terminal within `minutes`, in one currency, each time at
    least `near` of the largest sum that anyone in the ledger drew there, together at least `least`. Windows of a
    terminal that share a withdrawal are one finding. The subject is the account that drew most (of several, the one
    that drew first).
    Cost: one pass, and a sort of the withdrawals at known terminals.
    Source: AMLTRIX T0105.
    """

    accounts: int = threshold(3, "Accounts in a window, at least.", unit="accounts", low=2)
    minutes: float = threshold(10, "Length of a window.", unit="minutes")
    near: float = threshold(0.9, "A withdrawal counts from this share of the machine's largest.", unit="share")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 1_000, "USD": 1_000, "GBP": 1_000, "CHF": 1_000}, "Drawn together, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0105"
    counted: ClassVar = "out"
    needs: ClassVar = ("terminal",)
    uses: ClassVar = ("account.country", "party.country")
    sentence: ClassVar = (
        "{amount} was drawn from {emptied} in {count} withdrawals at one machine ({machine}){town} {within}; no "
        "account drew more than {subject}, and nothing under {smallest} counts where the largest ever drawn is {top}."
    )
    margins: ClassVar = (Margin("emptied_accounts", "accounts"), Margin("amount", "least"))
    one_window: ClassVar = Window("minutes")
    innocent: ClassVar = (group_of_travellers, cards_of_one_holder, busy_machine)
    example: ClassVar = """
        2024-03-04T22:01 A -> cash 500.00 terminal=M7 place=Antwerp
        2024-03-04T22:03 B -> cash 500.00 terminal=M7 place=Antwerp
        2024-03-04T22:06 C -> cash 480.00 terminal=M7 place=Antwerp
        2024-03-04T22:08 D -> cash 500.00 terminal=M7 place=Antwerp
    """
    counter_example: ClassVar = """
        -- people before the weekend, at a machine that gives 500
        2024-03-08T17:30 A -> cash 40.00 terminal=M7
        2024-03-08T17:32 B -> cash 500.00 terminal=M7
        2024-03-08T17:34 C -> cash 100.00 terminal=M7
        2024-03-08T17:35 D -> cash 20.00 terminal=M7
        2024-03-08T17:38 E -> cash 500.00 terminal=M7
        2024-03-08T17:39 F -> cash 300.00 terminal=M7
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger: what a machine gives is seen from all who used it."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Clusters of large withdrawals, by terminal and currency."""
        import numpy as np

        from followmoney.patterns._clusters import chief, paired, together
        from followmoney.patterns._hits import OUT, Hits

        num, den = exact(self.near)
        flows.multiply((num, den))
        machine, enough = flows.known["terminal"].values, flows.minor(self.least)
        drawn = flows.cash & (machine >= 0) & ~flows.outside[flows.originator]
        at = np.flatnonzero(drawn & (flows.originator != flows.beneficiary))
        code, amount = flows.currency[at], flows.amount[at]
        group = paired(machine[at], code)
        largest = np.zeros(int(group.max(initial=-1)) + 1, np.int64)
        np.maximum.at(largest, group, amount)
        kept = (enough[code] > 0) & (amount * den >= largest[group] * num)
        at, group, code = at[kept], group[kept], code[kept]
        at, cluster = together(
            flows, at, group, amount=flows.amount[at], enough=enough[code], span=micros(self.minutes, "minutes"),
            least=self.accounts, spot=paired(flows.originator[at]), spots=self.accounts,
        )  # fmt: skip
        return Hits.grouped(chief(cluster, flows.originator[at], flows.amount[at], at), cluster, at, OUT)

    def more(self, hit: Hit) -> dict[str, int | str]:
        """Which machine, how many accounts, and what the machine gives."""
        import numpy as np

        from followmoney.patterns._innocent_machine import at_this_machine
        from followmoney.patterns._spoken import listed, many
        from followmoney.schema.codes import money

        rows = hit.rows("out")
        accounts = len(np.unique(hit.flows.originator[rows]))
        towns = hit.column("place", rows).drop_nulls().unique().sort().to_list()
        top = int(hit.flows.amount[at_this_machine(hit)].max())
        return {
            "emptied_accounts": accounts,
            "emptied": many(accounts, "account"),
            "machine": str(hit.column("terminal", rows)[0]),
            "town": f" in {listed(towns)}" if towns else "",
            "top": money(top, hit.flows.currencies[hit.flows.currency[rows[0]]]),
        }
