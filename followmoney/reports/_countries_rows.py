"""What a picture by country shows: claim, least, most, what left, its accounts and assets, and its clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.languages import count, say
from followmoney.reports import anchors

if TYPE_CHECKING:
    from followmoney.case import Case

_Key = tuple[str | None, str]


@dataclass(frozen=True)
class Place:
    """An account or asset of a country that has a part of its own."""

    id: str
    name: str
    claim: int
    link: str


@dataclass(frozen=True)
class Country:
    """One bar; several countries together have no code."""

    code: str
    label: str
    currency: str
    claim: int
    least: int | None
    most: int | None
    left: int
    """Claim money that went from here to other countries, cash, crypto or unknown ends."""
    gone: tuple[str, ...]
    """The transactions that took it there."""
    places: tuple[Place, ...]
    others: int
    """Accounts and assets without a part of their own."""
    clocks: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    """Countries that are together here."""


def countries(case: Case, scale: Mapping[str, float], most: int, lines: int) -> list[Country]:
    """The countries with most, each with its largest places; all others of a currency as one, at the end."""
    found = case.recoverable()
    left, gone = _left(case)
    held = {(r["country"], r["currency"]): r for r in found.countries.iter_rows(named=True)}
    worth = {
        key: (scale[key[1]] * (held[key]["claim"] if key in held else 0), scale[key[1]] * left.get(key, 0))
        for key in {*held, *left}
    }
    order = sorted(worth, key=lambda key: (-worth[key][0], -worth[key][1], key[0] or "~", key[1]))
    own = order if len(order) <= lines else order[: lines - 1]
    places = _places(found.places.rows(named=True), scale, most)
    every = [_country(key, held.get(key), left.get(key, 0), gone.get(key, ()), places.get(key, [])) for key in own]
    clocks = _clocks(found.places)
    every = [Country(**{**vars(its), "clocks": clocks.get(its.code, ())}) for its in every]
    rest = order[len(own) :]
    return every + [_others(c, [k for k in rest if k[1] == c], held, left) for c in sorted({k[1] for k in rest})]


def _left(case: Case) -> tuple[dict[_Key, int], dict[_Key, tuple[str, ...]]]:
    """By country and currency: claim money that went elsewhere, each payment once, and the payments."""
    assert case.trace is not None
    ids = sorted({name for names in case.exits()["transactions"] for name in names})
    there = dict(case.trace.graph.ledger["accounts"].select("id", pl.col("country").cast(pl.String)).iter_rows())
    left: dict[_Key, int] = {}
    gone: dict[_Key, tuple[str, ...]] = {}
    moved = case.trace.transactions().filter(pl.col("id").is_in(ids))
    for name, payer, currency, claim in moved.select("id", "originator", "currency", "claim").iter_rows():
        key = (there.get(str(payer)), str(currency))
        left[key] = left.get(key, 0) + claim
        gone[key] = (*gone.get(key, ()), name)
    return left, gone


def _places(rows: list[dict[str, Any]], scale: Mapping[str, float], most: int) -> dict[_Key, list[Place]]:
    """The largest of all countries together."""
    largest = sorted(rows, key=lambda r: (-scale[r["currency"]] * r["claim"], r["kind"], r["id"]))[:most]
    found: dict[_Key, list[Place]] = {}
    for r in largest:
        paid = r["paid_by"]
        link = anchors.account(r["id"])
        if r["kind"] != "account":
            link = anchors.transaction(paid[0]) if paid else anchors.SCHEDULE_A
        name = r["holder_name"] or r["holder"] or say("holder not known")
        found.setdefault((r["country"], r["currency"]), []).append(Place(r["id"], name, r["claim"], link))
    return found


def _country(key: _Key, held: dict[str, Any] | None, left: int, gone: tuple[str, ...], places: list[Place]) -> Country:
    number = held["places"] if held else 0
    label = key[0] or say("not known")
    return Country(
        key[0] or "?", label, key[1], held["claim"] if held else 0, held["least"] if held else None,
        held["most"] if held else None, left, gone, tuple(places), number - len(places),
    )  # fmt: skip


def _others(currency: str, keys: list[_Key], held: Mapping[_Key, dict[str, Any]], left: Mapping[_Key, int]) -> Country:
    claim = sum(held[key]["claim"] for key in keys if key in held)
    number = sum(held[key]["places"] for key in keys if key in held)
    away = sum(left.get(key, 0) for key in keys)
    label = count(len(keys), "{n} other", "{n} others")
    named = tuple(key[0] or say("not known") for key in keys)
    return Country("", label, currency, claim, None, None, away, (), (), number, folded=named)


def _clocks(places: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for country, clocks in places.select("country", "clocks").iter_rows():
        before = found.get(country or "?", ())
        found[country or "?"] = (*before, *(c for c in clocks if c not in before))
    return found
