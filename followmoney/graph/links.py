"""Soft links: parties that have an address, a director, an agent or a terminal in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.graph._interests import in_force
from followmoney.ledger import Ledger
from followmoney.ledger.when import first

MASS = 50
KINDS = ("address", "director", "agent", "nominee", "secretary", "signatory", "terminal", "conductor")
_PLACE = ("street", "postcode", "city")


@dataclass(frozen=True)
class Links:
    """Pairs of parties with something in common, and what too many have in common to say anything by itself."""

    frame: pl.DataFrame
    """Columns party, other, what, value, shared_by (parties that have it), mass; in order of the first four."""
    mass: pl.DataFrame
    """What more than the stated number of parties have: what, value, parties (how many), linked (how many of their
    pairs are listed, because something else joins them too); largest first."""


def links(
    ledger: Ledger,
    as_of: str | date | datetime | None = None,
    *,
    kinds: Sequence[str] = KINDS,
    most: int = MASS,
) -> Links:
    """Which parties have an address, a director, an agent, a signatory or a terminal in common, on a day.

    What no more than `most` parties have links every two of them. What more have (the address of a formation agent, a
    director of hundreds of companies, a cash machine) is mass: by itself it links nobody, but two parties that
    something else links are listed with the mass they share too, marked so. No mass is dropped: `mass` lists each with
    how many parties have it. Two parties that share nothing but mass are not listed, however much of it they share.

    Args:
        ledger: Its tables `addresses` and `roles`, and the columns `terminal` and `conductor` of transactions (of the
            holder of the account debited).
        as_of: A day; None: what has not ended. Terminals and conductors count over the whole ledger.
        kinds: Which of address (street, postcode, town and country, in any case), director, agent, nominee, secretary,
            signatory (of the party or of an account it holds), terminal, conductor.
        most: Largest number of parties that something links by itself.

    Raises:
        SettingsError: An unknown kind, or a `most` below 2.

    Source: 50 after FATF/Egmont, Concealment of Beneficial Ownership (2018); the rule itself is a followmoney default.
    Cost: one grouping of each table; at most most · (most - 1) / 2 rows for each thing shared.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise SettingsError(unknown("kind of link", kind, KINDS))
    if most < 2:  # noqa: PLR2004 - a link takes two
        raise SettingsError(f"most = {most} links nobody; give 2 or more.")
    has = _has(ledger, None if as_of is None else first(as_of).date()).filter(pl.col("what").is_in(list(kinds)))
    has = has.drop_nulls().unique().sort("what", "value", "party")
    has = has.with_columns(shared_by=pl.len().over("what", "value")).filter(pl.col("shared_by") > 1)
    mass = pl.col("shared_by") > most
    few = has.filter(~mass)
    pairs = few.join(few, on=["what", "value"], suffix="_other").filter(pl.col("party") < pl.col("party_other"))
    listed = pairs.select("party", "what", "value", "shared_by", other="party_other", mass=pl.lit(value=False))
    both = listed.select("party", "other").unique()
    wide = has.filter(mass)
    beside = both.join(wide, on="party").join(
        wide.select("what", "value", other="party"), on=["what", "value", "other"], how="semi"
    )
    columns = ["party", "other", "what", "value", "shared_by", "mass"]
    every = pl.concat([listed.select(columns), beside.with_columns(mass=pl.lit(value=True)).select(columns)])
    told = beside.group_by("what", "value").len("linked")
    largest = wide.group_by("what", "value").agg(parties=pl.col("shared_by").first())
    largest = largest.join(told, on=["what", "value"], how="left").with_columns(pl.col("linked").fill_null(0))
    order = largest.sort("parties", "what", "value", descending=[True, False, False])
    return Links(every.sort("party", "other", "what", "value"), order.select("what", "value", "parties", "linked"))


def _has(ledger: Ledger, day: date | None) -> pl.DataFrame:
    """Everything a party has that another can have too: party, what, value."""
    place = [pl.col(c).fill_null("").str.strip_chars().str.to_lowercase() for c in _PLACE]
    where = pl.concat_str(*place, pl.col("country").cast(pl.String).fill_null(""), separator=", ")
    at = in_force(ledger, "addresses", day).filter(pl.col("street").is_not_null())
    addresses = at.select(pl.col("party").cast(pl.String), what=pl.lit("address"), value=where)
    posts = in_force(ledger, "roles", day)
    named = pl.col("of").cast(pl.String), pl.col("kind").cast(pl.String), pl.col("party").cast(pl.String)
    roles = posts.select(party=named[0], what=named[1], value=named[2])
    accounts = ledger.accounts
    if "holder" not in accounts.columns:
        accounts = accounts.with_columns(holder=pl.lit(None, dtype=pl.String))
    holder = accounts.select(account=pl.col("id").cast(pl.String), holder=pl.col("holder").cast(pl.String))
    roles = roles.join(holder, left_on="party", right_on="account", how="left").with_columns(
        pl.coalesce("holder", "party").alias("party")
    )
    parts = [addresses, roles.select("party", "what", "value")]
    for column in ("terminal", "conductor"):
        if column in ledger.numbered.columns:
            used = (
                ledger.numbered.select("originator", pl.col(column).cast(pl.String).alias("value"))
                .drop_nulls()
                .unique()
            )
            who = holder["holder"].gather(used["originator"])
            parts.append(used.select(pl.Series("party", who), pl.lit(column).alias("what"), "value"))
    return pl.concat(parts)
