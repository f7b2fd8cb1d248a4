"""BODS files → their statements: persons and legal entities, and relationships; what is broken apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from followmoney.ledger import FOUND_LINE, FOUND_ROW, Part
from followmoney.readers._bods_circles import straightened
from followmoney.readers._bods_interests import rights
from followmoney.readers._bods_parties import addresses, parties
from followmoney.readers._bods_shape import (
    BARE_PARTIES,
    BARE_RELATIONS,
    PARTIES,
    RELATIONS,
    TYPES,
    record,
    statement,
)
from followmoney.readers._found import File
from followmoney.readers._json_decode import decoded
from followmoney.readers._json_records import records

_ORDER = ("day", "published", "file", "row")
_HEAD = ("file", "row", "statement", "record", "type", "status", "replaces", "day", "published")
_NAMED = 5
_RELATED = ('"relationship"', '"ownershipOrControlStatement"')
_STEPS = 40  # each doubles how far back a chain of replaced statements is followed


@dataclass
class Statements:
    """What is kept of the statements of some files; every frame has file (number) and row."""

    heads: pl.DataFrame
    """A row a statement: statement, record, type, status, day, version, versions, following (day of the next)."""
    parties: pl.DataFrame
    addresses: pl.DataFrame
    rights: pl.DataFrame
    rows: pl.DataFrame
    """Every row that was read, also of statements that are given again."""
    notes: list[str] = field(default_factory=list[str])


def broken(file: str, batch: pl.DataFrame, rows: pl.DataFrame) -> Iterator[Part]:
    """Lines that are no statements, refused with their text; `rows` has row and broken."""
    if len(rows):
        found = batch.select(pl.col("row").alias(FOUND_ROW), pl.col("text").alias(FOUND_LINE))
        wrong = rows.select("row", "broken", pl.lit(None, dtype=pl.String).alias("id"))
        yield Part("parties", file, wrong.lazy(), found.lazy())


def statements(files: Sequence[File], into: list[Statements]) -> Iterator[Part]:
    """Read the files; yields what is refused, and at the end adds all statements to `into`."""
    kept: dict[str, list[pl.DataFrame]] = {"heads": [], "parties": [], "addresses": [], "rights": []}
    for number, file in enumerate(files):
        for batch in records(file):
            here = pl.lit(number, dtype=pl.Int32).alias("file")
            people, relations = (frame.with_columns(here) for frame in _read(batch))
            every = pl.concat([frame.select(*_HEAD, "broken") for frame in (people, relations)]).sort("row")
            wrong = pl.col("broken").is_not_null()
            yield from broken(file.name, batch, every.filter(wrong))
            kept["heads"].append(every.filter(~wrong).drop("broken"))
            people = people.filter(~wrong)
            kept["parties"].append(parties(people))
            kept["addresses"].append(addresses(people))
            kept["rights"].append(rights(relations.filter(~wrong)))
    if kept["heads"]:
        notes: list[str] = []
        heads, people, places, told = (pl.concat(frames, rechunk=True) for frames in kept.values())
        once = _once(heads, (people, places, told), notes)
        into.append(Statements(_versions(once, notes), people, places, told, heads.select("file", "row"), notes))


def _read(batch: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Persons and legal entities, and relationships, of a batch of statements of any version.

    Which of the two a statement is, a word in its text lets expect; one that says otherwise once it is read is read
    again as that.
    """
    said = (pl.col("text").str.contains(words, literal=True) for words in _RELATED)
    related = batch.select(pl.any_horizontal(said)).to_series()
    people, relations = _decoded(batch.filter(~related), PARTIES), _decoded(batch.filter(related), RELATIONS)
    relation = (pl.col("type") == "relationship").fill_null(value=False)
    if people.select(relation.any()).item():
        more = batch.filter(pl.col("row").is_in(people.filter(relation)["row"].implode()))
        people, relations = people.filter(~relation), pl.concat([relations, _decoded(more, RELATIONS)])
    party = pl.col("type").is_in(["person", "entity"]).fill_null(value=False)
    if relations.select(party.any()).item():
        more = batch.filter(pl.col("row").is_in(relations.filter(party)["row"].implode()))
        people, relations = pl.concat([people, _decoded(more, PARTIES)]), relations.filter(~party)
    return people.sort("row").rechunk(), relations.sort("row").rechunk()


