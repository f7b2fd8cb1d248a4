"""What of a company leads to nobody known."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.graph._entries import Integrated
from followmoney.graph._interests import SHARES, VOTES
from followmoney.graph._stakes import BOARD, MEANS, Stakes
from followmoney.ledger import Ledger

_NOISE = 1e-9
_DIGITS = 12
_WHY = {
    "company": "no owner of it is stated", "trust": "who is behind the trust is not stated",
    "public body": "a public body, which nobody owns",
}  # fmt: skip
_NOT_KNOWN = "nothing is known of it"
_TRUST = "a trust; whoever is named in it counts by art. 55"
_NOMINEE = "held as nominee; for whom is not stated"
_CONTROL = {
    VOTES: "it has voting rights", BOARD: "it appoints the board",
    **{kind: "it controls by other means" for kind in MEANS if kind != BOARD},
}  # fmt: skip
_BEHIND = "nobody is known behind it"
_NOBODY = "no holder of it is stated"
_COLUMNS = {
    "company": pl.String, "at": pl.String, "why": pl.String, "share_min": pl.Float64, "share_max": pl.Float64
}  # fmt: skip


def gaps(ledger: Ledger, its: Stakes, solved: Integrated, behind: pl.Series, asked: pl.Series | None) -> pl.DataFrame:
    """Where shares lead to no person: company, at (who stands there; null where nobody), why, share_min, share_max.

    Chains that end at a party with no owner; shares of which no holder is stated, also further up or inside a closed
    loop; nominees of whom nobody knows for whom they act. A company of which no holding is stated is a gap as a whole.
    Control by votes or other means that ends at a party that is no person; `behind` has the companies of which somebody
    is a beneficial owner.
    """
    party = np.argsort(solved.first, kind="stable")
    company = np.repeat(party, solved.count[party])
    at = np.flatnonzero(~its.shares.person[solved.who])
    names = its.parties
    ends = pl.DataFrame({
        "company": names.gather(company[at]), "at": names.gather(solved.who[at]),
        "share_min": np.round(solved.low[at], _DIGITS), "share_max": np.round(np.minimum(1, solved.high[at]), _DIGITS),
    })  # fmt: skip
    kind = ledger.parties.select(at="id", kind=pl.col("kind").cast(pl.String))
    nominees = its.nominees.drop_nulls("own")["own"].unique()
    why = pl.col("kind").replace_strict(_WHY, default=_NOT_KNOWN, return_dtype=pl.String).fill_null(_NOT_KNOWN)
    named = names.gather(its.rows["owned"].unique())
    trust = (pl.col("kind") == "trust") & pl.col("at").is_in(named.implode())
    ends = ends.join(kind, on="at", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("at").is_in(nominees.implode())).then(pl.lit(_NOMINEE))
        .when(trust).then(pl.lit(_TRUST)).otherwise(why).alias("why")
    )  # fmt: skip
    acting = its.nominees.filter(pl.col("own").is_null()).select(
        company=pl.col("of").cast(pl.String), at=pl.col("nominee").cast(pl.String), why=pl.lit(_NOMINEE),
        share_min=pl.lit(None, dtype=pl.Float64), share_max=pl.lit(None, dtype=pl.Float64),
    )  # fmt: skip
    acting = acting.join(kind, left_on="company", right_on="at", how="semi")
    every = pl.concat([ends.select(*_COLUMNS), acting, _controlled(its, behind), _nobody(ledger, its, solved, company)])
    if asked is not None:
        every = every.filter(pl.col("company").is_in(asked.implode()))
    return every.sort("company", "share_max", "share_min", "at", descending=[False, True, True, False], nulls_last=True)


def _controlled(its: Stakes, behind: pl.Series) -> pl.DataFrame:
    """Control without shares by parties that are no persons, and behind whom nobody is known."""
    said = pl.col("kind").replace_strict(_CONTROL, default=None, return_dtype=pl.String)
    holding = its.rows.filter(pl.col("kind") == SHARES)
    rows = its.rows.join(holding, on=["owner", "owned"], how="anti").with_columns(why=said).drop_nulls("why")
    rows = rows.group_by("owner", "owned").agg(pl.col("why").min())
    found = pl.DataFrame({
        "company": its.parties.gather(rows["owned"]), "at": its.parties.gather(rows["owner"]),
        "why": rows["why"] + "; " + _BEHIND, "share_min": None, "share_max": None,
    }, schema=_COLUMNS)  # fmt: skip
    known = pl.concat([its.people, behind, its.nominees["own"].drop_nulls().rename("id")]).implode()
    return found.filter(~pl.col("at").is_in(known))


def _nobody(
    ledger: Ledger, its: Stakes, solved: Integrated, company: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> pl.DataFrame:
    """Shares that nobody is stated to hold, here or further up."""
    size = len(its.parties)
    stated = [np.bincount(company, weights=end, minlength=size).astype(np.float64) for end in (solved.high, solved.low)]
    low, high = (np.round(np.clip(1 - total, 0, 1), _DIGITS) for total in stated)
    trusts = ledger.parties.filter(pl.col("kind").cast(pl.String) == "trust")["id"]
    legal = ~its.shares.person & ~its.parties.is_in(trusts.implode()).to_numpy()
    if its.shares.lent is not None:
        legal &= ~its.shares.lent
    legal &= ~its.parties.is_in(its.nominees["own"].drop_nulls().implode()).to_numpy()
    open_ = np.flatnonzero(legal & (high > _NOISE))
    here = pl.DataFrame({"company": its.parties.gather(open_), "share_min": low[open_], "share_max": high[open_]})
    kinds = pl.col("kind").cast(pl.String).is_in(["company", "trust"])
    others = ledger.parties.filter(kinds & ~pl.col("id").is_in(its.parties.implode())).select(
        company=pl.col("id").cast(pl.String), share_min=pl.lit(1.0), share_max=pl.lit(1.0)
    )  # fmt: skip
    found = pl.concat([here, others]).with_columns(at=pl.lit(None, dtype=pl.String), why=pl.lit(_NOBODY))
    return found.select(*_COLUMNS)
