"""BODS files → their statements: persons and legal entities, and relationships; what is broken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from followmoney.ledger import FOUND_LINE, FOUND_ROW, Part
from followmoney.readers._bods_shape import BARE, DETAILS, RECORDS, STATEMENTS, TYPES
from followmoney.readers._found import File
from followmoney.readers._json_decode import decoded
from followmoney.readers._json_records import records

_ORDER = ("day", "published", "file", "row")
_OF_PARTIES = ("name", "entityType", "personType", "unspecifiedEntityDetails", "unspecifiedPersonDetails",
               "jurisdiction", "incorporatedInJurisdiction", "identifiers", "foundingDate", "dissolutionDate",
               "birthDate", "deathDate", "addresses", "names", "nationalities")  # fmt: skip
_OF_RELATIONS = ("subject", "interestedParty", "interests", "componentRecords", "componentStatementIDs")
_NAMED = 5
_STEPS = 40  # each doubles how far back a chain of replaced statements is followed


@dataclass
class Statements:
    """Statements of some files: file (number), row, statement, record, status, day (stated on), and the details."""

    parties: pl.DataFrame
    relations: pl.DataFrame
    rows: pl.DataFrame
    """file, row of every statement that was read."""
    notes: list[str] = field(default_factory=list[str])


def broken(file: str, batch: pl.DataFrame, rows: pl.DataFrame) -> Iterator[Part]:
    """Lines that are no statements, refused with their text; `rows` has row and broken."""
    if len(rows):
        found = batch.select(pl.col("row").alias(FOUND_ROW), pl.col("text").alias(FOUND_LINE))
        wrong = rows.select("row", "broken", pl.lit(None, dtype=pl.String).alias("id"))
        yield Part("parties", file, wrong.lazy(), found.lazy())


def statements(files: Sequence[File], into: list[Statements]) -> Iterator[Part]:
    """Read the files; yields what is refused, and at the end adds all statements to `into`."""
    parties, relations, rows = list[pl.DataFrame](), list[pl.DataFrame](), list[pl.DataFrame]()
    for number, file in enumerate(files):
        for batch in records(file):
            frame = _read(batch).with_columns(pl.lit(number, dtype=pl.Int32).alias("file"))
            yield from broken(file.name, batch, frame.filter(pl.col("broken").is_not_null()))
            sound = frame.filter(pl.col("broken").is_null()).drop("broken")
            rows.append(sound.select("file", "row"))
            head = [c for c in sound.columns if c not in DETAILS]
            relation = pl.col("type") == "relationship"
            parties.append(sound.filter(~relation).select(*head, *_OF_PARTIES))
            relations.append(sound.filter(relation).select(*head, *_OF_RELATIONS))
    found = Statements(pl.concat(parties), pl.concat(relations), pl.concat(rows)) if parties else None
    if found is not None:
        found.parties, found.relations = (_once(f, found.notes) for f in (found.parties, found.relations))
        found.parties, found.relations = (_versions(f) for f in (found.parties, found.relations))
        into.append(found)


def _read(batch: pl.DataFrame) -> pl.DataFrame:
    """A batch of statements of any version, in order."""
    recent = batch["text"].str.contains('"recordDetails"', literal=True)
    frames: list[pl.DataFrame] = []
    if recent.any():
        new = decoded(batch.filter(recent), RECORDS, BARE)
        details = pl.col("recordDetails").struct
        new = new.select(
            "row", "broken", pl.col("statementId").alias("statement"), pl.col("recordId").alias("record"),
            pl.col("recordType").alias("type"), pl.col("recordStatus").alias("status"), "statementDate",
            "publicationDetails", pl.lit(None, dtype=pl.String).alias("replaces"),
            *(details.field(name) for name in DETAILS),
        )  # fmt: skip
        frames.append(new)
    if not recent.all():
        old = decoded(batch.filter(~recent), STATEMENTS, BARE)
        old = old.select(
            "row", "broken", pl.col("statementID").alias("statement"), pl.lit(None, dtype=pl.String).alias("record"),
            pl.col("statementType").replace(TYPES).alias("type"), pl.lit(None, dtype=pl.String).alias("status"),
            "statementDate", "publicationDetails",
            pl.col("replacesStatements").list.first().alias("replaces"), *DETAILS,
        )  # fmt: skip
        frames.append(old)
    frame = pl.concat(frames).join(batch.select("row", digest=pl.col("text").hash(0)), on="row", how="left")
    unnamed = pl.col("statement").fill_null("") + pl.col("record").fill_null("") == ""
    rule = (
        pl.when(pl.col("type").is_null()).then(pl.lit("recordType|empty"))
        .when(~pl.col("type").is_in(list(TYPES.values()))).then(pl.lit("recordType|enum"))
        .when(unnamed).then(pl.lit("statementId|empty"))
    )  # fmt: skip
    return frame.sort("row").with_columns(
        broken=pl.coalesce("broken", rule),
        day=pl.col("statementDate").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
        published=pl.col("publicationDetails").struct.field("publicationDate"),
        statement=pl.coalesce(pl.col("statement").replace("", None), "record"),
    ).drop("statementDate", "publicationDetails")  # fmt: skip


def _once(frame: pl.DataFrame, notes: list[str]) -> pl.DataFrame:
    """Every statement once, however many files have it."""
    again = ~pl.col("statement").is_first_distinct()
    others = frame.filter(pl.col("statement").is_duplicated()).group_by("statement").agg(pl.col("digest").n_unique())
    unlike = others.filter(pl.col("digest") > 1)["statement"].sort().to_list()
    if unlike:
        notes.append(
            f"{len(unlike):,} statements are given more than once, and not in the same words; the first of each was "
            f"read: {', '.join(unlike[:_NAMED])}{' ...' if len(unlike) > _NAMED else ''}."
        )
    return frame.filter(~again).drop("digest")


def _versions(frame: pl.DataFrame) -> pl.DataFrame:
    """With `record` filled, `version` (1, 2, ... within the record), `versions`, and `following` (day of the next)."""
    frame = frame.with_columns(record=pl.coalesce(pl.col("record").replace("", None), _first(frame)))
    frame = frame.sort("record", *_ORDER, nulls_last=False)
    within = pl.int_range(1, pl.len() + 1).over("record")
    return frame.with_columns(
        version=within,
        versions=pl.len().over("record").cast(pl.Int64),
        following=pl.col("day").shift(-1).over("record"),
    )


def _first(frame: pl.DataFrame) -> pl.Series:
    """The statement at the beginning of the chain of replaced ones that each statement belongs to."""
    known = frame.select(pl.col("statement").alias("at"), pl.coalesce("replaces", "statement").alias("to"))
    if frame["replaces"].null_count() == len(frame):
        return known["at"]
    for _ in range(_STEPS):
        further = known.join(known.select(to="at", then="to"), on="to", how="left", maintain_order="left")
        after = further.select("at", to=pl.coalesce("then", "to"))
        if after.equals(known):
            break
        known = after
    return known["to"]
