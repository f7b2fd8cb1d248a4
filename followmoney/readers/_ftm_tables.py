"""FollowTheMoney records → parties, addresses, accounts, assets, interests and roles."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from followmoney.readers._ftm_records import first
from followmoney.readers._ftm_shape import ACCOUNTS, ASSETS, LINKS, PARTIES
from followmoney.readers._icij_words import ROLES
from followmoney.readers._partial_dates import first_day, last_day, last_if_partial
from followmoney.readers._percent import percent
from followmoney.readers._places import country
from followmoney.schema.codes import ASSET_KINDS, INTEREST_KINDS

_LEI = r"^[A-Z0-9]{20}$"


def parties(frame: pl.DataFrame) -> pl.DataFrame:
    """A row a party; what several records of one identifier say is put together, the first that says it counts."""
    place = [country(first(c)) for c in ("country", "jurisdiction", "mainCountry", "nationality")]
    born, ended = (
        pl.coalesce(first(one), first(other))
        for one, other in (("birthDate", "incorporationDate"), ("deathDate", "dissolutionDate"))
    )
    lei = first("leiCode")
    rows = frame.select(
        "file", "row", "id", _kind(PARTIES),
        first("name").alias("name"), pl.coalesce(place).alias("country"), first_day(born).alias("founded"),
        last_if_partial(born).alias("founded_latest"), first_day(ended).alias("dissolved"),
        first("sector").alias("sector"), first("status").alias("status"),
        pl.when(lei.str.contains(_LEI)).then(lei).alias("lei"),
        first("registrationNumber").alias("register_number"),
        pl.coalesce(first("vatCode"), first("taxNumber")).alias("vat"),
    )  # fmt: skip
    return _together(rows)


def _kind(of: Mapping[str, str | None]) -> pl.Expr:
    return pl.col("schema").replace_strict(of, default=None, return_dtype=pl.String).alias("kind")


def _together(rows: pl.DataFrame) -> pl.DataFrame:
    if rows["id"].n_unique() == len(rows):
        return rows
    told = [pl.col(c).drop_nulls().first() for c in rows.columns if c not in ("file", "row", "id")]
    return rows.sort("file", "row").group_by("id", maintain_order=True).agg(pl.col("file", "row").first(), *told)


def addresses(people: pl.DataFrame, things: pl.DataFrame) -> pl.DataFrame:
    """Addresses written out, and those that are records of their own."""
    written = people.select("file", "row", pl.col("id").alias("party"), street="address").explode("street")
    there = things.filter(pl.col("schema") == "Address")
    streets = pl.concat_str(first("street"), first("street2"), separator=", ", ignore_nulls=True).replace("", None)
    places = there.select(
        pl.col("id").alias("place"), pl.coalesce(streets, first("full")).alias("street"),
        first("postalCode").alias("postcode"), first("city").alias("city"), country(first("country")).alias("country"),
    ).unique("place", keep="first", maintain_order=True)  # fmt: skip
    named = people.select("file", "row", pl.col("id").alias("party"), place="addressEntity").explode("place")
    linked = named.drop_nulls("place").join(places, on="place", how="inner", maintain_order="left").drop("place")
    return pl.concat([written.drop_nulls("street"), linked], how="diagonal").unique(maintain_order=True)


def accounts(things: pl.DataFrame) -> pl.DataFrame:
    """Accounts with `entity`, the record's identifier; by their IBAN where they have one."""
    there = things.filter(pl.col("schema").is_in(list(ACCOUNTS)))
    iban = first("iban").str.replace_all(" ", "").str.to_uppercase()
    wallet = pl.col("schema") == "CryptoWallet"
    own = pl.coalesce(iban, pl.when(wallet).then(first("publicKey")))
    scheme = pl.when(iban.is_not_null()).then(pl.lit("IBAN")).when(wallet).then(pl.lit("wallet"))
    rows = there.select(
        "file", "row", pl.col("id").alias("entity"), pl.coalesce(own, "id").alias("id"), scheme.alias("scheme"),
        first("bic").alias("institution"), country(first("country")).alias("country"),
        pl.when(first("currency").str.contains("^[A-Z]{3,5}$")).then(first("currency")).alias("currency"),
        first("holder").alias("holder"), first_day(first("openingDate")).alias("opened"),
        last_day(first("closingDate")).alias("closed"),
    )  # fmt: skip
    told = [pl.col(c).drop_nulls().first() for c in rows.columns if c not in ("file", "row", "entity")]
    return rows.sort("file", "row").group_by("entity", maintain_order=True).agg(pl.col("file", "row").first(), *told)


