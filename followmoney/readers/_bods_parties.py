"""BODS statements of persons and legal entities → parties and their addresses, as the latest statement has them."""

from __future__ import annotations

import polars as pl

from followmoney.readers._bods_shape import KINDS
from followmoney.readers._partial_dates import first_day, last_if_partial
from followmoney.readers._places import country
from followmoney.schema.sentence import sentence

LEI = r"^[A-Z0-9]{20}$"


def parties(stated: pl.DataFrame) -> pl.DataFrame:
    """A row a statement: file, row, and columns of the table but for the identifier."""
    told = pl.coalesce("unspecifiedEntityDetails", "unspecifiedPersonDetails")
    reason = pl.concat_str(
        told.struct.field("reason"), told.struct.field("description"), separator=": ", ignore_nulls=True
    )
    named = pl.coalesce(pl.col("name").replace("", None), _full_name())
    kind = pl.coalesce(pl.col("personType"), pl.col("entityType").struct.field("type")).replace("", None)
    person = pl.col("type") == "person"
    kind = pl.coalesce(kind.replace_strict(KINDS, default=kind), pl.when(person).then(pl.lit("person")))
    unnamed = pl.when(reason.fill_null("") != "").then(sentence("(not named: {})", reason))
    place = pl.coalesce("jurisdiction", "incorporatedInJurisdiction", pl.col("nationalities").list.first())
    frame = stated.select(
        "file", "row",
        kind.alias("kind"),
        pl.coalesce(named, unnamed).alias("name"),
        country(pl.coalesce(place.struct.field("code").replace("", None), place.struct.field("name"))).alias("country"),
        first_day(pl.coalesce("foundingDate", "birthDate")).alias("founded"),
        last_if_partial(pl.coalesce("foundingDate", "birthDate")).alias("founded_latest"),
        first_day(pl.coalesce("dissolutionDate", "deathDate")).alias("dissolved"),
    )  # fmt: skip
    return frame.join(_numbers(stated), on="row", how="left", maintain_order="left")


def addresses(stated: pl.DataFrame) -> pl.DataFrame:
    """A row an address: file, row, and columns of the table but for the party."""
    there = stated.filter(pl.col("addresses").list.len() > 0).select("file", "row", "addresses")
    rows = there.explode("addresses").unnest("addresses")
    place = pl.col("country").struct
    return rows.select(
        "file", "row",
        pl.col("address").str.strip_chars().replace("", None).alias("street"),
        pl.col("postCode").str.strip_chars().replace("", None).alias("postcode"),
        country(pl.coalesce(place.field("code").replace("", None), place.field("name"))).alias("country"),
    ).filter(pl.col("street").is_not_null() | pl.col("postcode").is_not_null()).unique(maintain_order=True)  # fmt: skip


def _full_name() -> pl.Expr:
    """The first name a person goes by: in full, else given and family name."""
    first = pl.col("names").list.first().struct
    parts = pl.concat_str(first.field("givenName"), first.field("familyName"), separator=" ", ignore_nulls=True)
    return pl.coalesce(first.field("fullName").replace("", None), parts.replace("", None))


def _numbers(stated: pl.DataFrame) -> pl.DataFrame:
    """LEI and register number, by row, of those that have some."""
    some = stated.select("row", "identifiers").filter(pl.col("identifiers").list.len() > 0)
    rows = some.explode("identifiers").with_columns(
        number=pl.col("identifiers").struct.field("id").str.strip_chars().replace("", None),
        scheme=pl.col("identifiers").struct.field("scheme").fill_null(""),
    ).drop_nulls("number")  # fmt: skip
    lei = (pl.col("scheme") == "XI-LEI") & pl.col("number").str.contains(LEI)
    vat = pl.col("scheme").str.contains("(?i)vat|tax|tin")
    number = pl.col("number")
    return rows.group_by("row", maintain_order=True).agg(
        number.filter(lei).first().alias("lei"),
        number.filter(~lei & ~vat).first().alias("register_number"),
        number.filter(~lei & vat).first().alias("vat"),
    )
