"""Spread structuring: cash kept just below the limit, spread over the accounts of one holder or by one depositor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._cash import BelowLimit
from followmoney.patterns._innocent_cash import crossed_by_them, takings_of_several
from followmoney.patterns._pattern import Margin, Window
from followmoney.patterns._threshold import exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class SpreadStructuring(BelowLimit):
    """Cash deposits just below the limit, spread over several accounts by one depositor or among those of one holder.

    At least `deposits` cash deposits into at least `accounts` accounts within `days`, in one currency, each at least
    `band` of the limit and below it, that together reach the limit, and that one person paid in, or that went into
    accounts of one holder. Windows of a person that share a deposit are one finding, and so are findings of several
    persons that share one. The subject is the account that got most of the deposits (of several, the one that got its
    first). Deposits into one account alone are `structuring`. Cost: a sort of the deposits in the band.
    Source: AMLTRIX T0016.005; per depositor and per holder beside per account as 31 CFR 1010.313 adds up.
    """

    band: float = threshold(0.8, "A deposit counts from this share of the limit.", unit="share")
    deposits: int = threshold(3, "Deposits in a window, at least.", unit="transactions", low=1)
    days: float = threshold(7, "Length of a window.", unit="days")
    accounts: int = threshold(2, "Accounts they were paid into, at least.", unit="accounts", low=2)

    amltrix: ClassVar = "T0016.005"
    counted: ClassVar = "in"
    uses: ClassVar = ("conductor", "party.id")
    sentence: ClassVar = (
        "{count} cash deposits of {smallest} to {largest} were paid{by} into {over} {within}, each {under}, "
        "{amount} together; {subject} got the most of them."
    )
    margins: ClassVar = (Margin("count", "deposits"), Margin("amount", "limits"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (crossed_by_them, takings_of_several)
    example: ClassVar = """
        party P1 person "Ana" ES
        account A holder=P1
        account B holder=P1
        2024-03-04 cash -> A 9,500.00 conductor=P2
        2024-03-05 cash -> B 9,800.00 conductor=P2
        2024-03-06 cash -> A 9,700.00 conductor=P3
        2024-03-07 cash -> C 9,900.00 conductor=P2
    """
    counter_example: ClassVar = """
        -- a security van that pays in the takings of the shops of one chain, whatever they are
        party P1 company "Chain" ES
        account A holder=P1
        account B holder=P1
        2024-03-04 cash -> A 7,420.00 conductor="Van"
        2024-03-04 cash -> B 9,350.00 conductor="Van"
        2024-03-11 cash -> A 11,280.00 conductor="Van"
        2024-03-11 cash -> B 8,640.00 conductor="Van"
        2024-03-18 cash -> A 9,910.00 conductor="Van"
        2024-03-18 cash -> B 12,040.00 conductor="Van"
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger: a depositor or holder may use any account."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Clusters of deposits in the band, by depositor or holder and currency."""
        import numpy as np

        from followmoney.patterns._clusters import chief, merged, paired, together
        from followmoney.patterns._hits import IN, Hits

        num, den = exact(self.band)
        flows.multiply((num, den))
        cash = self.kept_below(flows)
        cash = cash.where(flows.received[cash.at] * den >= cash.limit * num)
        parts = [
            together(
                flows, by.at, paired(who, by.code), amount=flows.received[by.at], enough=by.limit,
                span=micros(self.days, "days"), least=self.deposits,
                spot=paired(flows.beneficiary[by.at]), spots=self.accounts,
            )
            for person in (
                flows.known["conductor"].values[cash.at],
                flows.known["party.id"].values[flows.beneficiary[cash.at]],
            )
            for by, who in [(cash.where(person >= 0), person[person >= 0])]
        ]  # fmt: skip
        at, cluster = merged(parts)
        return Hits.grouped(chief(cluster, flows.beneficiary[at], np.ones_like(at), at), cluster, at, IN)

    def more(self, hit: Hit) -> dict[str, int | str]:
        """Also who paid in, and into whose accounts."""
        import numpy as np

        from followmoney.patterns._people import names
        from followmoney.patterns._spoken import listed, many

        rows = hit.rows("in")
        accounts = np.unique(hit.flows.beneficiary[rows])
        who, holders = hit.column("conductor", rows), [hit.holder(int(v)) for v in accounts]
        by = "" if who.null_count() else f" by {listed(names(hit, who))}"
        over = many(len(accounts), "account")
        if all(holders):
            over = f"{over} of {listed(names(hit, [h for h in holders if h]))}"
        return super().more(hit) | {"by": by, "over": over}
