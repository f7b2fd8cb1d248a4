"""Mass address: companies at an address that very many companies have move money between each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_address import host, own_directors
from followmoney.patterns._innocent_companies import special_purpose
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class MassAddress(Pattern):
    """Companies at an address that very many companies have pay each other, though they seem to be strangers.

    An address (street, postcode, town and country, in any case) is a mass address on a day on which at least
    `neighbours` companies or trusts have it; alone it says nothing of them. Looked at are transactions of at least
    `least` between different companies that both have it on that day, and that nobody owns `owned` of, both, on that
    day by the register: those of one group are no strangers. Two of them in one currency, at one address, hang
    together if a company is in both and they are at most `days` apart; those that do, also by way of others, are one
    hit if at least `companies` companies are in them. Hits that share a transaction, as at two addresses of one
    formation agent, are one finding.
    Cost: a few sorts of the addresses, one pass over the transactions, and a look at who owns those that hang together.
    Source: AMLTRIX T0001; mass addresses as in FATF/Egmont, Concealment of Beneficial Ownership (2018).
    """

    neighbours: int = threshold(50, "Companies at one address, at least.", unit="companies", low=2)
    companies: int = threshold(3, "Companies there that pay each other, at least.", unit="companies", low=2)
    days: float = threshold(30, "From one transaction of a company to its next, at most.", unit="days")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Each transaction, at least.", unit=MAJOR, low=1
    )

    owned: float = threshold(0.5, "Owned of both companies by one person, less than.", unit="share")

    amltrix: ClassVar = "T0001"
    counted: ClassVar = "link"
    joined: ClassVar = True
    sentence: ClassVar = (
        "{subject}{others} have an address ({place}) that {near} companies have; they moved {amount} between "
        "them, in {transactions} within {span}."
    )
    margins: ClassVar = (Margin("crowd", "neighbours"), Margin("members", "companies"), Margin("amount", "least"))
    innocent: ClassVar = (own_directors, host, special_purpose)
    uses: ClassVar = ("party.id",)
    tables: ClassVar = ("addresses",)
    example: ClassVar = """
        party C1 company "Nomos"
        party C2 company "Lyra"
        party C3 company "Orion"
        party K1..K47 company
        address C1 "Dock Street 1" city=Larnaca CY
        address C2 "Dock Street 1" city=Larnaca CY start=2024-01-06
        address C3 "DOCK STREET 1" city=LARNACA CY
        address K1..K47 "Dock Street 1" city=Larnaca CY
        account A holder=C1
        account B holder=C2
        account C holder=C3
        2024-03-04 A -> B 60,000.00 wire "consulting"
        2024-03-11 B -> C 55,000.00 wire "consulting"
        2024-03-18 C -> A 52,000.00 wire "consulting"
    """
    counter_example: ClassVar = """
        -- companies at the same mass address that deal with others; three in one office, and three of one owner at the
        -- mass address, that pay each other
        party C1 company "Nomos"
        party C2 company "Lyra"
        party C3 company "Orion"
        party K1..K60 company
        address C1 "Dock Street 1" city=Larnaca CY
        address K1..K60 "Dock Street 1" city=Larnaca CY
        address C1 "High Street 9" city=Larnaca CY
        address C2 "High Street 9" city=Larnaca CY
        address C3 "High Street 9" city=Larnaca CY
        account A holder=C1
        account B holder=C2
        account C holder=C3
        account K holder=K1
        2024-03-04 A -> B 60,000.00 wire "consulting"
        2024-03-11 B -> C 55,000.00 wire "consulting"
        2024-03-18 C -> A 52,000.00 wire "consulting"
        party P1 person "Ana"
        party G1..G3 company
        owns P1 G1 100%
        owns P1 G2 80%
        owns P1 G3 100%
        address G1..G3 "Dock Street 1" city=Larnaca CY
        account E holder=G1
        account F holder=G2
        account G holder=G3
        2024-03-04 E -> F 60,000.00 wire "consulting"
        2024-03-11 F -> G 55,000.00 wire "consulting"
        2024-03-18 G -> E 52,000.00 wire "consulting"
        2024-03-19 X -> K 90,000.00 wire "invoice"
        2024-03-20 K -> Y 80,000.00 wire "invoice"
    """

    @property
    def scope(self) -> Scope:
        """All companies of an address, and the register."""
        return Scope()

    def unmet(self, flows: Flows) -> list[str]:
        """Whether the ledger knows too few companies."""
        from followmoney.patterns._companies import too_few

        return too_few(flows, {"neighbours": (self.neighbours, "have one address")})

    def hits(self, flows: Flows) -> Hits:
        """What hangs together of payments between neighbours, by address and currency."""
        import numpy as np

        from followmoney.patterns._hits import LINK, Hits
        from followmoney.patterns._mass import Crowds, together
        from followmoney.patterns._owners_at import strangers

        if flows.graph is None or not len(flows):
            return Hits()
        found = flows.once(Crowds).paid(self.neighbours)
        rows = found["row"].to_numpy()
        least = flows.minor(self.least)[flows.currency[rows]]
        large = (least > 0) & (flows.amount[rows] >= least)
        rows, place = rows[large], found["what"].rank("dense").cast(int).to_numpy().astype(np.int64)[large] * 256
        place, span = place + flows.currency[rows].astype(np.int64), micros(self.days, "days")
        hit = together(flows, rows, place, span, self.companies)  # fewer to ask the register about
        kept = (hit >= 0) & strangers(flows, rows, hit >= 0, self.owned)
        rows, place = rows[kept], place[kept]
        hit = together(flows, rows, place, span, self.companies)
        rows, hit = rows[hit >= 0], hit[hit >= 0]
        _, first, which = np.unique(hit, return_index=True, return_inverse=True)
        return Hits.grouped(flows.beneficiary[rows[first]][which], hit, rows, LINK)

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """The other companies, the address, and how many have it."""
        import polars as pl

        from followmoney.patterns._companies import members
        from followmoney.patterns._mass import Crowds
        from followmoney.patterns._spoken import listed

        crowds, who = hit.flows.once(Crowds), members(hit)
        what, crowd = crowds.widest(self.neighbours, hit.at)
        others = [hit.name(p) for p in who if p != hit.party(hit.subject)]
        return {
            "others": f"{', ' if len(others) > 1 else ' and '}{listed(others)}",
            "place": crowds.spelt.filter(pl.col("what") == what)["spelt"][0],
            "near": f"{crowd:,}", "crowd": crowd, "members": len(who),
        }  # fmt: skip
