"""Innocent explanations of a new account that takes money from several and passes it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.patterns._posts import Post, Posts

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit

_YEAR, _SEVERAL = 366, 2


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
    homes = hit.flows.once(_homes)
    home = set(homes.of(holder))
    near = sum(bool(home & set(homes.of(who))) for who in {*payers} - {holder, None} if who)
    if 2 * near <= len(payers):
        return None
    return f"{near} of the {len(payers)} payers live at the holder's address, as in a family."


def one_home(hit: Hit) -> str | None:
    """The holders of all these accounts live at one address, as a family does."""
    import numpy as np

    holders = {hit.holder(int(v)) for v in np.unique(hit.flows.originator[hit.rows("out")])}
    if None in holders or len(holders) < _SEVERAL:
        return None
    homes = hit.flows.once(_homes)
    alike = set[Post].intersection(*(set(homes.of(str(holder))) for holder in holders))
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


def _homes(flows: Flows) -> Posts:
    """Who lives where, ever: street, postcode and town, where all are known."""
    import polars as pl

    if flows.graph is None:
        raise ValueError("Only the whole graph knows registers.")
    where = pl.concat_str("street", "postcode", "city", separator=", ")
    ever = pl.lit(0, pl.Int64)
    known = flows.graph.ledger["addresses"].select("party", what=where, since=ever, until=ever)
    return Posts(known)
