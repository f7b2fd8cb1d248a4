"""From holdings in force to beneficial owners, gaps and officials."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from followmoney.graph._article_52 import NOISE, Solved, effective, interest
from followmoney.graph._article_53 import by_control
from followmoney.graph._article_54 import by_middle
from followmoney.graph._article_55 import by_trust
from followmoney.graph._control import rights
from followmoney.graph._gaps import gaps
from followmoney.graph._interests import in_force, too_much
from followmoney.graph._stakes import Stakes
from followmoney.graph._told import circles, endless, over_the_whole
from followmoney.graph.beneficial import BeneficialOwners
from followmoney.graph.enough import Enough
from followmoney.ledger import Ledger

_WHO = ("company", "person")


def found(
    ledger: Ledger, its: Stakes, *, day: date | None, known: date | None, asked: pl.Series | None, enough: Enough,
    paths: bool,
) -> BeneficialOwners:  # fmt: skip
    """See `beneficial_owners`."""
    by_shares = Solved.of(its.shares, ways=paths)
    by_votes = by_shares if its.votes is its.shares else Solved.of(its.votes, ways=paths)
    several = [by_shares] if by_votes is by_shares else [by_shares, by_votes]
    least = enough.needed(ledger, its.parties)
    both = rights(its, several, least - NOISE)
    asked_of = _heads(ledger, its)
    controls = (both[0].controls(asked_of), both[1].controls(asked_of))
    rows = pl.concat([
        interest(several, least, paths=paths),
        by_control(its, controls, paths=paths),
        by_trust(ledger, its, by_shares, controls, least, paths=paths),
    ])  # fmt: skip
    plain = rows.filter(~pl.col("article").str.starts_with("54"))
    rows = pl.concat([rows, by_middle(its, by_shares, both, least, plain, paths=paths)])
    rows = _without_idle_54(rows).group_by(*_WHO, "article").agg(
        pl.col("certain").max(), pl.col("ground", "path").sort_by(~pl.col("certain"), "ground", "path").first()
    )  # fmt: skip
    if paths:
        rows = _strongest(rows, by_shares)
    for what, one in (("share", by_shares), ("votes", by_votes)):
        held = effective(one).select(*_WHO, pl.col("least").alias(f"{what}_min"), pl.col("most").alias(f"{what}_max"))
        rows = rows.join(held, on=_WHO, how="left")
    rows = rows.with_columns(*(pl.Series(n, its.parties.gather(rows[n])) for n in _WHO))
    rows = pl.concat([rows, _stated(its, rows, enough.needed(ledger, its.indirect["owned"]))], how="diagonal_relaxed")
    kept = rows.filter(~pl.col("company").is_in(its.people.implode()))  # nominees are no companies
    kept = kept if asked is None else kept.filter(pl.col("company").is_in(asked.implode()))
    columns = ["ground", "certain", "share_min", "share_max", "votes_min", "votes_max", *(["path"] if paths else [])]
    frame = kept.with_columns(pl.col("^(share|votes)_m..$").fill_null(0.0)).select(*_WHO, "article", *columns)
    order = ["company", "share_min", "share_max", "person", "article"]
    frame = frame.sort(order, descending=[False, True, True, False, False])
    notes = [*its.notes, *over_the_whole(its.shares, "Shares"), *circles(its.shares, by_shares.shares)]
    if by_votes is not by_shares:
        notes += [said for said in over_the_whole(its.votes, "Voting rights") if said not in notes]
    if any(one.sure is not one.shares.low for one in several):
        notes.append(
            "What is stated above the whole may be held jointly, or be out of date: certain of a holder is only what "
            "stays when all of it is taken off him."
        )
    notes += endless(its.parties, sorted({end for one in several for end in one.shares.endless}))
    officials = _officials(ledger, frame, its, asked=asked, day=day, known=known)
    lost = gaps(ledger, its, by_shares.shares, rows["company"].unique(), asked)
    return BeneficialOwners(frame, lost, officials, too_much(its.shares), tuple(notes))


def _heads(ledger: Ledger, its: Stakes) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Natural persons and trusts, by number: whose control is of interest by itself."""
    trusts = ledger.parties.filter(pl.col("kind").cast(pl.String) == "trust")["id"]
    return np.flatnonzero(its.shares.person | its.parties.is_in(trusts.implode()).to_numpy())


