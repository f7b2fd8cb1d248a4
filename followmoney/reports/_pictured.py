"""The pictures of the report: flow, chronology, and who owns the companies that hold claim money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.reports._blocks import Block, Figure, Head, Section, Text
from followmoney.reports.picture import Picture, picture

if TYPE_CHECKING:
    from followmoney.case import Case

_CHARTS = 6
_NONE = "No money was traced, so there is nothing to draw."


def flow(case: Case, places: set[str]) -> Section:
    """Where the claim money went."""
    return _section("flow", "Flow of the claim money", None if case.trace is None else picture("flow", case.trace, places=places))


def chronology(case: Case, places: set[str]) -> Section:
    """When it moved."""
    found = None if case.trace is None else picture("chronology", case.trace, places=places)
    return _section("chronology", "Chronology", found)


def _section(anchor: str, title: str, found: Picture | None) -> Section:
    return Section(anchor, title, (Text(_NONE) if found is None else Figure(found),))


def ownership(case: Case, places: set[str]) -> Section:
    """One chart for each company that holds claim money, most first."""
    holders = _companies(case)
    blocks: list[Block] = []
    if case.ledger is None or case.trace is None:
        blocks.append(Text(_NONE))
    elif not holders:
        blocks.append(Text("No company is known to hold claim money."))
    for n, (party, name) in enumerate(holders[:_CHARTS]):
        found = picture("ownership", case.ledger, party=party, places=places, name=f"ownership{n}")
        blocks += [Head(name), Figure(found)]
    if len(holders) > _CHARTS:
        left = ", ".join(name for _, name in holders[_CHARTS:])
        blocks.append(Text(f"Charts of the {_CHARTS} companies that hold most; without a chart: {left}."))
    return Section("ownership", "Who owns the companies that hold it", tuple(blocks))


def _companies(case: Case) -> list[tuple[str, str]]:
    if case.ledger is None:
        return []
    parties = case.ledger.parties.filter(pl.col("kind").cast(pl.String) != "person")
    called = {i: n or i for i, n in parties.select("id", "name").iter_rows()}
    held = case.assets().filter(pl.col("holder").is_in(list(called)))
    most = held.group_by("holder").agg(pl.col("claim").max()).sort("claim", "holder", descending=[True, False])
    return [(party, called[party]) for party in most["holder"]]
