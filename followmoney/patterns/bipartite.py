"""Bipartite: the same accounts pay the same accounts, with no trade between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_groups import known_companies, one_holder_of_all, payers_of_many
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Bipartite(Pattern):
    """The same accounts pay the same other accounts within days, and have no dealings with them otherwise.

    Looked at are only transactions of pairs that have at most `seen` in that direction in the ledger; cash, unknown
    ends and transfers of an account to itself are left out. Each begins a window of `days` for the account it is paid
    into. All who so pay that account in the window, `payers` to `most`, are its payers. The accounts, not themselves
    payers, that at least `dense` of these payers, and at least `payers`, so pay in the window are the payees, if that
    is at least `share` of all payments into them in its time. It is a hit if the account is one of the payees, and
    there are `payees` to `most`. So at least `dense` of all pairs are there; a group of three and three with a pair or
    two missing shows as three who pay the same two. Hits that share a transaction are one finding, in which fewer of
    the pairs can be there: it says how many. On a graph folded by holder the same is asked of holders: what runs
    between many accounts in parallel is then joined by who holds them.
    Cost: exact and polynomial, where all bicliques would be exponentially many: from each payment the payers' payments
    are gone through, the fewest first, as long as enough payees can still be paid by enough; a payer of many is then
    only asked for the payees that are left. Hubs that are paid drop out by definition: one paid by more than `most` in
    the window, or mostly by others, is no payee. Where `budget` looks are not enough, the notes say so.
    Source: AMLTRIX T0070; the form of AMLworld (Altman et al. 2023); novelty of pairs as measured there.
    """

    payers: int = threshold(3, "Accounts that pay, at least.", unit="accounts", low=1)
    payees: int = threshold(2, "Accounts that are paid by them, at least.", unit="accounts", low=1)
    most: int = threshold(50, "Accounts in each of the two groups, at most.", unit="accounts", low=1)
    days: float = threshold(14, "From the first payment to the last.", unit="days")
    dense: float = threshold(0.7, "Of the payers, so many pay each payee, at least.", unit="share")
    share: float = threshold(0.5, "Of the payments into a payee in the window, at least.", unit="share")
    seen: int = threshold(2, "Transactions of a pair in one direction, at most.", unit="transactions", low=1)
    budget: int = threshold(
        10_000, "Payments looked at from one that begins a window, at most.",
        unit="transactions", low=1, high=10_000_000,
    )  # fmt: skip

    amltrix: ClassVar = "T0070"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{payers} paid {receiving}, {subject} among them, {within}: {amount} in {transactions}, with {there} of the "
        "{possible} possible pairs, none of which {often}."
    )
    margins: ClassVar = (Margin("payers", "payers"), Margin("receiving", "payees"), Margin("density", "dense"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (one_holder_of_all, known_companies, payers_of_many)
    joined: ClassVar = True
    example: ClassVar = """
        2024-05-02 A -> X 4,100.00
        2024-05-03 A -> Y 3,900.00
        2024-05-03 B -> X 4,400.00
        2024-05-05 B -> Y 4,700.00
        2024-05-06 B -> Z 3,800.00
        2024-05-08 C -> Z 4,000.00
        2024-05-09 C -> X 4,600.00
        2024-05-09 C -> Y 4,900.00
        2024-05-10 A -> Z 4,500.00
    """
    counter_example: ClassVar = """
        -- three shops that buy from the same three wholesalers, time and again
        2024-05-02 A -> X 4,100.00
        2024-05-02 A -> Y 3,900.00
        2024-05-02 A -> Z 3,900.00
        2024-05-03 B -> X 4,400.00
        2024-05-03 B -> Y 4,700.00
        2024-05-03 B -> Z 4,700.00
        2024-05-04 C -> X 4,600.00
        2024-05-04 C -> Y 4,900.00
        2024-05-04 C -> Z 4,900.00
        2024-06-02 A -> X 4,100.00
        2024-06-02 A -> Y 3,900.00
        2024-06-02 A -> Z 3,900.00
        2024-06-03 B -> X 4,400.00
        2024-06-03 B -> Y 4,700.00
        2024-06-03 B -> Z 4,700.00
        2024-06-04 C -> X 4,600.00
        2024-06-04 C -> Y 4,900.00
        2024-06-04 C -> Z 4,900.00
        2024-07-02 A -> X 4,100.00
        2024-07-02 A -> Y 3,900.00
        2024-07-02 A -> Z 3,900.00
        2024-07-03 B -> X 4,400.00
        2024-07-03 B -> Y 4,700.00
        2024-07-03 B -> Z 4,700.00
        2024-07-04 C -> X 4,600.00
        2024-07-04 C -> Y 4,900.00
        2024-07-04 C -> Z 4,900.00
    """

    @property
    def scope(self) -> Scope:
        """Everything: all dealings of a pair count, and groups are not known before."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Windows in which most of the payers of an account pay most of a group."""
        from followmoney.patterns._layers import layered_hits

        return layered_hits(self, flows, layers=1)

    def more(self, hit: Hit) -> Mapping[str, float | str]:
        """How many of the possible pairs there are: of several windows together it can be few."""
        from followmoney.patterns._pairs import Pairs
        from followmoney.patterns._spoken import often

        pairs = Pairs.of(hit.flows, hit.rows("in"))
        return {
            "there": f"{pairs.there:,}", "possible": f"{pairs.possible:,}", "density": pairs.share,
            "often": often(self.seen),
        }  # fmt: skip
