"""Mule network: several mule accounts that pay the same account, or have a person or an address in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_mule import one_home, pays_them_too
from followmoney.patterns._pattern import Margin
from followmoney.patterns._threshold import exact, threshold
from followmoney.patterns.mule import Mule

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class MuleNetwork(Mule):
    """Several mule accounts belong together: they pay the same account, or share a holder, a signatory or an address.

    The mule accounts are those of `mule`, with the thresholds of the same names. Two are linked by an account that both
    pay in what `mule` shows of them, or by what both have: a holder, a party with a role for the account or its holder,
    an address of the holder. A link counts only if at least `share` of all who pay that account in the whole ledger (or
    have that holder, role or address) are mule accounts: what everybody pays or shares links nobody. It may be few, as
    who collects has often everyday payers besides. Cash and unknown ends link nobody. Linked accounts, directly or
    through others, are a network if they are at least `accounts`. Subject is the account that most of them pay (then
    the one paid most often, then the first paid), or where they pay none in common the mule account that was first
    paid. Cost: that of `mule`, and one pass.
    Source: AMLTRIX T0011; all thresholds are followmoney defaults.
    """

    accounts: int = threshold(3, "Mule accounts in the network, at least.", unit="accounts", low=2)
    share: float = threshold(0.2, "Mule accounts among all who have a link, at least.", unit="share")

    sentence: ClassVar = (
        "{came} came into {mules} from {payers} {within}, and {gone} ({part}) had left again, {exits}; what they "
        "have in common ({common}) leads to {subject}."
    )
    margins: ClassVar = (Margin("mules", "accounts"), Margin("came", "least"))
    one_window: ClassVar = None
    innocent: ClassVar = (one_home, pays_them_too)
    example: ClassVar = """
        account M1 IBAN opened=2024-04-20
        account M2 IBAN opened=2024-04-22
        account M3 IBAN opened=2024-04-23
        2024-05-06T09:00 A -> M1 2,400.00 wire
        2024-05-06T15:00 B -> M1 1,900.00 wire
        2024-05-07T10:00 C -> M1 2,200.00 wire
        2024-05-08T09:00 M1 -> W 6,050.00 wire
        2024-05-06T09:10 D -> M2 2,100.00 wire
        2024-05-06T15:20 E -> M2 1,700.00 wire
        2024-05-07T10:30 F -> M2 2,900.00 wire
        2024-05-08T09:40 M2 -> W 6,250.00 wire
        2024-05-09T09:00 J -> M3 2,000.00 wire
        2024-05-09T15:00 K -> M3 1,100.00 wire
        2024-05-09T16:00 L -> M3 2,300.00 wire
        2024-05-10T09:00 M3 -> W 5,000.00 wire
    """
    counter_example: ClassVar = """
        -- three new accounts that pass money on, to a shop that everybody pays
        account M1 IBAN opened=2024-04-20
        account M2 IBAN opened=2024-04-22
        account M3 IBAN opened=2024-04-23
        2024-05-06T09:00 A -> M1 2,400.00 wire
        2024-05-06T15:00 B -> M1 1,900.00 wire
        2024-05-07T10:00 C -> M1 2,200.00 wire
        2024-05-08T09:00 M1 -> SHOP 6,050.00 card
        2024-05-06T09:10 D -> M2 2,100.00 wire
        2024-05-06T15:20 E -> M2 1,700.00 wire
        2024-05-07T10:30 F -> M2 2,900.00 wire
        2024-05-08T09:40 M2 -> SHOP 6,250.00 card
        2024-05-09T09:00 J -> M3 2,000.00 wire
        2024-05-09T15:00 K -> M3 1,100.00 wire
        2024-05-09T16:00 L -> M3 2,300.00 wire
        2024-05-10T09:00 M3 -> SHOP 5,000.00 card
        2024-05-10T10:00 N -> SHOP 40.00 card
        2024-05-10T11:00 P -> SHOP 60.00 card
        2024-05-10T12:00 Q -> SHOP 55.00 card
        2024-05-10T13:00 R -> SHOP 70.00 card
        2024-05-10T13:05 R1 -> SHOP 41.00 card
        2024-05-10T13:10 R2 -> SHOP 42.00 card
        2024-05-10T13:15 R3 -> SHOP 43.00 card
        2024-05-10T13:20 R4 -> SHOP 44.00 card
        2024-05-10T13:25 R5 -> SHOP 45.00 card
        2024-05-10T13:30 R6 -> SHOP 46.00 card
        2024-05-10T13:35 R7 -> SHOP 47.00 card
        2024-05-10T13:40 R8 -> SHOP 48.00 card
        2024-05-10T13:45 R9 -> SHOP 49.00 card
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger: who else pays an account decides whether it links."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """The mule accounts, joined where they are linked."""
        import numpy as np

        from followmoney.patterns._hits import Hits
        from followmoney.patterns._linked import common, joined

        mules = super().hits(flows)
        who = np.unique(mules.subject)
        payees, links = common(flows, mules, exact(self.share))
        network = joined(who, [*payees.values(), *(linked for linked, _ in links)])
        size = np.bincount(network, minlength=1)
        row_network = network[np.searchsorted(who, mules.subject[mules.hit])]
        kept = size[row_network] >= self.accounts
        subject = np.full(len(size), -1, np.int64)
        for number in np.unique(row_network[kept]).tolist():
            at = mules.at[row_network == number]
            to = flows.beneficiary[at]
            ranked = [
                (-len(of), -int((to == payee).sum()), int(at[to == payee].min()), payee)
                for payee, of in payees.items()
                if network[np.searchsorted(who, of[0])] == number
            ]
            subject[number] = min(ranked)[-1] if ranked else flows.beneficiary[at.min()]
        return Hits.grouped(subject[row_network[kept]], row_network[kept], mules.at[kept], mules.role[kept])

    def more(self, hit: Hit) -> Mapping[str, str]:
        """What links the accounts: a payee, or whom or what the registers give to several."""
        import numpy as np

        from followmoney.patterns._hits import IN, Hits
        from followmoney.patterns._linked import common
        from followmoney.patterns._spoken import listed

        flows = hit.flows
        mule = np.where(hit.role == IN, flows.beneficiary[hit.at], flows.originator[hit.at]).astype(np.int64)
        payees, links = common(flows, Hits.grouped(mule, mule, hit.at, hit.role), exact(self.share))
        kinds = sorted({kind for _, kinds in links for kind in kinds})
        return {"common": listed([*(["a payee"] if payees else []), *kinds])}
