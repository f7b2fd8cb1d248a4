"""Innocent explanations of a new account that takes money from several and passes it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

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
    import polars as pl

    holder = hit.holder(hit.subject)
    if holder is None:
        return None
    payers = [hit.holder(int(v)) for v in np.unique(hit.flows.originator[hit.rows("in")])]
    addresses = hit.graph.ledger["addresses"].filter(pl.col("party").is_in([holder, *payers]) & _where().is_not_null())
    places = addresses.select("party", _where().alias("place"))
    home = places.filter(pl.col("party") == holder)["place"]
    near = places.filter(pl.col("place").is_in(home.implode()) & (pl.col("party") != holder))["party"].n_unique()
    if 2 * near <= len(payers):
        return None
    return f"{near} of the {len(payers)} payers live at the holder's address, as in a family."


def one_home(hit: Hit) -> str | None:
    """The holders of all these accounts live at one address, as a family does."""
    import numpy as np
    import polars as pl

    holders = {hit.holder(int(v)) for v in np.unique(hit.flows.originator[hit.rows("out")])}
    if None in holders or len(holders) < _SEVERAL:
        return None
    at_home = hit.graph.ledger["addresses"].filter(pl.col("party").is_in(sorted(map(str, holders))))
    people = at_home.drop_nulls("street").group_by(_where()).agg(pl.col("party").n_unique())["party"]
    alike = (people == len(holders)).any()
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


def _where() -> pl.Expr:
    import polars as pl

    return pl.concat_str("street", "postcode", "city", separator=", ")
