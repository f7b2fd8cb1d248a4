"""Natures of control as Companies House writes them → kinds of interest, and the band of the share."""

from __future__ import annotations

import polars as pl

_KINDS = {
    "ownership-of-shares": "shareholding", "voting-rights": "votingRights",
    "right-to-share-surplus-assets": "rightsToSurplusAssetsOnDissolution",
    "right-to-appoint-and-remove": "appointmentOfBoard", "significant-influence-or-control": "otherInfluenceOrControl",
    "part-right-to-share-surplus-assets": "rightsToSurplusAssetsOnDissolution",
}  # fmt: skip
NOMINEE = "registered-owner-as-nominee"
"""Natures that begin so make their holder a nominee."""


def kind(nature: pl.Expr) -> pl.Expr:
    """The kind of interest; the nature itself where nobody knows it, so that the row is refused."""
    found = nature
    for words, ours in _KINDS.items():
        found = pl.when(nature.str.starts_with(words)).then(pl.lit(ours)).otherwise(found)
    return found


def band(nature: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Least and most share: "25-to-50-percent" is over 25 % up to 50 %, "more-than-25-percent" up to the whole."""
    part = nature.str.extract_groups(r"(?<least>[0-9]+)-to-(?<most>[0-9]+)-percent").struct.field
    more = nature.str.extract(r"more-than-([0-9]+)-percent", 1)
    least = pl.coalesce(part("least"), more).cast(pl.Float64, strict=False) / 100
    most = part("most").cast(pl.Float64, strict=False) / 100
    return least, pl.coalesce(most, pl.when(more.is_not_null()).then(1.0))