def _strongest(rows: pl.DataFrame, of: Solved) -> pl.DataFrame:
    """Where only many chains together lead, the strongest of them is written."""
    entry = rows.join(effective(of), on=_WHO, how="left", maintain_order="left")["entry"]
    open_ = rows["path"].is_null() & entry.is_not_null() & (rows["article"] != "58")
    text = of.ways(entry.filter(open_), paths=True)
    at = pl.Series(np.cumsum(open_.to_numpy()) - 1).cast(pl.Int64).clip(0)
    if not len(text):
        return rows
    return rows.with_columns(pl.when(open_).then(text.gather(at)).otherwise("path").alias("path"))


def _without_idle_54(rows: pl.DataFrame) -> pl.DataFrame:
    """Article 54 only where 52 and 53 do not make a beneficial owner as surely."""
    by_54 = pl.col("article").str.starts_with("54")
    plain = rows.filter(~by_54).group_by(_WHO).agg(pl.col("certain").max().alias("already"))
    layered = rows.filter(by_54).join(plain, on=_WHO, how="left")
    kept = layered.filter(pl.col("already").is_null() | (pl.col("certain") & ~pl.col("already"))).drop("already")
    return pl.concat([rows.filter(~by_54), kept])


def _stated(its: Stakes, rows: pl.DataFrame, needed: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pl.DataFrame:
    """What a register states as indirect, of persons whom no chain shows as owners of that company."""
    least = pl.col("needed") - NOISE
    enough = pl.col("owner").is_in(its.people.implode()) & (pl.col("share_max").fill_null(1.0) >= least)
    only = (
        its.indirect.with_columns(pl.Series("needed", needed))
        .filter(enough)
        .join(rows, left_on=["owned", "owner"], right_on=_WHO, how="anti")
    )
    shares, votes = (pl.col("kind") == kind for kind in ("shareholding", "votingRights"))
    ends = [
        pl.when(of).then(f"share_{end}").alias(f"{what}_{end}")
        for what, of in (("share", shares), ("votes", votes))
        for end in ("min", "max")
    ]
    return only.sort("owned", "owner", "kind", "share_min", "share_max", nulls_last=True).select(
        pl.col("owned").alias("company"), pl.col("owner").alias("person"),
        pl.when(shares | votes).then(pl.lit("52(1)")).otherwise(pl.lit("53(4)")).alias("article"),
        pl.lit("has an indirect interest, as the register states; no chain shows it").alias("ground"),
        (pl.col("share_min").fill_null(0.0) >= least).alias("certain"), *ends,
        pl.lit(None, dtype=pl.String).alias("path"),
    ).unique([*_WHO, "article"], keep="last", maintain_order=True)  # fmt: skip


def _officials(
    ledger: Ledger, frame: pl.DataFrame, its: Stakes, *, asked: pl.Series | None, day: date | None, known: date | None
) -> pl.DataFrame:
    sure = frame.filter(pl.col("certain"))["company"].unique()
    posts = in_force(ledger, "roles", day, known).filter(pl.col("kind").cast(pl.String) == "director")
    rows = posts.select(company=pl.col("of").cast(pl.String), person=pl.col("party").cast(pl.String)).unique()
    none = ~pl.col("company").is_in(sure.implode()) & ~pl.col("company").is_in(its.people.implode())
    asked_for = pl.lit(value=True) if asked is None else pl.col("company").is_in(asked.implode())
    return rows.filter(none & asked_for).sort("company", "person")
