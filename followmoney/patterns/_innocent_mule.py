"""Innocent explanations of a new account that takes money from several and passes it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit

_YEAR, _SEVERAL = 366, 2

Home = tuple[str, str, str]
"""Street, postcode and town."""


def new_business(hit: Hit) -> str | None:
    """The holder is a company founded within the year before, whose first customers these can be."""
    from datetime import UTC, datetime, timedelta

    import polars as pl

    holder = hit.holder(hit.subject)
    if holder is None:
        return None
    found = hit.graph.ledger["parties"].filter(pl.col("id") == holder)
    if not len(found) or found["kind"][0] != "company" or found["founded"][0] is None:
        return None
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(hit.flows.time[hit.at[0]]))).date()
    if not 0 <= (day - found["founded"][0]).days <= _YEAR:
        return None
    return f"The holder is a company founded on {found['founded'][0]}: these can be its first customers."


def same_household(hit: Hit) -> str | None:
    """Most of the payers live at the holder's address, as in a family or a shared flat."""
    import numpy as np

    holder = hit.holder(hit.subject)
    if holder is None:
        return None
    payers = [hit.holder(int(v)) for v in np.unique(hit.flows.originator[hit.rows("in")])]
    homes = hit.flows.once(Homes)
    home = homes.of(holder)
    near = sum(bool(home & homes.of(who)) for who in {*payers} - {holder, None} if who)
    if 2 * near <= len(payers):
        return None
    return f"{near} of the {len(payers)} payers live at the holder's address, as in a family."


def one_home(hit: Hit) -> str | None:
    """The holders of all these accounts live at one address, as a family does."""
    import numpy as np

    holders = {hit.holder(int(v)) for v in np.unique(hit.flows.originator[hit.rows("out")])}
    if None in holders or len(holders) < _SEVERAL:
        return None
    homes = hit.flows.once(Homes)
    alike = set[Home].intersection(*(homes.of(str(holder)) for holder in holders))
    return "The holders of all these accounts live at one address, as a family does." if alike else None


def pays_them_too(hit: Hit) -> str | None:
    """What they have in common pays most of them, too, as an employer does."""
    import numpy as np

    accounts = np.unique(hit.flows.originator[hit.rows("out")])
    paid = np.unique(hit.flows.beneficiary[hit.graph.out.of(hit.subject)])
    many = len(np.intersect1d(accounts, paid))
    if 2 * many <= len(accounts):
        return None
    name = hit.graph.vertices["id"][hit.subject]
    return f"{name} pays {many} of the {len(accounts)} accounts, too, as an employer does."


class Homes:
    """Who lives where, ever."""

    def __init__(self, flows: Flows) -> None:
        from followmoney.patterns._index import Index

        if flows.graph is None:
            raise ValueError("Only the whole graph knows registers.")
        told = flows.graph.ledger["addresses"]
        self._where = told.select("street", "postcode", "city")
        self._index = Index(told["party"])

    def of(self, party: str) -> set[Home]:
        """The addresses of a party of which street, postcode and town are known."""
        return {home for home in self._where[self._index.rows(party)].iter_rows() if None not in home}
