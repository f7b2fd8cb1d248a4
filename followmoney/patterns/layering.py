"""Layering: one sum is handed on from account to account, nearly whole."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import one_holder
from followmoney.patterns._innocent_chain import busy_on_the_way, one_group, regular_trade
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, micros, threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Layering(Pattern):
    """One sum is handed on from account to account within days, a little smaller each time.

    A chain of at least `hops` transactions, each of at least `least`: each is paid by who was credited by the one
    before, comes after it in order of (time, sequence, id) and at most `hours` later, and moves between 1 - `loss` and
    1 + `gain` of what that one credited, in the same currency, so that a conversion on the way is followed. No account
    is visited twice; transfers of an account to itself, cash and unknown ends are no part of it. At least `changes` of
    the hops go to another bank or country; a hop counts unless both accounts are known to be at one bank, and not known
    to be in two countries. For every transaction, in order, the longest chain that ends with it is kept: it continues
    the longest of those kept for the transactions before it that it can continue (of several the latest). Of chains
    that share a transaction the longest counts (then the one completed first), and of the others what comes after the
    last transaction shared, where that is a chain of its own.
    Cost: a logarithm of looks a transaction, also where an account has a million counterparties; `budget` bounds the
    chains that are passed over because they already went through the payee, and where that is not enough, the notes say
    so.
    Source: AMLTRIX T0070.001; amounts as in AMLSim, which keeps 90 % a hop.
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Each transaction, at least.", unit=MAJOR, low=1
    )
    hops: int = threshold(4, "Transactions in the chain, at least.", unit="transactions", low=2)
    hours: float = threshold(72, "From one transaction to the next, at most.", unit="hours")
    loss: float = threshold(0.15, "Lost from one transaction to the next, at most.", unit="share")
    gain: float = threshold(0.02, "Gained from one transaction to the next, at most.", unit="share", high=inf)
    changes: int = threshold(1, "Hops to another bank or country, at least, as far as known.", unit="transactions")
    budget: int = threshold(
        1_000, "Chains passed over for one transaction, at most.",
        unit="transactions", low=1, high=10_000_000,
    )  # fmt: skip

    amltrix: ClassVar = "T0070.001"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{gone} left {subject} on {begin}, was handed on through {through}, and {came} reached {reached} within "
        "{span}, in {transactions}."
    )
    margins: ClassVar = (Margin("came", "least"), Margin("transactions", "hops"))
    innocent: ClassVar = (one_holder, one_group, regular_trade, busy_on_the_way)
    uses: ClassVar = ("account.institution", "account.country")
    example: ClassVar = """
        account A institution=BANKONE ES
        account B institution=BANKONE ES
        account C institution=BANKTWO ES
        account D institution=BANKTWO ES
        account E institution=BANKTEN CY
        2024-04-17T09:00 A -> B 48,000.00 wire
        2024-04-18T08:00 B -> C 46,900.00 = 50,300.00 USD
        2024-04-19T08:00 C -> D 49,800.00 USD = 45,800.00 EUR
        2024-04-22T08:00 D -> E 43,500.00 wire
    """
    counter_example: ClassVar = """
        -- suppliers that pay their own suppliers, for amounts that have nothing to do with one another
        2024-04-17T09:00 A -> B 48,000.00 "invoice"
        2024-04-18T08:00 B -> C 12,900.00 "invoice"
        2024-04-22T08:00 C -> D 31,000.00 "invoice"
        2024-04-24T11:00 D -> E 9,500.00 "invoice"
        -- one sum that moves between accounts at one bank
        account F institution=BANKONE ES
        account G institution=BANKONE ES
        account H institution=BANKONE ES
        account J institution=BANKONE ES
        account K institution=BANKONE ES
        2024-05-17T09:00 F -> G 48,000.00
        2024-05-18T08:00 G -> H 47,900.00
        2024-05-19T08:00 H -> J 47,800.00
        2024-05-20T11:00 J -> K 47,700.00
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger: a chain can go on for as long as it likes, and through any account."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """The chains, one after the other."""
        import numpy as np

        from followmoney.patterns._chains import candidates, chains
        from followmoney.patterns._hits import Hits

        bounds = flows.band(self.loss, self.gain)
        rows = candidates(flows, flows.minor(self.least))
        found = chains(
            flows, rows, micros(self.hours, "hours"), bounds, least=self.hops, budget=self.budget,
            accept=lambda chain: int(self._moves(flows, chain).sum()) >= self.changes,
        )  # fmt: skip
        if not found.rows:
            return Hits(unresolved=found.spent)
        at = np.concatenate(found.rows)
        ptr = np.r_[0, np.cumsum([len(chain) for chain in found.rows])].astype(np.int64)
        return Hits.ways(flows.originator[at[ptr[:-1]]], ptr, at, found.spent)

    def notes(self, flows: Flows) -> list[str]:
        """Also where the ledger does not say at which bank accounts are."""
        notes = super().notes(flows)
        if self.changes and flows.known["account.institution"].empty:
            return [*notes, f"{self.name}: no account says its bank, so no change of bank or country was asked for."]
        return notes

    def _moves(self, flows: Flows, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a transaction goes to another bank or country, or may do so for all that is known."""
        bank, country = (flows.known[c].values for c in self.uses)
        a, b = flows.originator[rows], flows.beneficiary[rows]
        abroad = (country[a] >= 0) & (country[b] >= 0) & (country[a] != country[b])
        return (bank[a] < 0) | (bank[a] != bank[b]) | abroad
