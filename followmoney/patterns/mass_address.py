"""Mass address: companies at an address that very many companies have move money between each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_address import host, one_owner, own_directors
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
    `least` between different companies that both have it on that day. Two of them in one currency, at one address, hang
    together if a company is in both and they are at most `days` apart; those that do, also by way of others, are one
    hit if at least `companies` companies are in them. Hits that share a transaction, as at two addresses of one
    formation agent, are one finding.
    Cost: a few sorts of the addresses, one pass over the transactions.
    Source: AMLTRIX T0001; mass addresses as in FATF/Egmont, Concealment of Beneficial Ownership (2018).
    """

    neighbours: int = threshold(50, "Companies at one address, at least.", unit="companies", low=2)
    companies: int = threshold(3, "Companies there that pay each other, at least.", unit="companies", low=2)
    days: float = threshold(30, "From one transaction of a company to its next, at most.", unit="days")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Each transaction, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0001"
    counted: ClassVar = "link"
    joined: ClassVar = True
    sentence: ClassVar = (
        "{subject}{others} have an address ({place}) that {near} companies have; they moved {amount} between "
        "them, in {transactions} within {span}."
    )
    margins: ClassVar = (Margin("crowd", "neighbours"), Margin("members", "companies"), Margin("amount", "least"))
    innocent: ClassVar = (own_directors, host, one_owner, special_purpose)
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
        -- companies at the same mass address that deal with others; and three in one office that pay each other
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

        from followmoney.graph.connected import connected
        from followmoney.patterns._hits import LINK, Hits
        from followmoney.patterns._holders import Holders
        from followmoney.patterns._mass import Crowds

        if flows.graph is None or not len(flows):
            return Hits()
        found, holders = flows.once(Crowds).paid(self.neighbours), flows.once(Holders)
        rows = found["row"].to_numpy()
        least = flows.minor(self.least)[flows.currency[rows]]
        large = (least > 0) & (flows.amount[rows] >= least)
        rows, place = rows[large], found["what"].rank("dense").cast(int).to_numpy()[large] * 256
        place, number = place + flows.currency[rows], np.arange(len(rows))
        company = np.r_[holders.key[flows.originator[rows]], holders.key[flows.beneficiary[rows]]]
        places, numbers = np.tile(place, 2), np.tile(number, 2)
        order = np.lexsort((numbers, company, places))  # rows are in order of time
        a, b = order[:-1], order[1:]
        near = flows.time[rows[numbers[b]]] - flows.time[rows[numbers[a]]] <= micros(self.days, "days")
        near &= (company[a] == company[b]) & (places[a] == places[b])
        hit = connected(len(rows), np.stack([numbers[a[near]], numbers[b[near]]], axis=1))
        members = np.unique(np.stack([np.tile(hit, 2), company]), axis=1)[0]
        kept = np.bincount(members, minlength=1)[hit] >= self.companies if len(rows) else large[:0]
        rows, hit = rows[kept], hit[kept]
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
