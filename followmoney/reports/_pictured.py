"""The pictures of the report: flow, chronology, and who owns the companies that hold claim money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import mark, say
from followmoney.reports._blocks import Block, Figure, Head, Section, Text
from followmoney.reports.picture import Picture, picture

if TYPE_CHECKING:
    from followmoney.case import Case

_CHARTS = 6
_TITLE = mark("Who owns the companies that hold it")
_NONE = mark("No money was traced, so there is nothing to draw.")


def flow(case: Case, places: set[str]) -> Section:
    """Where the claim money went."""
    found = None if case.trace is None else picture("flow", case.trace, places=places)
    return _section("flow", say("Flow of the claim money"), found)


def chronology(case: Case, places: set[str]) -> Section:
    """When it moved."""
    found = None if case.trace is None else picture("chronology", case.trace, places=places)
    section = _section("chronology", say("Chronology"), found)
    if case.trace is None:
        return section
    over_time = Figure(picture("over_time", case.trace, places=places))
    more = (Head(say("Balance and claim, account by account")), over_time)
    return Section(section.anchor, section.title, (*section.blocks, *more))


def _section(anchor: str, title: str, found: Picture | None) -> Section:
    return Section(anchor, title, (Text(say(_NONE)) if found is None else Figure(found),))


def ownership(case: Case, places: set[str]) -> Section:
    """One chart for each company that holds claim money and of which a register says something, most first."""
    if case.ledger is None or case.trace is None:
        return Section("ownership", say(_TITLE), (Text(say(_NONE)),))
    holders = _companies(case)
    told = set(case.ledger.interests["owner"]) | set(case.ledger.interests["owned"])
    drawn = [h for h in holders if h[0] in told][:_CHARTS]
    blocks: list[Block] = [] if holders else [Text(say("No company is known to hold claim money."))]
    for n, (party, name) in enumerate(drawn):
        found = picture("ownership", case.ledger, party=party, places=places, name=f"ownership{n}")
        blocks += [Head(name), Figure(found)]
    if more := [name for party, name in holders if party in told and party not in dict(drawn)]:
        said = say(
            "Charts of the {drawn} companies that hold most; without a chart: {names}.",
            drawn=len(drawn), names=", ".join(more),
        )  # fmt: skip
        blocks.append(Text(said))
    if silent := [name for party, name in holders if party not in told]:
        blocks.append(Text(say("No register that was loaded says who owns: {names}.", names=", ".join(silent))))
    return Section("ownership", say(_TITLE), tuple(blocks))


def _companies(case: Case) -> list[tuple[str, str]]:
    if case.ledger is None:
        return []
    kind = pl.col("kind").cast(pl.String).is_in(["person", "public body"]).fill_null(value=False)
    called = {i: n or i for i, n in case.ledger.parties.filter(~kind).select("id", "name").iter_rows()}
    held = case.assets().filter(pl.col("holder").is_in(list(called)))
    most = held.group_by("holder").agg(pl.col("claim").max()).sort("claim", "holder", descending=[True, False])
    return [(party, called[party]) for party in most["holder"]]
