"""Fold: accounts that belong together become one vertex."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import numpy as np
import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.graph._dated import dated
from followmoney.graph._owners_by_day import owners_by_day
from followmoney.graph.enough import Enough
from followmoney.graph.flow import FlowGraph, Fold, with_vertices
from followmoney.ledger import Ledger


def fold(graph: FlowGraph, by: Fold, enough: Enough | None = None) -> FlowGraph:
    """Merge accounts by who holds them, or by who owns the holder in the end on the day of each transaction.

    `holder` (or `party`): the accounts of one holder become one vertex; an account whose holder is not known stays
    itself, and so do cash and unknown ends. `beneficial_owner`: moreover, a holder that is not a person is merged into
    the one natural person who owns more than half of it in the end or, failing that, into the one person with the
    largest share, where that is `enough` (not given: 25 % or more). Where no single person qualifies, the holder stays
    itself. Least shares decide, as of the day (UTC) of each transaction: where an owner sells, earlier transactions of
    the same account are his, later ones the buyer's; `owners_of_payments` lists who, and why nobody. Transactions stay,
    also those that now go from a vertex to itself. A graph that was folded before is folded afresh from its accounts,
    and a part of a fold is the fold of the part.

    Returns:
        A flow graph whose vertices have columns id, label (name, or id), kind (of the party; `account` where no holder
        is known), country, accounts (how many; one that changes hands counts with each), scheme. They are numbered in
        the order in which money first touches them in the ledger. An account that has the id of some party which does
        not hold it is named "<id> (account)". `merged` has the parties that are counted with one other throughout.

    Source: Regulation (EU) 2024/1624 art. 52(1) for 25 % or more, at every level; the rest is a followmoney default.
    Cost: one pass over the accounts, and one gather over each end of the transactions; `beneficial_owner` moreover
    solves the holdings above the holders once for every day on which they change, and places the transactions of
    accounts that change hands by binary search.
    """
    if by not in get_args(Fold):
        raise SettingsError(unknown("fold", by, get_args(Fold)))
    ledger = graph.ledger
    of = held(ledger.accounts)
    enough = (enough or Enough()) if by == "beneficial_owner" else None
    if enough is not None and (days := first_and_last(ledger)):
        holders = pl.concat([of["party"], ledger.assets["holder"].rename("party")])  # who holds but a house, too
        by_day = owners_by_day(ledger, holders.drop_nulls().unique(), *days, enough)
        if not by_day["company"].is_unique().all():
            return dated(_unfolded(graph), of, by_day, _described, enough)
        counted = by_day.select("company", "person").drop_nulls()
        of = of.join(counted, left_on="party", right_on="company", how="left", maintain_order="left").with_columns(
            pl.coalesce("person", "party").alias("party")
        )
        merged = dict(counted.iter_rows())
    else:
        merged = dict[str, str]()
    accounts = _described(of, ledger.parties)
    vertices = accounts.group_by("id", maintain_order=True).agg(
        pl.first("label", "kind", "country"), pl.len().cast(pl.Int64).alias("accounts"), pl.first("scheme")
    )
    number = vertices.select("id", pl.int_range(pl.len(), dtype=pl.UInt32).alias("number"))
    mapping = accounts.join(number, on="id", how="left", maintain_order="left")["number"].to_numpy()
    return with_vertices(_unfolded(graph), mapping, vertices, merged, enough)


def held(accounts: pl.DataFrame) -> pl.DataFrame:
    """Every account in order with the party that holds it (none for cash and unknown ends)."""
    scheme = pl.col("scheme").cast(pl.String)
    absent = pl.lit(None, dtype=pl.String)
    holder = pl.col("holder") if "holder" in accounts.columns else absent
    country = pl.col("country") if "country" in accounts.columns else absent
    outside = scheme.is_in(["cash", "unknown"]).fill_null(value=False)
    party = pl.when(~outside).then(holder).alias("party")
    return accounts.select("id", party, country.alias("country"), scheme.alias("scheme"))


def _described(held: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Every account in order with the vertex it belongs to: id, label, kind, country, scheme."""
    known = parties.select("id", "name", pl.col("kind").cast(pl.String), pl.col("country").alias("of"))
    frame = held.join(known, left_on="party", right_on="id", how="left", maintain_order="left")
    own = pl.col("party").is_null()
    clash = own & pl.col("id").is_in(held["party"].drop_nulls().unique().implode())
    identifier = pl.when(clash).then(pl.col("id") + " (account)").when(own).then("id").otherwise("party")
    return frame.select(
        identifier.alias("id"),
        pl.coalesce("name", pl.when(own).then("id").otherwise("party")).alias("label"),
        pl.when(own).then(pl.lit("account")).otherwise(pl.col("kind").fill_null("unknown")).alias("kind"),
        pl.when(own).then("country").otherwise("of").alias("country"),
        pl.when(own).then("scheme").alias("scheme"),
    )


def first_and_last(ledger: Ledger) -> tuple[date, date] | None:
    """The first and the last day of the ledger."""
    times = ledger.numbered["booked_at"]
    if not len(times):
        return None
    ends = pl.DataFrame({"day": times}).select(first=pl.col("day").min().dt.date(), last=pl.col("day").max().dt.date())
    return ends.row(0)


def _unfolded(graph: FlowGraph) -> FlowGraph:
    ledger = graph.ledger
    if graph.vertices is ledger.accounts:
        return graph
    ends = {end: ledger.numbered[end].to_numpy()[graph.columns.number] for end in ("originator", "beneficiary")}
    columns = replace(graph.columns, **{end: values.astype(np.uint32) for end, values in ends.items()})
    return FlowGraph(ledger, columns=columns, vertices=ledger.accounts)
