"""What an Offshore Leaks link says → kinds of interest and role."""

from __future__ import annotations

import polars as pl

INTERESTS = {
    "shareholding": r"shareholder|stockholder|share holder|\bowner of|\bmember of|joint settlor and shareholder",
    "otherInfluenceOrControl": r"beneficial owner|ultimate beneficial|controller",
    "beneficiaryOfLegalArrangement": r"beneficiary",
    "settlor": r"settlor|grantor|\btrust settlor|founder",
    "trustee": r"trustee",
    "protector": r"protector",
}  # fmt: skip
ROLES = {
    "nominee": r"nominee",
    "director": r"director|president|chairman|\bboard",
    "secretary": r"secretary",
    "signatory": r"signatory|power of attorney|attorney",
    "agent": r"agent|intermediary",
    "manager": r"manager|treasurer|\bofficer|partner|chief executive|\bceo\b",
}  # fmt: skip
_NOT_OWNER = r"beneficial owner"


def links(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Interests and roles of links (start, end, words): "director / shareholder of" is both; other words are a role."""
    words = pl.col("words").fill_null("").str.to_lowercase()
    plain = words.str.replace_all(_NOT_OWNER, "beneficial")
    held = [
        rows.filter((words if kind == "otherInfluenceOrControl" else plain).str.contains(pattern)).with_columns(
            kind=pl.lit(kind)
        )
        for kind, pattern in INTERESTS.items()
    ]
    posts = [rows.filter(words.str.contains(p)).with_columns(kind=pl.lit(kind)) for kind, p in ROLES.items()]
    told = pl.concat([frame["row"] for frame in (*held, *posts)])
    posts.append(rows.filter(~pl.col("row").is_in(told.implode())).with_columns(kind=pl.lit("other")))
    interests, roles = (pl.concat(frames, rechunk=True).sort("row", "kind") for frames in (held, posts))
    return interests, roles
