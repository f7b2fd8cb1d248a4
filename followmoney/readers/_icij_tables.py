"""Offshore Leaks rows → parties, interests, roles and addresses."""

from __future__ import annotations

import polars as pl

from followmoney.readers._dates import days
from followmoney.readers._icij_words import links
from followmoney.readers._places import country
from followmoney.schema.sentence import sentence

Tables = list[tuple[str, pl.DataFrame]]
_DATES = ("%Y-%m-%d", "%d-%b-%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S")
NODE = ("node_id", "name", "address", "jurisdiction", "country_codes", "countries", "incorporation_date",
        "inactivation_date", "struck_off_date", "closed_date", "status", "ibcRUC", "company_type", "type")  # fmt: skip
LINK = ("node_id_start", "node_id_end", "rel_type", "link", "start_date", "end_date")
_OFFICERS = ("officer_of", "shareholder_of", "beneficiary_of", "director_of", "secretary_of", "owner_of")
IDENTIFIER = "ICIJ-{}"


def _day(frame: pl.DataFrame, name: str) -> pl.Expr:
    """A day as one of the leaks writes it; text that is none stays, and the row is refused."""
    found = pl.Series(days(frame[name], _DATES))
    return pl.coalesce(found.cast(pl.String), pl.lit(frame[name])) if len(frame) else pl.lit(None, dtype=pl.String)


def _place(jurisdiction: pl.Expr) -> pl.Expr:
    first = [pl.col(c).str.split(";").list.first() for c in ("country_codes", "countries")]
    return pl.coalesce(country(jurisdiction), *(country(c) for c in first))


def node(frame: pl.DataFrame, kind: str | None) -> Tables:
    """A party a node; of officers nobody says whether they are people."""
    entity = kind == "company"
    trust = pl.col("company_type").fill_null("").str.contains("(?i)trust|foundation")
    ended = [_day(frame, c) for c in ("inactivation_date", "struck_off_date", "closed_date")]
    people = frame.select(
        "row", "broken", sentence(IDENTIFIER, "node_id").alias("id"),
        pl.when(trust).then(pl.lit("trust")).otherwise(pl.lit(kind, dtype=pl.String)).alias("kind"), "name",
        _place(pl.col("jurisdiction") if entity else pl.lit(None, dtype=pl.String)).alias("country"),
        _day(frame, "incorporation_date").alias("founded"), pl.coalesce(ended).alias("dissolved"), "status",
        pl.col("ibcRUC").alias("register_number"),
    )  # fmt: skip
    there = frame.filter(pl.col("broken").is_null() & pl.col("address").is_not_null() & pl.col("node_id").is_not_null())
    first = pl.col("country_codes").str.split(";").list.first()
    places = there.select(
        "row", sentence(IDENTIFIER, "node_id").alias("party"), pl.col("address").alias("street"),
        country(first).alias("country"),
    )  # fmt: skip
    return [("parties", people), ("addresses", places)]


def link(frame: pl.DataFrame, places: pl.DataFrame) -> tuple[Tables, pl.Series]:
    """Links → interests, roles and addresses; and the kinds of link that gave nothing."""
    kind = pl.col("rel_type").fill_null("")
    frame = frame.with_columns(start=_day(frame, "start_date"), end=_day(frame, "end_date"))
    one, other = (sentence(IDENTIFIER, f"node_id_{end}") for end in ("start", "end"))
    officer = frame.filter(kind.is_in(_OFFICERS) | (kind == "intermediary_of") | pl.col("broken").is_not_null())
    words = pl.when(kind == "officer_of").then("link").otherwise(kind.str.replace_all("_", " "))
    held, posts = links(officer.with_columns(words=words))
    both = ("start", "end")
    interests = held.select(
        "row", "broken", one.alias("owner"), other.alias("owned"), "kind", *both, pl.col("link").alias("detail")
    )
    roles = posts.select(
        "row", "broken", one.alias("party"), other.alias("of"), "kind", *both, pl.col("link").alias("detail")
    )
    registered = frame.filter((kind == "registered_address") & pl.col("broken").is_null())
    there = registered.join(places, left_on="node_id_end", right_on="node_id", how="inner").select(
        "row", one.alias("party"), "street", "country", *both
    )
    told = pl.concat([interests["row"], roles["row"], there["row"]])
    rest = frame.filter(~pl.col("row").is_in(told.implode()))["rel_type"].fill_null("(none)")
    return [("interests", interests), ("roles", roles), ("addresses", there)], rest
