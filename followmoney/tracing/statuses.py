"""What is asserted of holders: which accounts and parties have which status, and who said so and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.graph import FlowGraph
from followmoney.tracing.assertions import Assertion

STATUSES = {
    "": "", "wrongdoer": "wrongdoer", "innocent": "innocent volunteer",
    "fiduciary": "fiduciary or fraudster", "good_faith": "purchaser in good faith",
}  # fmt: skip
"""Kinds of assertions that say a status, in order of their numbers on a tape, and what a sentence calls them."""

PRESUMED = ("fiduciary", "innocent", "wrongdoer")
"""Those by which only the rule `by_status` goes; at a purchaser in good faith the claim ends under every rule."""


def accounts(graph: FlowGraph, names: Sequence[str]) -> dict[str, list[int]]:
    """By name of an account or a party: the accounts meant, by number; a party may have none.

    Raises:
        SettingsError: Nothing is called so; the nearest name is given.
    """
    if not names:
        return {}
    vertices, parties = graph.vertices, graph.ledger.parties["id"]
    at = vertices.with_row_index("at")
    own = dict(at.filter(pl.col("id").is_in(names)).select("id", "at").iter_rows())
    held: dict[str, list[int]] = {}
    if "holder" in vertices.columns:
        of = at.filter(pl.col("holder").is_in(names)).group_by("holder").agg("at")
        held = {party: sorted(its) for party, its in of.iter_rows()}
    known = set(parties.filter(parties.is_in(names)).to_list())
    for name in names:
        if name not in own and name not in held and name not in known:
            there = [*vertices["id"].head(10_000), *parties.head(10_000)]
            raise SettingsError(unknown("account or party", name, there))
    return {name: [own[name]] if name in own else held.get(name, []) for name in names}


def said(graph: FlowGraph, assertions: Sequence[Assertion]) -> dict[str, Assertion]:
    """By account, and by party where one is named: the assertion that gives it its status.

    Raises:
        SettingsError: Two different statuses are asserted of one account or party; both are named.
    """
    on = [a for a in assertions if a.on and a.kind in STATUSES]
    meant = accounts(graph, list(dict.fromkeys(name for a in on for name in a.about)))
    found: dict[str, Assertion] = {}
    for assertion in on:
        for name in assertion.about:
            for key in dict.fromkeys([name, *(graph.vertices["id"][at] for at in meant[name])]):
                other = found.setdefault(key, assertion)
                if other.kind != assertion.kind:
                    raise SettingsError(
                        f"Two statuses are asserted of {key!r}: {words(other)}; and {words(assertion)}. "
                        "Switch one of them off (on=False)."
                    )
    return found


def by_account(graph: FlowGraph, assertions: Sequence[Assertion]) -> NDArray[np.uint8] | None:
    """By account: the number of its status, 0 where none is asserted; None where none is asserted at all."""
    found = said(graph, assertions)
    if not found:
        return None
    number = {kind: at for at, kind in enumerate(STATUSES)}
    ids = graph.vertices["id"]
    status = ids.replace_strict({key: number[a.kind] for key, a in found.items()}, default=0, return_dtype=pl.UInt8)
    return status.to_numpy()


def of_assets(graph: FlowGraph, assertions: Sequence[Assertion]) -> dict[str, Assertion]:
    """By asset, or group of assets bought together: the assertion that gives its holder his status, where there is one.

    What is asserted of the party counts; otherwise what is asserted of all accounts of his that have a status.
    """
    found = said(graph, assertions)
    if not found:
        return {}
    ledger = graph.ledger
    named = _parties(graph, found)
    holder = dict(ledger.assets.select("id", "holder").iter_rows())
    groups = {name: [name] for name in holder}
    groups |= {name: list(parts) for name, parts in ledger.purchases().select("asset", "assets").iter_rows()}
    held = {name: {holder.get(part) for part in parts} for name, parts in groups.items()}
    return {name: named[party] for name, (party, *more) in held.items() if not more and party in named}


def _parties(graph: FlowGraph, found: Mapping[str, Assertion]) -> dict[str, Assertion]:
    known = set(graph.ledger.parties["id"].to_list())
    if "holder" not in graph.vertices.columns:
        return {key: a for key, a in found.items() if key in known}
    rows = graph.vertices.filter(pl.col("id").is_in(list(found))).select("holder", "id").drop_nulls().sort("id")
    accounts_of: dict[str, list[Assertion]] = {}
    for party, account in rows.iter_rows():
        accounts_of.setdefault(party, []).append(found[account])
    of_accounts = {party: its[0] for party, its in accounts_of.items() if len({a.kind for a in its}) == 1}
    ids = set(graph.vertices["id"].to_list())
    return of_accounts | {key: a for key, a in found.items() if key in known and key not in ids}


def words(assertion: Assertion) -> str:
    """Which status, who asserts it, when and why."""
    status = STATUSES[assertion.kind]
    return f"asserted {status} by {assertion.who} on {assertion.when}: {assertion.why.strip().rstrip('.')}"
