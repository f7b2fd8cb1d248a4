"""Who owns the holders in the end: natural persons with a share that is enough."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from followmoney.case.names import names
from followmoney.graph.enough import NOISE
from followmoney.graph.ownership import effective

if TYPE_CHECKING:
    from followmoney.graph.enough import Enough
    from followmoney.ledger import Ledger


def beneficial_owners(ledger: Ledger, day: date | None, enough: Enough) -> dict[str, list[str]]:
    """By party: who owns enough of it on a day, by shares through every chain, with the share.

    A person owns what is his. Shares that are only known as a range count by their most. Control by other means than
    shares is another question.
    """
    called = names(ledger)
    kinds = ledger.parties.select("id", pl.col("kind").cast(pl.String)).iter_rows()
    found: dict[str, list[str]] = {
        party: [called.get(party) or str(party)] for party, kind in kinds if kind == "person"
    }
    if len(ledger["interests"]):
        shares = effective(ledger, day, paths=False)
        needed = pl.Series(enough.needed(ledger, shares["company"]) - NOISE)
        shares = shares.filter(shares["share_max"] >= needed)
        for person, company, low, high in shares.select("person", "company", "share_min", "share_max").iter_rows():
            share = f"{100 * low:.4g} %" if low == high else f"{100 * low:.4g} to {100 * high:.4g} %"
            found.setdefault(company, []).append(f"{called.get(person, person)} ({share})")
    return found
