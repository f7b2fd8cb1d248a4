"""Records of GLEIF → parties, addresses, interests, and gaps."""

from __future__ import annotations

import polars as pl

from followmoney.readers._partial_dates import first_day, last_day
from followmoney.readers._places import country
from followmoney.schema.sentence import sentence

Tables = list[tuple[str, pl.DataFrame]]

_CATEGORIES = {
    "SOLE_PROPRIETOR": "person", "RESIDENT_GOVERNMENT_ENTITY": "public body",
    "INTERNATIONAL_ORGANIZATION": "public body",
}  # fmt: skip
_CONTROL = {
    "IS_DIRECTLY_CONSOLIDATED_BY": True, "IS_ULTIMATELY_CONSOLIDATED_BY": False, "IS_INTERNATIONAL_BRANCH_OF": True,
}  # fmt: skip
"""Relationships that are control, and whether it is direct."""
MANAGED = "IS_FUND-MANAGED_BY"
_VOID = ("ANNULLED", "DUPLICATE", "CANCELLED")
"""Statuses of a registration that never should have been."""


def entities(frame: pl.DataFrame) -> Tables:
    """Level 1: a party a record, and its two addresses."""
    people = frame.select(
        "row", "broken", pl.col("LEI").alias("id"),
        pl.col("Entity.EntityCategory").replace_strict(_CATEGORIES, default="company").alias("kind"),
        pl.col("Entity.LegalName").alias("name"),
        country(pl.coalesce("Entity.LegalJurisdiction", "Entity.LegalAddress.Country")).alias("country"),
        first_day("Entity.EntityCreationDate").alias("founded"),
        first_day("Entity.EntityExpirationDate").alias("dissolved"),
        pl.col("Entity.EntityStatus").alias("status"), pl.col("LEI").alias("lei"),
        pl.col("Entity.RegistrationAuthority.RegistrationAuthorityEntityID").alias("register_number"),
    )  # fmt: skip
    places = pl.concat(_places(frame, which) for which in ("LegalAddress", "HeadquartersAddress"))
    return [("parties", people), ("addresses", places.unique(maintain_order=True))]


def _places(frame: pl.DataFrame, which: str) -> pl.DataFrame:
    part = f"Entity.{which}.{{}}".format
    line = [pl.col(part(c)) for c in ("FirstAddressLine", *(f"AdditionalAddressLine.{n}" for n in (1, 2, 3)))]
    sound = frame.filter(pl.col("broken").is_null() & pl.col("LEI").is_not_null())
    return sound.select(
        "row", pl.col("LEI").alias("party"),
        pl.concat_str(line, separator=", ", ignore_nulls=True).replace("", None).alias("street"),
        pl.col(part("PostalCode")).alias("postcode"), pl.col(part("City")).alias("city"),
        country(pl.col(part("Country"))).alias("country"),
    ).filter(pl.any_horizontal(pl.col("street", "postcode", "city").is_not_null()))  # fmt: skip


def relations(frame: pl.DataFrame) -> Tables:
    """Level 2: consolidation and branches are control, management of funds a role; the rest gives no row."""
    kind = pl.col("Relationship.RelationshipType")
    start, end = _period("startDate"), _period("endDate")
    inactive = pl.col("Relationship.RelationshipStatus") == "INACTIVE"
    update = pl.col("Registration.LastUpdateDate")
    void = pl.col("Registration.RegistrationStatus").is_in(_VOID)
    frame = frame.with_columns(
        start=first_day(start), end=last_day(pl.coalesce(end, pl.when(inactive).then(update))),
        known_from=first_day("Registration.InitialRegistrationDate"), known_to=pl.when(void).then(first_day(update)),
    )  # fmt: skip
    ends = [pl.col("Relationship.EndNode.NodeID"), pl.col("Relationship.StartNode.NodeID")]
    control = frame.filter(kind.is_in(list(_CONTROL)) | kind.is_null() | pl.col("broken").is_not_null()).select(
        "row", "broken", ends[0].alias("owner"), ends[1].alias("owned"),
        pl.when(kind.is_not_null()).then(pl.lit("otherInfluenceOrControl")).alias("kind"),
        kind.replace_strict(_CONTROL, default=None, return_dtype=pl.Boolean).alias("direct"),
        "start", "end", "known_from", "known_to", kind.alias("detail"),
    )  # fmt: skip
    managed = frame.filter((kind == MANAGED) & pl.col("broken").is_null() & pl.col("known_to").is_null()).select(
        "row", ends[0].alias("party"), ends[1].alias("of"), pl.lit("manager").alias("kind"), "start", "end",
        kind.alias("detail"),
    )  # fmt: skip
    return [("interests", control), ("roles", managed)]


def _period(what: str) -> pl.Expr:
    """Of the periods of a relationship, the one that is about the relationship itself."""
    each = [
        pl.when(pl.col(f"Relationship.Period.{n}.periodType") == "RELATIONSHIP_PERIOD").then(
            pl.col(f"Relationship.Period.{n}.{what}")
        )
        for n in range(1, 6)
    ]
    return pl.coalesce(each)


def exceptions(frame: pl.DataFrame) -> Tables:
    """Reporting exceptions: the parent is a party of kind unknown that bears the reason as its name."""
    category, reason = pl.col("Exception.Category"), pl.col("Exception.Reason.1")
    parent = sentence("unnamed:{}:{}", "LEI", category)
    people = frame.select(
        "row", "broken", parent.alias("id"), pl.lit("unknown").alias("kind"),
        sentence("(not named: {})", reason.fill_null("no reason given")).alias("name"),
    )  # fmt: skip
    gaps = frame.filter(pl.col("broken").is_null()).select(
        "row", parent.alias("owner"), pl.col("LEI").alias("owned"), pl.lit("unknownInterest").alias("kind"),
        category.str.starts_with("DIRECT").alias("direct"), category.alias("detail"),
    )  # fmt: skip
    return [("parties", people), ("interests", gaps)]
