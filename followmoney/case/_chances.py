"""The chance that money in an account is still there when an order takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from followmoney.case._stays import stays
from followmoney.case.survival import Survival, survival

if TYPE_CHECKING:
    from followmoney.tracing import Trace

SHORT = 10
"""With fewer stays that ended, an account's history is short (followmoney default)."""
Place = tuple[str, str]
"""Account and currency."""


@dataclass(frozen=True)
class Chance:
    """The chance, and what it rests on."""

    still_there: Fraction
    of: str
    """Whose stays: `account`, of which kind of accounts ("IBAN accounts"), or `all accounts`."""
    stays: int
    """How many stays that ended it rests on."""


def chances(trace: Trace, takes: Mapping[Place, int]) -> dict[Place, Chance]:
    """For each account and currency, with the microseconds an order takes there.

    An account with a short history takes the stays of all accounts of its kind (IBAN, wallet, ...) in that currency
    that carried claim money, its own among them; where these are few too, of all accounts that did.
    """
    record, graph = trace.record, trace.graph
    purses, tape = record.purses, record.tape
    carried = np.zeros(len(tape.opening), np.bool_)
    at = trace.flows.at
    carried[tape.paid[at]] = carried[tape.got[at]] = True
    carried |= trace.outcome.claim > 0
    carried &= ~tape.outside
    used = np.flatnonzero(carried).tolist()
    names = graph.vertices["id"].gather(purses.account[used]).to_list()
    currencies: list[str] = [graph.currencies[code] for code in purses.currency[used].astype(int).tolist()]
    known = graph.vertices["scheme"].cast(str).to_list() if "scheme" in graph.vertices.columns else None
    kinds = [(known[purses.account[purse]] or "") if known else "" for purse in used]
    every = stays(trace, used)
    of = {(name, currency): purse for purse, name, currency in zip(used, names, currencies, strict=True)}
    kind = dict(zip(used, zip(kinds, currencies, strict=True), strict=True))
    every_kind = {name for name, _ in kind.values()}
    pooled: dict[tuple[str, str], tuple[Chance, Survival]] = {}
    found: dict[Place, Chance] = {}
    for place, microseconds in takes.items():
        own = every[of[place]]
        ended = sum(stay.left for stay in own)
        if ended >= SHORT:
            found[place] = Chance(survival(own).at(microseconds), "account", ended)
            continue
        group = kind[of[place]]
        for kinds, called in (({group[0]}, f"{group[0]} accounts".strip()), (every_kind, "all accounts")):
            if (called, group[1]) not in pooled:
                same = [purse for purse in used if kind[purse][0] in kinds and kind[purse][1] == group[1]]
                both = [stay for purse in same for stay in every[purse]]
                pooled[called, group[1]] = Chance(Fraction(1), called, sum(stay.left for stay in both)), survival(both)
            chance, curve = pooled[called, group[1]]
            found[place] = replace(chance, still_there=curve.at(microseconds))
            if chance.stays >= SHORT:
                break
    return found
