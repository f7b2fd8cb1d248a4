"""What accounts have in common, and which of them belong together by it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.patterns._flows import Flows
from followmoney.patterns._hits import OUT, Hits

Numbers = NDArray[np.int64]
Group = tuple[Numbers, frozenset[str]]
"""Some accounts, and what they have in common."""
_HOLDER, _ROLE, _HOME = (pl.lit(what).alias("what") for what in ("a holder", "a party with a role", "an address"))


def common(flows: Flows, mules: Hits, share: tuple[int, int]) -> tuple[dict[int, Numbers], list[Group]]:
    """Accounts that several of them pay, and groups of them that have a party or an address in common.

    Only where they are at least that share of all who pay it, or have it.
    """
    least, of = share
    who = np.unique(mules.subject)
    out = mules.role == OUT
    payer, payee = mules.subject[mules.hit[out]], flows.beneficiary[mules.at[out]].astype(np.int64)
    found: dict[int, Numbers] = {}
    for account in np.unique(payee[~flows.outside[payee]]).tolist():
        mine, all_who_pay = np.unique(payer[payee == account]), np.unique(flows.originator[flows.into.of(account)])
        others = all_who_pay[all_who_pay != account]
        if len(mine) > 1 and len(mine) * of >= len(others) * least:
            found[account] = mine
    groups: list[Group] = []
    for accounts, kinds in _identifiers(flows, who):
        here = np.isin(accounts, who)
        mine, every = np.unique(accounts[here]), np.unique(accounts)
        if len(mine) > 1 and len(mine) * of >= len(every) * least:
            groups.append((mine, frozenset(kinds[here].tolist())))
    return found, groups


def joined(who: Numbers, groups: Iterable[Numbers]) -> Numbers:
    """For each of them the number of its group: the place of the first that it is joined with."""
    top = np.arange(len(who))

    def root(at: int) -> int:
        while top[at] != at:
            at = int(top[at])
        return at

    for group in groups:
        places = [root(at) for at in np.searchsorted(who, group).tolist()]
        top[[root(at) for at in places]] = min(places)
    return np.array([root(at) for at in range(len(who))], np.int64)


def _identifiers(flows: Flows, who: Numbers) -> list[tuple[Numbers, NDArray[np.str_]]]:
    """The accounts, all of them, that have something which some of these have: a holder, a role, an address.

    Of each thing that several have: the accounts, and as what each has it.
    """
    graph = flows.graph
    if graph is None:
        raise ValueError("Links are looked for in the whole graph.")
    vertices, ledger = graph.vertices.with_row_index("vertex"), graph.ledger
    holder = pl.col("holder") if "holder" in vertices.columns else pl.col("id")
    accounts = vertices.select("vertex", account="id", holder=holder)
    roles = ledger["roles"].select("party", "of").drop_nulls()
    place = pl.concat_str(pl.lit("at "), "street", pl.lit(", "), "postcode", pl.lit(", "), "city")
    homes = ledger["addresses"].select(holder="party", key=place).drop_nulls()

    def keys(held: pl.DataFrame, roles: pl.DataFrame, homes: pl.DataFrame) -> list[pl.DataFrame]:
        by_account = held.join(roles, left_on="account", right_on="of").select("vertex", _ROLE, key="party")
        by_holder = held.join(roles, left_on="holder", right_on="of").select("vertex", _ROLE, key="party")
        return [by_account, by_holder, held.join(homes, on="holder").select("vertex", _HOME, key="key")]

    mine = accounts[who]
    known = pl.concat([mine.select("vertex", _HOLDER, key="holder"), *keys(mine, roles, homes)])["key"].drop_nulls()
    wanted = known.unique().implode()  # of the others only what has one of these is put together
    held = accounts.filter(pl.col("holder").is_in(wanted)).select("vertex", _HOLDER, key="holder")
    some = roles.filter(pl.col("party").is_in(wanted)), homes.filter(pl.col("key").is_in(wanted))
    every = pl.concat([held, *keys(accounts, *some)]).unique()
    groups = every.sort("vertex", "what").group_by("key").agg("vertex", "what").sort("key")
    rows = zip(groups["vertex"].to_list(), groups["what"].to_list(), strict=True)
    return [(np.array(group, np.int64), np.array(what)) for group, what in rows if len(group) > 1]
