"""The register of people with significant control of Companies House, as JSON → parties, interests, gaps."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from followmoney.ledger import FOUND_LINE, FOUND_ROW, Part
from followmoney.readers._counted import counted
from followmoney.readers._found import File
from followmoney.readers._json_decode import decoded
from followmoney.readers._json_records import records
from followmoney.readers._partial_dates import first_day, last_day
from followmoney.readers._places import country
from followmoney.readers._psc_natures import NOMINEE, band, kind
from followmoney.schema.sentence import sentence

_TEXT = pl.String()
_PLACE = pl.Struct(dict.fromkeys(
    ["care_of", "premises", "address_line_1", "address_line_2", "locality", "postal_code", "country"], _TEXT,
))  # fmt: skip
_SHAPE = pl.Struct({
    "company_number": _TEXT,
    "data": pl.Struct({
        "kind": _TEXT, "name": _TEXT, "natures_of_control": pl.List(_TEXT), "notified_on": _TEXT, "ceased_on": _TEXT,
        "date_of_birth": pl.Struct({"year": _TEXT, "month": _TEXT, "day": _TEXT}), "address": _PLACE,
        "country_of_residence": _TEXT, "statement": _TEXT, "links": pl.Struct({"self": _TEXT}),
        "identification": pl.Struct({"registration_number": _TEXT, "country_registered": _TEXT}),
    }),
})  # fmt: skip
_KINDS = {
    "individual": "person",
    "corporate-entity": "company",
    "legal-person": "public body",
    "super-secure": "unknown",
}
COMPANY = "COH-{}"


def psc(file: File, companies: list[pl.DataFrame]) -> Iterator[Part]:
    """Parts of one file, as it is read; the companies named go to `companies` (number, row)."""
    for batch in records(file):
        frame = decoded(batch, _SHAPE).unnest("data")
        totals = pl.col("company_number").is_null() & pl.col("kind").fill_null("").str.contains("totals#", literal=True)
        known = pl.col("kind").fill_null("").str.contains(_PATTERN)
        rule = (
            pl.when(totals).then(None)
            .when(pl.col("company_number").fill_null("") == "").then(pl.lit("company_number|empty"))
            .when(~known).then(pl.lit("kind|enum"))
        )  # fmt: skip
        frame = frame.with_columns(broken=pl.coalesce("broken", rule), totals=totals & pl.col("broken").is_null())
        found = batch.select(pl.col("row").alias(FOUND_ROW), pl.col("text").alias(FOUND_LINE)).lazy()
        sound = _told(frame.filter(pl.col("broken").is_null() & ~pl.col("totals")), file.name)
        companies.append(sound.select("row", number="company_number"))
        wrong = frame.filter(pl.col("broken").is_not_null()).select(
            "row", "broken", pl.lit(None, dtype=_TEXT).alias("id")
        )
        tables = [("parties", wrong), *_tables(sound)]
        yield from counted(file.name, frame["row"], tables, found)


_PATTERN = (
    r"^(?:individual|corporate-entity|legal-person|super-secure)-(?:person-with-significant-control|beneficial-owner)$"
    r"|^persons-with-significant-control-statement$|^exemptions$"
)


def _told(frame: pl.DataFrame, file: str) -> pl.DataFrame:
    """With `id` of the person, `of` the company, `who` (kind of party; a statement has none), and why it is a gap."""
    link = pl.col("links").struct.field("self").str.extract(r"/([^/]+)/?$", 1)
    who = pl.col("kind").str.extract(r"^(individual|corporate-entity|legal-person|super-secure)-", 1)
    return frame.with_columns(
        id=sentence("COH-{}-{}", "company_number", pl.coalesce(link, sentence("{}:{}", pl.lit(file), "row"))),
        of=sentence(COMPANY, "company_number"),
        who=who.replace_strict(_KINDS, default=None, return_dtype=_TEXT),
        reason=pl.when(who == "super-secure")
        .then(pl.lit("protected by the register (super-secure)"))
        .otherwise("statement"),
    )


def _tables(told: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    told = told.filter(pl.col("kind") != "exemptions")
    gap = pl.col("who").is_null() | (pl.col("who") == "unknown")
    born = pl.col("date_of_birth").struct
    year, month, day = (born.field(n) for n in ("year", "month", "day"))
    birth = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-", ignore_nulls=True)
    partial = year.is_not_null() & day.is_null()
    number = pl.col("identification").struct
    people = told.select(
        "row", "id",
        pl.col("who").fill_null("unknown").alias("kind"),
        pl.when(gap).then(sentence("(not named: {})", pl.col("reason").fill_null("no reason given")))
        .otherwise(pl.col("name").replace("", None)).alias("name"),
        country(pl.coalesce("country_of_residence", number.field("country_registered"))).alias("country"),
        first_day(birth).alias("founded"),
        pl.when(partial).then(last_day(birth)).alias("founded_latest"),
        number.field("registration_number").str.strip_chars().replace("", None).alias("register_number"),
    )  # fmt: skip
    rights = told.select("row", "id", "of", "who", "notified_on", "ceased_on", nature="natures_of_control")
    rights = rights.explode("nature", empty_as_null=True)
    least, most = band(pl.col("nature"))
    times = [first_day("notified_on").alias("start"), last_day("ceased_on").alias("end")]
    nominee = pl.col("nature").fill_null("").str.starts_with(NOMINEE)
    interests = rights.filter(~nominee).select(
        "row", pl.col("id").alias("owner"), pl.col("of").alias("owned"),
        kind(pl.col("nature")).fill_null("unknownInterest").alias("kind"),
        least.alias("share_min"), most.alias("share_max"), *times, pl.col("nature").alias("detail"),
    )  # fmt: skip
    roles = rights.filter(nominee).select(
        "row", pl.col("id").alias("party"), "of", pl.lit("nominee").alias("kind"), *times,
        pl.col("nature").alias("detail"),
    )  # fmt: skip
    return [("parties", people), ("interests", interests), ("roles", roles), ("addresses", _addresses(told))]


def _addresses(told: pl.DataFrame) -> pl.DataFrame:
    place = pl.col("address").struct
    line = [
        place.field(n).str.strip_chars().replace("", None) for n in ("premises", "address_line_1", "address_line_2")
    ]
    street = pl.concat_str(line, separator=", ", ignore_nulls=True).replace("", None)
    return told.select(
        "row", pl.col("id").alias("party"), street.alias("street"),
        place.field("postal_code").replace("", None).alias("postcode"),
        place.field("locality").replace("", None).alias("city"), country(place.field("country")).alias("country"),
    ).filter(pl.any_horizontal(pl.col("street", "postcode", "city").is_not_null()))  # fmt: skip
