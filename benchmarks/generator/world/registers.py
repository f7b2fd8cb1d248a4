"""Names, addresses and owners of everybody in the world, made up from numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.generator.tables import DECLARED, SCHEMAS

from .banks import BANKS, COUNTRIES, CURRENCIES
from .hashing import Ints, even, mixed
from .papers import assets, customs, trades
from .population import Population
from .told import Told

_FIRST: Final = "Alva Bero Cilla Dorin Elvi Faro Ginte Hale Imre Jonna Kelo Lumi Mirel Nando Oriel Pella"
_MIDDLE: Final = "brand esk holm ker lund mar nest or quist rad sten tal umber vald wick zen"
_LAST: Final = "Ahr Bol Crist Dal Ek Frem Gard Har Iv Jern Kor Lin Mos Nor Os Pell"
_TRADE: Final = "Handel Logistik Bau Textil Import Service Holding Technik"
_STREETS: Final = "Kanalweg Hafenstrasse Muehlgasse Birkenallee Marktplatz Nordring Seeufer Werftweg"
_SECTORS: Final = "46.90 49.41 41.20 47.71 46.19 82.99 64.20 62.01"
_SHOPS: Final = "47.11 56.10 96.02 47.71 45.20 47.73 56.30 93.13"
_WITH_AN_AGENT: Final = 0.02
"""Of the firms, how many have their seat at the address of a formation agent."""
_AT_ONE_AGENT: Final = 75
"""Firms with one formation agent, about; at least one agent for each country."""
_WITH_A_BOOKKEEPER: Final = 0.05
_BOOKS: Final = 400
"""Of so many firms in a row, those with a bookkeeper, who signs for them, have the same."""
_SEATS: Final = 8
"""Firms with a formation agent that have the same director, who is in its service."""
_NO: Final = ([], [], [], [])


def holders(world: Population, told: Told) -> Ints:
    """Give the party that holds each account: mostly its own, sometimes the person next door's second account."""
    number = np.arange(world.size, dtype=np.int64)
    second = world.is_second(number)
    # Never a chain: the neighbour must itself be a first account, or the account keeps its own party.
    found = np.where(second & ~np.roll(second, 1), number - 1, number)
    for account, first in {**told.wallets, **told.seconds}.items():
        found[account] = found[first]
    return found


def _chosen(words: str, numbers: Ints, salt: int) -> pl.Series:
    listed = words.split()
    return pl.Series(listed).gather((mixed(numbers, salt) % np.uint64(len(listed))).astype(np.int64))


def party_id(number: pl.Expr) -> pl.Expr:
    """Write a party's number as its id."""
    return "p" + number.cast(pl.String).str.zfill(8)


def _party_id(numbers: Ints) -> pl.Series:
    return pl.select(party_id(pl.lit(pl.Series(numbers)))).to_series()


