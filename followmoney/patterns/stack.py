"""Stack: layer upon layer, the same accounts pay the same accounts, which pay the same accounts on."""

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
class Stack(Pattern):
    """The same accounts pay the same others, and these pay the same others on, all within days.

    Two layers of `bipartite`, one after the other: payers and payees as there (in a window of `days` that begins with a
    payment, among pairs with at most `seen` transactions in that direction). The payees are the payers of the second
    layer; of each count the payments after the first that it got in the first layer. Who is paid in the second layer is
    in no layer before, is paid by at least `dense` of these payees and at least `payers`, and that is at least `share`
    of all payments into it in the time of the window. It is a hit if both layers reach `payees` to `most`. Amounts need
    not agree. Each payee is asked alone, and a group in which 70 % of all pairs are there has some that only half pay:
    so `dense` and `payers` are lower than in `bipartite`, as two layers make up for it. Hits that share a transaction
    are one finding. On a graph folded by holder the same is asked of holders. A few parallel ways over different
    accounts that have only their ends in common are `scatter_gather`, on such a graph also where the ends are several
    accounts of one holder.
    Cost and hubs: as `bipartite`.
    Source: AMLTRIX T0070.001; the form of AMLworld (Altman et al. 2023), a bipartite form with one more layer.
    """

    payers: int = threshold(2, "Accounts that pay in a layer, at least.", unit="accounts", low=1)
    payees: int = threshold(3, "Accounts that are paid in a layer, at least.", unit="accounts", low=1)
    most: int = threshold(50, "Accounts in each group, at most.", unit="accounts", low=1)
    days: float = threshold(14, "From the first payment to the last.", unit="days")
    dense: float = threshold(0.5, "Of the payers, so many pay each payee, at least.", unit="share")
    share: float = threshold(0.5, "Of the payments into a payee in the window, at least.", unit="share")
    seen: int = threshold(2, "Transactions of a pair in one direction, at most.", unit="transactions", low=1)
    budget: int = threshold(
        10_000, "Payments looked at from one that begins a window, at most.",
        unit="transactions", low=1, high=10_000_000,
    )  # fmt: skip

    amltrix: ClassVar = "T0070.001"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{reaching} paid {gone} to {payees}, {subject} among them, and these paid {came} on to {receiving}, {within}, "
        "in {transactions}, with {there} of the {possible} possible pairs in the first layer and {there2} of the "
        "{possible2} in the second."
    )
    margins: ClassVar = (
        Margin("reaching", "payers"), Margin("payees", "payees"), Margin("receiving", "payees"),
        Margin("density", "dense"),
    )  # fmt: skip
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (one_holder_of_all, known_companies, payers_of_many)
    joined: ClassVar = True
    example: ClassVar = """
        2024-05-02 A -> K 4,100.00
        2024-05-02 A -> L 3,900.00
        2024-05-02 A -> M 4,500.00
        2024-05-03 B -> K 4,400.00
        2024-05-03 B -> L 4,700.00
        2024-05-03 B -> M 3,800.00
        2024-05-04 C -> K 4,600.00
        2024-05-04 C -> L 4,900.00
        2024-05-04 C -> M 4,000.00
        2024-05-06 K -> X 4,300.00
        2024-05-06 K -> Y 4,100.00
        2024-05-06 K -> Z 4,200.00
        2024-05-07 L -> X 4,000.00
        2024-05-07 L -> Y 4,600.00
        2024-05-07 L -> Z 4,400.00
        2024-05-08 M -> X 4,100.00
        2024-05-08 M -> Y 4,000.00
        2024-05-08 M -> Z 3,900.00
    """
    counter_example: ClassVar = """
        -- the second layer is an earlier one, so that nothing was passed on
        2024-05-06 A -> K 4,100.00
        2024-05-06 A -> L 3,900.00
        2024-05-06 A -> M 4,500.00
        2024-05-07 B -> K 4,400.00
        2024-05-07 B -> L 4,700.00
        2024-05-07 B -> M 3,800.00
        2024-05-08 C -> K 4,600.00
        2024-05-08 C -> L 4,900.00
        2024-05-08 C -> M 4,000.00
        2024-05-02 K -> X 4,300.00
        2024-05-02 K -> Y 4,100.00
        2024-05-02 K -> Z 4,200.00
        2024-05-03 L -> X 4,000.00
        2024-05-03 L -> Y 4,600.00
        2024-05-03 L -> Z 4,400.00
        2024-05-04 M -> X 4,100.00
        2024-05-04 M -> Y 4,000.00
        2024-05-04 M -> Z 3,900.00
    """

    @property
    def scope(self) -> Scope:
        """Everything: all dealings of a pair count, and groups are not known before."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Windows in which a group is paid by the same and pays the same on."""
        from followmoney.patterns._layers import layered_hits

        return layered_hits(self, flows, layers=2)

    def more(self, hit: Hit) -> Mapping[str, float | str]:
        """How many of the possible pairs there are in each layer: of several windows together it can be few."""
        import numpy as np

        from followmoney.patterns._pairs import Pairs

        flows, first = hit.flows, hit.rows("out")
        one = Pairs.of(flows, first)
        other = Pairs.of(flows, hit.rows("in"), np.unique(flows.beneficiary[first]).astype(np.int64))
        return {
            "there": f"{one.there:,}", "possible": f"{one.possible:,}", "there2": f"{other.there:,}",
            "possible2": f"{other.possible:,}", "density": min(one.share, other.share),
        }  # fmt: skip
