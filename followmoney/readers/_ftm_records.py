"""FollowTheMoney files → records by schema, told apart before they are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import polars as pl

from followmoney.ledger import FOUND_LINE, FOUND_ROW, Part
from followmoney.readers._found import File
from followmoney.readers._json_decode import decoded
from followmoney.readers._json_records import records

_SCHEMA = r'"schema"\s*:\s*"([A-Za-z]+)"'


def batches(file: File) -> Iterator[pl.DataFrame]:
    """row, text, broken, schema (empty where a record names none)."""
    for batch in records(file):
        yield batch.with_columns(schema=pl.col("text").str.extract(_SCHEMA, 1))


def read(batch: pl.DataFrame, schemata: Collection[str], shape: pl.Struct) -> pl.DataFrame:
    """The records of these schemata: row, broken, id, schema, and the properties as lists."""
    wanted = batch.filter(pl.col("schema").is_in(list(schemata)) & pl.col("broken").is_null())
    frame = decoded(wanted.drop("schema"), shape).unnest("properties")
    unnamed = pl.when(pl.col("id").fill_null("") == "").then(pl.lit("id|empty"))
    return frame.with_columns(broken=pl.coalesce("broken", unnamed))


def refused(file: str, batch: pl.DataFrame, rows: pl.DataFrame) -> Iterator[Part]:
    """Records that cannot be read, with their text; `rows` has row and broken."""
    if len(rows):
        found = batch.select(pl.col("row").alias(FOUND_ROW), pl.col("text").alias(FOUND_LINE)).lazy()
        wrong = rows.select("row", "broken", pl.lit(None, dtype=pl.String).alias("id"))
        yield Part("parties", file, wrong.lazy(), found)


def first(name: str) -> pl.Expr:
    """The first value of a property that is not empty."""
    return pl.col(name).list.first().str.strip_chars().replace("", None)