def _decoded(batch: pl.DataFrame, details: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Statements, with as much of their details as is asked for."""
    keys = BARE_RELATIONS if details is RELATIONS else BARE_PARTIES
    recent = batch["text"].str.contains('"recordDetails"', literal=True)
    nothing = pl.lit(None, dtype=pl.String)
    frames: list[pl.DataFrame] = []
    if recent.any():
        new = decoded(batch.filter(recent), record(details), keys)
        inside = pl.col("recordDetails").struct
        new = new.select(
            "row", "broken", pl.col("statementId").alias("statement"), pl.col("recordId").alias("record"),
            pl.col("recordType").alias("type"), pl.col("recordStatus").alias("status"), "statementDate",
            "publicationDetails", nothing.alias("replaces"), *(inside.field(name) for name in details),
        )  # fmt: skip
        frames.append(new)
    if not recent.all() or not len(batch):
        old = decoded(batch.filter(~recent), statement(details), keys)
        old = old.select(
            "row", "broken", pl.col("statementID").alias("statement"), nothing.alias("record"),
            pl.col("statementType").replace(TYPES).alias("type"), nothing.alias("status"), "statementDate",
            "publicationDetails", pl.col("replacesStatements").list.first().alias("replaces"), *details,
        )  # fmt: skip
        frames.append(old)
    frame = frames[0] if len(frames) == 1 else pl.concat(frames, rechunk=True)
    unnamed = pl.col("statement").fill_null("") + pl.col("record").fill_null("") == ""
    rule = (
        pl.when(pl.col("type").is_null()).then(pl.lit("recordType|empty"))
        .when(~pl.col("type").is_in(list(TYPES.values()))).then(pl.lit("recordType|enum"))
        .when(unnamed).then(pl.lit("statementId|empty"))
    )  # fmt: skip
    return frame.with_columns(
        broken=pl.coalesce("broken", rule),
        day=pl.col("statementDate").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
        published=pl.col("publicationDetails").struct.field("publicationDate"),
        statement=pl.coalesce(pl.col("statement").replace("", None), "record"),
    ).drop("statementDate", "publicationDetails")  # fmt: skip


def _once(heads: pl.DataFrame, told: Sequence[pl.DataFrame], notes: list[str]) -> pl.DataFrame:
    """Every statement once, however many files have it; a note where they do not say the same."""
    first = heads["statement"].is_first_distinct()
    if first.all():
        return heads
    again = heads.filter(pl.col("statement").is_duplicated())
    again = again.with_columns(said=again.drop("file", "row", "published").hash_rows(seed=0))
    for frame in told:
        mine = frame.join(again.select("file", "row"), on=["file", "row"], how="semi")
        words = mine.select("file", "row").with_columns(words=mine.drop("file", "row").hash_rows(seed=0))
        summed = words.group_by("file", "row").agg(pl.col("words").sum())
        again = again.join(summed, on=["file", "row"], how="left").with_columns(
            said=pl.col("said") + pl.col("words").fill_null(0)
        )
        again = again.drop("words")
    unlike = again.group_by("statement").agg(pl.col("said").n_unique()).filter(pl.col("said") > 1)["statement"].sort()
    if len(unlike):
        some = f"{', '.join(unlike.head(_NAMED))}{' ...' if len(unlike) > _NAMED else ''}"
        notes.append(
            f"{len(unlike):,} statements are given more than once and do not say the same; the first of each was read: "
            f"{some}."
        )
    return heads.filter(first)


def _versions(frame: pl.DataFrame, notes: list[str]) -> pl.DataFrame:
    """With `record` filled, `version` (1, 2, ... within the record), `versions`, and `following` (day of the next)."""
    frame = frame.with_columns(record=pl.coalesce(pl.col("record").replace("", None), _first(frame, notes)))
    if frame["record"].n_unique() == len(frame):
        one = pl.lit(1, dtype=pl.Int64)
        return frame.with_columns(version=one, versions=one, following=pl.lit(None, dtype=pl.Date))
    frame = frame.sort("record", *_ORDER, nulls_last=False)
    within = pl.int_range(1, pl.len() + 1).over("record")
    return frame.with_columns(
        version=within,
        versions=pl.len().over("record").cast(pl.Int64),
        following=pl.col("day").shift(-1).over("record"),
    )


def _first(frame: pl.DataFrame, notes: list[str]) -> pl.Series:
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
    return straightened(frame, known["to"], notes)