def tables(
    world: Population, ids: pl.Series, opened: Mapping[int, date], told: Told
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Make the registers one after another, so that only one is held at a time; `opened` where it is not by chance."""
    holder = holders(world, told)
    yield "accounts", _accounts(world, ids, holder, opened, told)
    party = np.flatnonzero(holder == np.arange(world.size)).astype(np.int64)
    yield "parties", _parties(world, party, told)
    firms = np.arange(world.first_firm, world.first_shop, dtype=np.int64)
    owner = holder[(mixed(firms, world.seed + 111) % np.uint64(world.people)).astype(np.int64)]
    yield "addresses", _addresses(world, party, _agents(world, firms, told))
    yield "interests", _interests(world, firms, owner, told)
    yield "roles", _roles(world, holder, firms, owner, told)


def papers(world: Population, days: list[date], told: Told, paid: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Make the tables of trades and houses; `paid` says which transactions are for which paper."""
    holder = holders(world, told)

    def party(accounts: list[int]) -> list[str]:
        return _party_id(holder[accounts]).to_list()

    recorded = customs(days, range(world.first_firm, world.first_shop), party, world.seed)
    yield "trades", trades(told.papers, paid, party, recorded)
    yield "assets", assets(told.papers, paid, party, days[-1])


def _seated(world: Population, firms: Ints) -> NDArray[np.bool_]:
    """Tell which firms have their seat with a formation agent: at least some 150 in all, one in six at most."""
    return even(firms, world.seed + 113) < min(1 / 6, max(_WITH_AN_AGENT, 150 / max(1, len(firms))))


def _agents(world: Population, firms: Ints, told: Told) -> pl.DataFrame:
    """Tell which formation agent of its country each firm has that has one."""
    usual = firms[_seated(world, firms)]
    many = max(1, (len(usual) + sum(map(len, told.at_the_agent))) // _AT_ONE_AGENT)
    theirs = [(firm, n % many) for n, ring in enumerate(told.at_the_agent) for firm in ring]
    drawn = (mixed(usual, world.seed + 117) % np.uint64(many)).astype(np.int64)
    lines = [*theirs, *zip(usual.tolist(), drawn.tolist(), strict=True)]
    both = pl.DataFrame(lines, {"firm": pl.Int64, "agent": pl.Int64}, orient="row")
    return both.unique("firm", keep="first").sort("firm")


def _accounts(world: Population, ids: pl.Series, holder: Ints, given: Mapping[int, date], told: Told) -> pl.DataFrame:
    bank = pl.Series(world.bank.astype(np.int64))
    home = pl.Series(world.country.astype(np.int64))
    day = (12_000 + mixed(holder, world.seed + 102) % np.uint64(7_000)).astype(np.int32)
    for account, when in given.items():
        day[account] = (when - date(1970, 1, 1)).days
    opened = pl.Series(day).cast(pl.Date)
    bics = _with(pl.Series([b.bic for b in BANKS]).gather(bank), {n: f"ZFER{c}22" for n, c in told.abroad.items()})
    schemes = dict.fromkeys(told.abroad, "BBAN") | dict.fromkeys(told.wallets, "wallet")
    return (
        pl.DataFrame(
            {
                "id": ids,
                "holder": _party_id(holder),
                "institution": _with(bics, dict.fromkeys(told.wallets)),
                "country": _with(pl.Series(COUNTRIES).gather(home), told.abroad),
                "currency": pl.Series(CURRENCIES).gather(home),
                "opened": opened,
                "scheme": _with(pl.repeat("IBAN", world.size, eager=True), schemes),
            }
        )
        .with_columns(closed=pl.lit(None, pl.Date))
        .select(*SCHEMAS["accounts"])
    )


def _parties(world: Population, party: Ints, told: Told) -> pl.DataFrame:
    companies = np.array(list(told.companies), np.int64)
    person = pl.Series("person", world.is_person(party) & ~np.isin(party, companies))
    born = -9_000 + (mixed(party, world.seed + 108) % np.uint64(21_000)).astype(np.int64)
    born[np.searchsorted(party, companies)] = [(day - date(1970, 1, 1)).days for day in told.companies.values()]
    frame = pl.DataFrame(
        {
            "id": _party_id(party),
            "person": person,
            "first": _chosen(_FIRST, party, world.seed + 103),
            "middle": _chosen(_MIDDLE, party, world.seed + 104),
            "last": _chosen(_LAST, party, world.seed + 105),
            "trade": _chosen(_TRADE, party, world.seed + 106),
            "sector": _sectors(world, party),
            "told": _of(party, told.sectors, pl.String()),
            "income": _of(party, told.incomes, pl.Int64()),
            "country": _with(
                pl.Series(COUNTRIES).gather(world.country[party].astype(np.int64)),
                {int(np.searchsorted(party, n)): c for n, c in told.abroad.items() if n not in told.wallets},
            ),
            "founded": pl.Series(born).cast(pl.Int32).cast(pl.Date),
        }
    )
    is_person = pl.col("person")
    family = pl.concat_str("last", "middle")
    nothing = pl.lit(None, pl.String)
    return frame.select(
        pl.col("id"),
        pl.when(is_person).then(pl.lit("person")).otherwise(pl.lit("company")).alias("kind"),
        pl.when(is_person)
        .then(pl.concat_str("first", family, separator=" "))
        .otherwise(pl.concat_str(family, "trade", pl.col("id").str.slice(3), separator=" "))
        .alias("name"),
        pl.col("country"),
        pl.col("founded"),
        pl.lit(None, pl.Date).alias("dissolved"),
        pl.coalesce("told", pl.when(~is_person).then("sector")).alias("sector"),
        pl.when(~is_person).then(pl.lit("active")).alias("status"),
        nothing.alias("lei"),
        pl.when(~is_person).then("R" + pl.col("id").str.slice(1)).alias("register_number"),
        nothing.alias("vat"),
        pl.col("income"),
        pl.when(pl.col("income").is_not_null()).then(pl.lit("EUR")).alias("income_currency"),
    ).select(*DECLARED)


def _sectors(world: Population, party: Ints) -> pl.Series:
    shop = pl.Series((party >= world.first_shop) & (party < world.first_landlord))
    usual, retail = (_chosen(words, party, world.seed + 107) for words in (_SECTORS, _SHOPS))
    return retail.zip_with(shop, usual)


def _addresses(world: Population, party: Ints, seated: pl.DataFrame) -> pl.DataFrame:
    place = world.home(party)
    house = 1 + mixed(party, world.seed + 109) % np.uint64(180)
    own = pl.DataFrame(
        {
            "party": _party_id(party),
            "street": _chosen(_STREETS, party, world.seed + 110) + " " + pl.Series(house).cast(pl.String),
            "postcode": pl.Series(place + 10_000).cast(pl.String),
            "city": "Ort " + pl.Series(place).cast(pl.String),
            "country": pl.Series(COUNTRIES).gather(world.country[party].astype(np.int64)),
        }
    )
    country = world.country[seated["firm"].to_numpy()].astype(np.int64)
    agents = pl.DataFrame(
        {
            "party": _party_id(seated["firm"].to_numpy()),
            "country": pl.Series(COUNTRIES).gather(country),
            "street": "Am Turm " + (seated["agent"] + 1).cast(pl.String),
        }
    ).with_columns(postcode=pl.lit("10000"), city=pl.lit("Ort 0"))
    return (
        pl.concat([own, agents.select(own.columns)])
        .with_columns(start=pl.lit(None, pl.Date), end=pl.lit(None, pl.Date))
        .select(*SCHEMAS["addresses"])
    )


def _interests(world: Population, firms: Ints, owner: Ints, told: Told) -> pl.DataFrame:
    share = np.round(0.3 + 0.7 * even(firms, world.seed + 112), 2)
    every = pl.DataFrame({"owner": _party_id(owner), "owned": _party_id(firms), "share_min": share})
    # Of whom a scheme says who owns them, nothing else is said: shares must not exceed the whole.
    every = every.filter(pl.Series(~np.isin(firms, [what for _, what, _, _ in told.interests])))
    who, what, part, since = (list(column) for column in zip(*told.interests, strict=True)) if told.interests else _NO
    more = pl.DataFrame(
        {"owner": _party_id(np.array(who, np.int64)), "owned": _party_id(np.array(what, np.int64)), "share_min": part},
        schema_overrides={"share_min": pl.Float64},
    ).with_columns(pl.Series("start", since, pl.Date))
    return (
        pl.concat([every.with_columns(start=pl.lit(date(2015, 1, 1))), more])
        .with_columns(
            share_max="share_min", kind=pl.lit("shareholding"), direct=pl.lit(value=True), end=pl.lit(None, pl.Date)
        )
        .select(*SCHEMAS["interests"])
    )


def _roles(world: Population, holder: Ints, firms: Ints, owner: Ints, told: Told) -> pl.DataFrame:
    booked = firms[even(firms, world.seed + 114) < _WITH_A_BOOKKEEPER]
    keeper = holder[(mixed(booked // _BOOKS, world.seed + 115) % np.uint64(world.people)).astype(np.int64)]
    served = mixed(np.cumsum(_seated(world, firms)) // _SEATS, world.seed + 116) % np.uint64(world.people)
    in_service = _seated(world, firms) | np.isin(firms, np.array(told.served, np.int64))
    director = np.where(in_service, holder[served.astype(np.int64)], owner)
    who, of, kind, since = (list(column) for column in zip(*told.roles, strict=True)) if told.roles else _NO
    every = [
        (director, firms, "director", date(2015, 1, 1)), (keeper, booked, "signatory", date(2018, 1, 1)),
        (
            np.array(who, np.int64), np.array(of, np.int64), pl.Series(kind, dtype=pl.String),
            pl.Series(since, dtype=pl.Date),
        ),
    ]  # fmt: skip
    parts = [
        pl.DataFrame({"party": _party_id(a), "of": _party_id(b)}).with_columns(kind=_as(k), start=_as(s))
        for a, b, k, s in every
    ]
    return pl.concat(parts).with_columns(end=pl.lit(None, pl.Date)).select(*SCHEMAS["roles"])


def _of(party: Ints, given: Mapping[int, object], dtype: pl.DataType) -> pl.Series:
    known = pl.DataFrame({"n": list(given), "v": list(given.values())}, schema={"n": pl.Int64, "v": dtype})
    return pl.DataFrame({"n": party}).join(known, on="n", how="left", maintain_order="left")["v"]


def _with(column: pl.Series, given: Mapping[int, str | None]) -> pl.Series:
    places = sorted(given)
    return column.scatter(places, pl.Series([given[n] for n in places], dtype=pl.String)) if places else column


def _as(column: pl.Series | str | date) -> pl.Series | pl.Expr:
    return column if isinstance(column, pl.Series) else pl.lit(column)
