"""Basic company data of Companies House, as CSV → parties and their addresses."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from followmoney.ledger import Part
from followmoney.readers._counted import counted
from followmoney.readers._dates import days
from followmoney.readers._delimited import rows
from followmoney.readers._found import File
from followmoney.readers._places import country
from followmoney.schema.sentence import sentence

COLUMNS = ("CompanyName", "CompanyNumber", "CompanyStatus", "IncorporationDate", "CompanyCategory")
_PLACE = ("AddressLine1", "AddressLine2", "PostTown", "County", "Country", "PostCode", "CareOf", "POBox")
_WANTED = (*COLUMNS, "CountryOfOrigin", "DissolutionDate", "SICCode.SicText_1", *(f"RegAddress.{c}" for c in _PLACE))
_BRITISH = r"^(?:[0-9]{8}|(?:SC|NI|OC|SO|NC|LP|SL|NL|R0|IP|SP|RC|SR|NR|IC|SI|NO)[0-9A-Z]+)$"
"""Numbers of companies registered in the United Kingdom; OE and FC are registered elsewhere."""


def company_data(file: File, seen: list[pl.Series]) -> Iterator[Part]:
    """Parts of one file, as it is read; the numbers of its companies go to `seen`."""
    for cells, found in rows(file, _WANTED):
        number = pl.col("CompanyNumber")
        times = {
            name: days(cells[column], ("%d/%m/%Y", "%Y-%m-%d"))
            for name, column in (("founded", "IncorporationDate"), ("dissolved", "DissolutionDate"))
        }
        wrong = [
            pl.when(pl.col(column).is_not_null() & values.is_null()).then(pl.lit(f"{name}|dtype"))
            for (name, values), column in zip(times.items(), ("IncorporationDate", "DissolutionDate"), strict=True)
        ]
        frame = cells.with_columns(broken=pl.coalesce("broken", *wrong))
        people = frame.select(
            "row", "broken", sentence("COH-{}", number).alias("id"), pl.lit("company").alias("kind"),
            pl.col("CompanyName").alias("name"), home(number, pl.col("CountryOfOrigin")).alias("country"),
            *(values.alias(name) for name, values in times.items()),
            pl.col("SICCode.SicText_1").str.extract(r"^([0-9]{4})[0-9]? - ", 1).alias("sector"),
            pl.col("CompanyStatus").alias("status"), number.alias("register_number"),
        )  # fmt: skip
        line = [pl.col(f"RegAddress.{c}") for c in ("CareOf", "POBox", "AddressLine1", "AddressLine2")]
        places = frame.filter(pl.col("broken").is_null() & number.is_not_null()).select(
            "row", sentence("COH-{}", number).alias("party"),
            pl.concat_str(line, separator=", ", ignore_nulls=True).replace("", None).alias("street"),
            pl.col("RegAddress.PostCode").alias("postcode"), pl.col("RegAddress.PostTown").alias("city"),
            country(pl.col("RegAddress.Country")).alias("country"),
        ).filter(pl.any_horizontal(pl.col("street", "postcode", "city").is_not_null()))  # fmt: skip
        seen.append(people.filter(pl.col("broken").is_null())["register_number"].drop_nulls())
        yield from counted(file.name, frame["row"], [("parties", people), ("addresses", places)], found)


def home(number: pl.Expr, origin: pl.Expr | None = None) -> pl.Expr:
    """Where a company of this number is registered."""
    british = pl.when(number.str.contains(_BRITISH)).then(pl.lit("GB"))
    return british if origin is None else pl.coalesce(country(origin), british)