def assets(things: pl.DataFrame) -> pl.DataFrame:
    """Things of value."""
    there = things.filter(pl.col("schema").is_in(list(ASSETS))).unique("id", keep="first", maintain_order=True)
    said = first("summary")
    return there.select(
        "file", "row", "id", pl.coalesce(pl.when(said.is_in(ASSET_KINDS)).then(said), _kind(ASSETS)).alias("kind"),
        pl.coalesce(first("name"), first("description"), first("address")).alias("description"),
        country(first("country")).alias("country"),
    )  # fmt: skip


def links(frame: pl.DataFrame) -> pl.DataFrame:
    """Every link between two: file, row, schema, who, what, share, days, and the words of the role."""
    rows: list[pl.DataFrame] = []
    for schema, (who, what) in LINKS.items():
        some = frame.filter(pl.col("schema") == schema).select(
            "file", "row", "schema", pl.col(who).alias("who"), pl.col(what).alias("what"), "percentage",
            pl.coalesce(first("role"), first("ownershipType"), first("summary")).alias("detail"),
            _right().alias("kind"), _direct().alias("direct"),
            first_day(first("startDate")).alias("start"), last_day(first("endDate")).alias("end"),
        )  # fmt: skip
        several = (pl.col("who").list.len() > 1) & (pl.col("what").list.len() > 1)
        each = some.with_columns(several=several).explode("who", empty_as_null=True).explode("what", empty_as_null=True)
        itself = (pl.col("several") & (pl.col("who") == pl.col("what"))).fill_null(value=False)
        rows.append(each.filter(~itself).drop("several"))  # two that own each other, put together by their identifier
    return _shares(pl.concat(rows))


def _shares(rows: pl.DataFrame) -> pl.DataFrame:
    """Where several percentages are stated, the least and the most of them."""
    least, most = percent("stated")
    said = rows.select("file", "row", stated="percentage").unique(["file", "row"], maintain_order=True)
    said = said.explode("stated").drop_nulls("stated").with_columns(share_min=least, share_max=most)
    number = [pl.col(c).cast(pl.Float64, strict=False) for c in ("share_min", "share_max")]
    ends = said.group_by("file", "row").agg(
        pl.coalesce(number[0].min().cast(pl.String), pl.col("share_min").first()),
        pl.coalesce(number[1].max().cast(pl.String), pl.col("share_max").first()),
    )
    return rows.drop("percentage").join(ends, on=["file", "row"], how="left", maintain_order="left")


def _right() -> pl.Expr:
    """The kind of an interest, where an ownership says one of ours; else a shareholding."""
    ours = pl.col("ownershipType").list.eval(pl.element().filter(pl.element().is_in(INTEREST_KINDS)))
    return ours.list.first().fill_null("shareholding")


def _direct() -> pl.Expr:
    """Whether an ownership says that it is direct, or that it is not."""
    said = pl.col("ownershipType").list.eval(pl.element().str.strip_chars().str.to_lowercase())
    indirect, direct = (said.list.contains(word).fill_null(value=False) for word in ("indirect", "direct"))
    return pl.when(indirect & ~direct).then(pl.lit(value=False)).when(direct & ~indirect).then(pl.lit(value=True))


def role(schema: pl.Expr, words: pl.Expr) -> pl.Expr:
    """The kind of a role by its words; a directorship is a director's, a representation an agent's, else."""
    given = words.fill_null("").str.to_lowercase()
    found = pl.when(schema == "Representation").then(pl.lit("agent")).otherwise(pl.lit("director"))
    for kind, pattern in reversed(ROLES.items()):
        if kind != "director":
            found = (
                pl.when(given.str.contains(pattern) & ~given.str.contains(ROLES["director"]))
                .then(pl.lit(kind))
                .otherwise(found)
            )
    return pl.when(given.str.contains(ROLES["nominee"])).then(pl.lit("nominee")).otherwise(found)
