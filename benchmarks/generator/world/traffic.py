"""Everyday traffic: cards, transfers, bills, invoices, payouts, takings and withdrawals, drawn in bulk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np

from .days import moments
from .hashing import Ints, even
from .population import Population
from .rows import (
    BILL,
    CARD,
    DEPOSIT,
    DESKS_A_CITY,
    INVOICE,
    OUTSIDE,
    PAYOUT,
    TRANSFER,
    WITHDRAWAL,
    Rows,
    joined,
    plain,
)

Rng = np.random.Generator
Ends = tuple[Ints, Ints, Ints]  # who pays whom how much


def _amounts(rng: Rng, many: int, middle: int, spread: float) -> Ints:
    return np.maximum(50, np.exp(rng.normal(np.log(middle), spread, many))).astype(np.int64)


def _cards(rng: Rng, world: Population, many: int) -> Ends:
    who = world.someone(rng.random(many))
    favourite = (10 * rng.random(many) ** 2.5).astype(np.int64)
    shop = world.shop(who, even(who * 16 + favourite, world.seed + 71))
    return who, shop, _amounts(rng, many, 2_700, 0.9)


def _transfers(rng: Rng, world: Population, many: int) -> Ends:
    who = world.someone(rng.random(many))
    friend = world.contact(who, (8 * rng.random(many) ** 2.5).astype(np.int64))
    exact = _amounts(rng, many, 6_500, 1.3)
    return who, friend, np.where(rng.random(many) < 0.6, exact // 500 * 500 + 500, exact)


def _bills(rng: Rng, world: Population, many: int) -> Ends:
    who = world.someone(rng.random(many))
    which = rng.integers(0, 4, many)
    # A bill is the same every month for the same customer.
    amount = 1_900 + (even(who * 8 + which, world.seed + 61) ** 3 * 28_000).astype(np.int64)
    return who, world.collector(who, which), amount


def _invoices(rng: Rng, world: Population, many: int) -> Ends:
    firm = world.first_firm + (world.firms * rng.random(many) ** 1.7).astype(np.int64)
    supplier = world.supplier(firm, (20 * rng.random(many) ** 2).astype(np.int64))
    return firm, supplier, _amounts(rng, many, 145_000, 1.25)


def _payouts(rng: Rng, world: Population, many: int) -> Ends:
    seller = world.someone(rng.random(many))
    platform = world.collector(seller, 4 + rng.integers(0, 2, many))
    return platform, seller, _amounts(rng, many, 8_800, 1.1)


def _takings(rng: Rng, world: Population, many: int) -> Ends:
    shop = world.first_shop + rng.integers(0, world.shops, many)
    usual = 60_000 + even(shop, world.seed + 81) ** 3 * 1_000_000
    amount = (usual * np.exp(rng.normal(0, 0.25, many))).astype(np.int64) // 500 * 500 + 500
    return np.full(many, OUTSIDE, np.int64), shop, amount


def _withdrawals(rng: Rng, world: Population, many: int) -> Ends:
    who = world.someone(rng.random(many))
    return who, np.full(many, OUTSIDE, np.int64), rng.integers(1, 26, many) ** 2 // 16 * 1_000 + 2_000


_KINDS: Final[tuple[tuple[int, float, bool, Callable[[Rng, Population, int], Ends]], ...]] = (
    (CARD, 0.42, False, _cards),
    (TRANSFER, 0.19, False, _transfers),
    (BILL, 0.13, True, _bills),
    (INVOICE, 0.14, True, _invoices),
    (PAYOUT, 0.06, True, _payouts),
    (DEPOSIT, 0.03, True, _takings),
    (WITHDRAWAL, 0.03, False, _withdrawals),
)


def _desks(rng: Rng, world: Population, who: Ints) -> Ints:
    """Choose the desk or machine: a few in the own city, seldom one elsewhere."""
    away = rng.random(len(who)) < 0.04
    city = np.where(away, rng.integers(0, world.cities, len(who)), world.home(who))
    return city * DESKS_A_CITY + (DESKS_A_CITY * rng.random(len(who)) ** 1.5).astype(np.int64)


def everyday(rng: Rng, world: Population, many: int, days: list[date]) -> Rows:
    """Draw this many everyday transactions on these days."""
    edges = np.round(np.cumsum([0.0] + [share for _, share, _, _ in _KINDS]) * many).astype(np.int64)
    edges[-1] = many
    parts: list[Rows] = []
    for (kind, _, office, draw), n in zip(_KINDS, np.diff(edges), strict=True):
        payer, payee, amount = draw(rng, world, int(n))
        time = moments(rng, int(n), days, office=office)
        desk = _desks(rng, world, np.where(payer == OUTSIDE, payee, payer)) if kind in {DEPOSIT, WITHDRAWAL} else None
        parts.append(plain(time, payer, payee, amount, kind, desk=desk))
    return joined(parts)
