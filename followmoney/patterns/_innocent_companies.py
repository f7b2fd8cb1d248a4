"""Innocent explanations of companies that look empty or entangled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._register import Register

_STAKE = 0.2
_FUNDS = ("64.3", "643", "66.3", "663")
_VEHICLES = ("64.2", "642", "64.3", "643", "66.3", "663", "68")
_MONTHS = 3
_SEVERAL = 2


def small_stakes(hit: Hit) -> str | None:
    """No company of the circle holds more than a fifth of another, as in groups of friendly companies (keiretsu)."""
    import polars as pl

    from followmoney.patterns._circles import holdings
    from followmoney.patterns._companies import members

    inside = pl.col("owner").is_in(members(hit)) & pl.col("owned").is_in(members(hit))
    most = hit.flows.once(holdings).filter(inside).select(pl.col("share_max").fill_null(1.0)).max().item()
    if most is None or most > _STAKE:
        return None
    return f"No company of the circle holds more than {100 * most:g} % of another, as friendly companies do."


def a_fund(hit: Hit) -> str | None:
    """One of the companies is an investment fund, by its sector."""
    from followmoney.patterns._companies import members

    funds = [hit.name(p) for p in members(hit) if sector(hit, p).startswith(_FUNDS)]
    return f"{funds[0]} is an investment fund, by its sector." if funds else None


def special_purpose(hit: Hit) -> str | None:
    """It is a holding, a fund or a property company by its sector, which has no staff and needs none."""
    code = sector(hit, hit.party(hit.subject))
    if not code.startswith(_VEHICLES):
        return None
    return f"By its sector ({code}) it is a holding, a fund or a property company, which needs no staff."


def works(hit: Hit) -> str | None:
    """It pays wages, rent or taxes month by month, as a company does that works."""
    import numpy as np

    from followmoney.patterns._called import work
    from followmoney.patterns._holders import Holders

    holders = hit.flows.once(Holders)
    rows = holders.paid(holders.accounts(int(holders.key[hit.subject])))
    rows = rows[work(hit.graph, rows)]
    months = len(np.unique(hit.months(rows)))
    return (
        f"It paid wages, rent or taxes in {months} months, as a company does that works." if months >= _MONTHS else None
    )


def sector(hit: Hit, party: str | None) -> str:
    """The sector of a party (NACE), empty where it is not known."""
    import polars as pl

    parties = hit.graph.ledger.tables.get("parties")
    if parties is None or "sector" not in parties.columns:
        return ""
    found = parties.filter(pl.col("id") == party)["sector"]
    return str(found[0] or "") if len(found) else ""


def own_managers(hit: Hit) -> str | None:
    """The companies at its address have directors of their own, as in a business centre or an incubator."""
    from followmoney.patterns._register import Register
    from followmoney.schema.clock import DAY

    register, day = hit.flows.once(Register), int(hit.flows.time[hit.at[0]]) // DAY
    addresses = register.at(hit.party(hit.subject) or "", day)
    return next((said for address in addresses if (said := managed(register, address, day))), None)


def managed(register: Register, address: str, day: int) -> str | None:
    """Whether half as many directors as companies, or more, stand for those at an address."""
    companies = register.neighbours(address, day)
    directors = {d for company in companies for d in register.holding("director", company, day)}
    if len(companies) < _SEVERAL or 2 * len(directors) < len(companies):
        return None
    return (
        f"The {len(companies):,} companies at its address have {len(directors):,} different directors, as in a "
        "business centre."
    )
