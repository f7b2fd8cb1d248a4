"""Who schemes deal with beside the people and firms of the world: companies abroad, and houses that many deal with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from .banks import COUNTRIES
from .days import FIRST_DAY
from .planting import Plot

NEAR: Final = ("NL", "FR", "IT", "PL", "AT", "ES", "CZ", "BE")
FAR: Final = ("CN", "TR", "IN", "US", "BR", "AE", "TH", "MX")
OFFSHORE: Final = ("CY", "PA", "AE", "BZ", "SC", "HK", "VG", "LI")
"""Where companies of no business are registered most, as reports of FATF and Egmont name them."""
LISTED: Final = ("VN", "ZA", "NG", "PH", "BG", "TZ", "ML", "HT")
"""Monitored by the FATF from before 2024 until after it ends."""
_HOUSES: Final = 3
"""Houses of a kind that all schemes share."""


def company(plot: Plot, country: str = COUNTRIES[0], sector: str | None = None, owner: int | None = None) -> int:
    """Found a company some years ago that does nothing but what a scheme says, with an account where it is."""
    who, told = plot.spare(), plot.ground.told
    told.companies[who] = FIRST_DAY - timedelta(days=plot.between(400, 5_000))
    if country != COUNTRIES[0]:
        told.abroad[who] = country
    if sector is not None:
        told.sectors[who] = sector
    if owner is not None:
        share = plot.between(30, 100) / 100
        told.interests.append((owner, who, share, date(2019, 1, 1)))
    return who


def relative(plot: Plot, country: str) -> int:
    """Give somebody an account in another country."""
    who = plot.spare()
    plot.ground.told.abroad[who] = country
    return who


def second(plot: Plot, first: int) -> int:
    """Give the holder of an account another one."""
    who = plot.spare()
    plot.ground.told.seconds[who] = first
    return who


def exchange(plot: Plot) -> int:
    """Choose an exchange of crypto: a company in finance that also holds a wallet."""
    who, new = _house(plot, "exchange", ("LT", "EE", "IE"), "66.19")
    if new:
        wallet = plot.spare()
        plot.ground.told.wallets[wallet] = who
        plot.ground.told.abroad[wallet] = plot.ground.told.abroad[who]
    return who


def bank(plot: Plot) -> int:
    """Choose a bank that lends."""
    return _house(plot, "bank", COUNTRIES[:1], "64.19")[0]


def notary(plot: Plot) -> int:
    """Choose a notary who settles estates."""
    return _house(plot, "notary", COUNTRIES[:1], "69.10")[0]


def terminal(plot: Plot) -> int:
    """Choose a company that handles containers at a port."""
    return _house(plot, "terminal", COUNTRIES[:1], ("52.24", "52.22", "50.20")[plot.between(0, 2)])[0]


def _house(plot: Plot, kind: str, countries: tuple[str, ...], sector: str) -> tuple[int, bool]:
    n, houses = plot.between(0, _HOUSES - 1), plot.ground.told.houses
    name = f"{kind} {n}"
    if new := name not in houses:
        houses[name] = company(plot, countries[n % len(countries)], sector)
    return houses[name], new
