"""What registers say on a day about owning and controlling, numbered once: shares, votes, other means, nominees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph._cone import above
from followmoney.graph._interests import (
    SHARES,
    VOTES,
    Direct,
    direct,
    in_force,
    named,
    not_dated,
    numbered,
    over_half,
    persons,
    some,
    straight,
    surely,
)
from followmoney.ledger import Ledger

BOARD = "appointmentOfBoard"
MEANS = {
    BOARD: 3, "otherInfluenceOrControl": 4, "controlViaCompanyRulesOrArticles": 4, "controlByLegalFramework": 4,
}  # fmt: skip
"""Kinds of interest that are control whatever the share, as the compiled pass numbers them."""
_DIGITS = 12  # shares beyond are noise of binary fractions
_TOLD = ("owner", "owned", "kind", "share_min", "share_max", "start", "end", "source")


@dataclass(frozen=True)
class Stakes:
    """Holdings in force, and everything that is neither shares nor votes."""

    parties: pl.Series
    people: pl.Series
    shares: Direct
    votes: Direct
    """In companies of which no voting rights are stated, the votes are the shares. Where they are stated of some
    holders only, the others have from none to as many as their shares, and not more than is left."""
    rows: pl.DataFrame
    """Direct interests of every kind, numbered: owner, owned, kind, share_min, share_max."""
    indirect: pl.DataFrame
    """Interests that a register states as indirect, by identifier."""
    nominees: pl.DataFrame
    """Who acts in a company as nominee for somebody who is not named: nominee, company, own (the name under which its
    holding stands; null where it holds nothing)."""
    notes: tuple[str, ...]


def stakes(
    ledger: Ledger, day: date | None, known: date | None = None, companies: Iterable[str] | None = None
) -> Stakes:
    """What is in force on a day, in everything above some companies (or all).

    A nominee of a person holds for that person: what he holds counts as that person's (as 0 to 100 % where he is the
    nominee of several). Who is a nominee in a company that he holds something of holds it for somebody unknown: it
    counts as held by "<nominee> (as nominee)", which is nobody's but that of a nominator stated for that company.
    """
    people = persons(ledger)
    every = (
        in_force(ledger, "interests", day, known)
        .with_columns(pl.col("kind", "source").cast(pl.String))
        .select(*_TOLD, "direct")
    )
    posts = in_force(ledger, "roles", day, known).filter(pl.col("kind").cast(pl.String) == "nominee")
    posts = (
        posts.select(nominee="party", of="of").filter(pl.col("nominee") != pl.col("of")).unique().sort("nominee", "of")
    )
    principal = posts.filter(pl.col("of").is_in(people.implode()))
    if companies is not None:
        every = _above(every, principal, pl.Series(sorted(set(companies)), dtype=pl.String))
    indirect = every.filter(~pl.col("direct").fill_null(value=True))
    rows, notes = straight(every, people)
    acting = posts.filter(~pl.col("of").is_in(people.implode()))
    own = (pl.col("nominee") + " (as nominee)").alias("own")
    holding = rows.select(nominee="owner", of="owned").unique()
    acting = acting.join(holding.with_columns(own), on=["nominee", "of"], how="left").sort("nominee", "of")
    behind = acting.drop_nulls("own").rename({"nominee": "owner", "of": "owned"})
    rows = rows.join(behind, on=["owner", "owned"], how="left", maintain_order="left")
    rows = rows.with_columns(pl.coalesce("own", "owner").alias("owner")).drop("own")
    named_there = rows.filter(pl.col("kind") == "nominator").select(principal="owner", owned="owned").unique()
    told = behind.join(named_there, on="owned").select(pl.col("own").alias("nominee"), pl.col("principal").alias("of"))
    held = principal.filter(pl.col("nominee").is_in(rows["owner"].unique().implode()))
    held = pl.concat([held, told]).unique().sort("nominee", "of")
    several = pl.len().over("nominee") > 1
    lent = held.select(
        owner="of", owned="nominee", kind=pl.lit("nominee"), share_min=pl.when(several).then(0.0).otherwise(1.0),
        share_max=pl.lit(1.0), start=None, end=None, source=pl.lit(""),
    ).select(_TOLD).cast({"start": pl.Date, "end": pl.Date})  # fmt: skip
    rows = pl.concat([rows.select(_TOLD), lent])
    parties = named(rows["owner"], rows["owned"])
    rows = numbered(rows, parties, ("owner", "owned"))
    by_shares = pl.col("kind").is_in([SHARES, "nominee"])
    nominee = parties.is_in(held["nominee"].implode()).to_numpy()
    own_right = parties.is_in(people.implode()).to_numpy() & ~nominee
    shares = replace(direct(rows.filter(by_shares), parties, people), lent=nominee, person=own_right)
    votes, told = _votes(rows, by_shares, shares)
    if votes is not shares:
        votes = replace(votes, lent=nominee, person=own_right)
    notes += [*not_dated(ledger, known), *told]
    return Stakes(parties, people, shares, votes, rows, indirect, acting, tuple(notes))


def _votes(rows: pl.DataFrame, by_shares: pl.Expr, shares: Direct) -> tuple[Direct, list[str]]:
    """Who has which votes, and a sentence for what is taken of those that are not stated."""
    stated = rows.filter(pl.col("kind") == VOTES)
    if not len(stated):
        return shares, []
    parties = shares.parties
    voted = pl.col("owned").is_in(stated["owned"].unique().implode())
    of = direct(stated, parties, parties.clear())
    left = np.clip(1 - np.bincount(of.owned, weights=of.least, minlength=len(parties)), 0, 1)
    holders = rows.filter((pl.col("kind") == SHARES) & voted).join(stated, on=["owner", "owned"], how="anti")
    rest = direct(holders, parties, parties.clear())
    most = np.minimum(rest.most, np.round(left[rest.owned], _DIGITS))
    more = pl.DataFrame({"owner": rest.owner, "owned": rest.owned, "share_max": most}).with_columns(
        share_min=pl.lit(0.0), kind=pl.lit(VOTES), start=None, end=None, source=pl.lit("")
    )
    every = pl.concat([stated, rows.filter(by_shares & ~voted), more.select(_TOLD).cast(stated.schema)])
    notes: list[str] = []
    if len(more):
        names = some(parties.gather(more["owned"].unique()))
        notes.append(
            f"Votes are stated of some holders only, in {names}: of the others they are taken as anything from none to "
            "as many as their shares."
        )
    if unvoted := rows.filter((pl.col("kind") == SHARES) & ~voted)["owned"].n_unique():
        notes.append(f"No votes are stated in {unvoted:,} {'company' if unvoted == 1 else 'companies'}: shares vote.")
    return direct(every, parties, parties.clear()), notes


def _above(every: pl.DataFrame, principal: pl.DataFrame, companies: pl.Series) -> pl.DataFrame:
    """Rows above some companies, nominees standing for their principals."""
    lent = principal.select(owner="of", owned="nominee")
    ways = pl.concat(
        [
            every.select(pl.col("owner", "owned").cast(pl.String)).with_row_index("row"),
            lent.with_columns(pl.lit(None, dtype=pl.UInt32).alias("row")).select("row", "owner", "owned"),
        ]
    )
    kept = above(ways, companies)["row"].drop_nulls()
    return every[kept.sort()]


def control_rows(its: Stakes) -> pl.DataFrame:
    """One row for each owner and owned, in order of both.

    Columns share_sure, share_least, share_most, the same of vote, means (of control whatever the share; 0: none) and
    means_sure. Least is as stated; sure is less by all that is too much, where more than the whole is stated. A band
    that begins at half and ends above counts as more than half: registers write "more than 50 %" so.
    """
    size = max(1, len(its.parties))
    parts = [_frame(its.shares, "share", size), _frame(its.votes, "vote", size)]
    means = its.rows.filter(pl.col("kind").is_in(list(MEANS))).select(
        (pl.col("owner") * size + pl.col("owned")).alias("pair"),
        pl.col("kind").replace_strict(MEANS, return_dtype=pl.Int8).alias("means"),
        pl.col("share_max").fill_null(1.0).alias("right"), pl.col("share_min").fill_null(1.0).alias("sure"),
        (pl.col("kind") == BOARD).alias("board"),
    )  # fmt: skip
    half = 0.5
    able = ~pl.col("board") | (pl.col("right") > half)
    sure = pl.when(~pl.col("board") | (pl.col("sure") > half) | ((pl.col("sure") == half) & able)).then("means")
    means = means.filter(able).with_columns(sure.alias("means_sure"))
    parts.append(means.group_by("pair").agg(pl.col("means", "means_sure").min()))
    whole = pl.concat(parts, how="diagonal").group_by("pair").agg(pl.all().max()).sort("pair")
    whole = whole.with_columns(pl.all().exclude("pair").fill_null(0))
    return whole.with_columns(owner=pl.col("pair") // size, owned=pl.col("pair") % size).drop("pair")


def _frame(of: Direct, what: str, size: int) -> pl.DataFrame:
    pair: NDArray[np.int64] = of.owner * size + of.owned
    sure, least, most = surely(of), of.least, of.most
    return pl.DataFrame({
        "pair": pair, f"{what}_sure": over_half(sure, most), f"{what}_least": over_half(least, most),
        f"{what}_most": most,
    })  # fmt: skip
