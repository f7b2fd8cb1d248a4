"""The Beneficial Ownership Data Standard, 0.1 to 0.4: statements of who owns and controls whom, as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from followmoney.ledger import Part, Reading, Source
from followmoney.readers._bods_interests import UNNAMED, intervals, stated
from followmoney.readers._bods_shape import ROLES
from followmoney.readers._bods_statements import Statements, statements
from followmoney.readers._counted import counted
from followmoney.readers._found import File
from followmoney.readers._json_records import json_file
from followmoney.readers._streams import head
from followmoney.schema.sentence import sentence

_NAMED = 5
_ID = re.compile(rb'"statementI[dD]"\s*:')


class Bods:
    """BODS statements: an array or JSON Lines, also packed (.gz, .zip), any number of files read as one register.

    A party is the record (0.4), or the first statement of a chain of replaced ones (0.1 to 0.3), as its latest
    statement has it. Interests keep their history: see `followmoney schema interests`, known_from and known_to. An
    interested party that is not named becomes a party of kind unknown that bears the reason as its name.
    Cost: some 20 µs a statement of 800 bytes; up to 40 where it is oddly written. Memory: 0.3 kB a statement and some
    400 MB.

    Source: https://standard.openownership.org/
    """

    name = "bods"
    reads = "beneficial ownership statements (BODS 0.1 to 0.4) as JSON or JSON Lines"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """None: not a table."""
        return {}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """JSON files whose records have a statementId (statementID before 0.4)."""
        return [file for file in files if json_file(file) and _ID.search(head(file.path))]

    def read(self, files: Sequence[File]) -> Reading:
        """All files together: a statement in one may replace or name one in another."""
        notes: list[str] = []
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        return Reading(sources, _parts(files, notes), notes=notes)


def _parts(files: Sequence[File], notes: list[str]) -> Iterator[Part]:
    into: list[Statements] = []
    yield from statements(files, into)
    if not into:
        return
    found = into[0]
    notes += found.notes
    tables = _tables(found, notes)
    for number, file in enumerate(files):
        mine = [
            (name, frame.filter(pl.col("file") == number).drop("file").sort("row", maintain_order=True))
            for name, frame in tables
        ]
        yield from counted(file.name, found.rows.filter(pl.col("file") == number)["row"], mine)


def _tables(found: Statements, notes: list[str]) -> list[tuple[str, pl.DataFrame]]:
    rows = stated(found.rights, found.heads)
    latest = found.heads.filter(pl.col("version") == pl.col("versions")).select("file", "row", party="record")
    people = found.parties.join(latest, on=["file", "row"], how="inner", maintain_order="left").rename({"party": "id"})
    places = found.addresses.join(latest, on=["file", "row"], how="inner", maintain_order="left")
    unnamed = rows.filter(pl.col("reason").is_not_null() & (pl.col("version") == pl.col("versions"))).unique(
        "owner", maintain_order=True
    )
    strangers = unnamed.select(
        "file", "row", pl.col("owner").alias("id"), pl.lit("unknown").alias("kind"),
        sentence(UNNAMED, "reason").alias("name"),
    )  # fmt: skip
    every = intervals(rows)
    role = pl.col("kind").is_in(list(set(ROLES.values())))
    posts = every.filter(role & pl.col("known_to").is_null()).select(
        "file", "row", pl.col("owner").alias("party"), pl.col("owned").alias("of"), "kind", "start", "end", "detail"
    )
    notes += _unknown(every, people)
    return [
        ("parties", people),
        ("interests", every.filter(~role)),
        ("roles", posts),
        ("parties", strangers),
        ("addresses", places),
    ]


def _unknown(every: pl.DataFrame, people: pl.DataFrame) -> list[str]:
    """A sentence on parties that relationships name and no statement describes."""
    named = pl.concat([every["owner"], every["owned"]]).drop_nulls().unique()
    named = named.filter(~named.is_in(people["id"].implode()) & ~named.str.starts_with("unnamed:")).sort()
    if not len(named):
        return []
    some = f"{', '.join(named.head(_NAMED))}{' ...' if len(named) > _NAMED else ''}"
    return [f"Relationships name {len(named):,} parties that no statement describes: {some}."]


READER = Bods()
