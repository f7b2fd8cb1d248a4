"""GLEIF, the register of Legal Entity Identifiers: level 1, level 2 and reporting exceptions, as XML or CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from followmoney.ledger import Part, Reading, Source
from followmoney.readers._counted import counted
from followmoney.readers._found import File
from followmoney.readers._gleif_records import ENTITIES, EXCEPTIONS, RELATIONS, batches, level
from followmoney.readers._gleif_tables import entities, exceptions, relations

_TYPE = "Relationship.RelationshipType"
_OVERLAP = ("parties",)  # of several files of a kind, which may be golden copies of different days
_MAKE = {ENTITIES.name: entities, RELATIONS.name: relations, EXCEPTIONS.name: exceptions}


class Gleif:
    """Level 1 (who is who), level 2 (who consolidates whom) and reporting exceptions; XML is streamed, memory is flat.

    Consolidation in accounts means that the parent controls the other, by whatever right; it does not say which share
    it holds. So it becomes an interest of kind otherInfluenceOrControl without a share (direct, or indirect for the
    ultimate parent), never a shareholding. An exception (no parent reported, and why) becomes a party of kind unknown
    that bears the reason. Several files of a kind may overlap: what the first leaves out the others complete. A
    relationship that the register has annulled is kept with the day it did so (known_to).

    Source: https://www.gleif.org/en/about-lei/common-data-file-format
    """

    name = "gleif"
    reads = "GLEIF level 1, level 2 and reporting exceptions (XML, or CSV golden copy)"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """Columns by which the CSV files are known."""
        return {f"GLEIF {kind.name}": kind.needed for kind in (ENTITIES, RELATIONS, EXCEPTIONS)}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """XML with a root element of GLEIF's; CSV with the columns of the golden copy."""
        return [file for file in files if level(file) is not None]

    def read(self, files: Sequence[File]) -> Reading:
        """One file after the other."""
        notes: list[str] = []
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        return Reading(sources, _parts(files, notes), notes=notes)


def _parts(files: Sequence[File], notes: list[str]) -> Iterator[Part]:
    kinds = {file: level(file) for file in files}
    several = {kind.name for kind, times in Counter(kinds.values()).items() if kind is not None and times > 1}
    for file, kind in kinds.items():
        if kind is None:
            continue
        rest = Counter[str]()
        for frame, found in batches(file, kind):
            tables = _MAKE[kind.name](frame)
            if kind is RELATIONS:
                told = pl.concat([t["row"] for _, t in tables])
                others = frame.filter(~pl.col("row").is_in(told.implode()))[_TYPE]
                rest.update(dict(others.value_counts().iter_rows()))
            yield from counted(file.name, frame["row"], tables, found, _OVERLAP if kind.name in several else ())
        notes += [
            f"{file.name}: {count:,} relationships {of} are neither ownership nor control and gave no row."
            for of, count in sorted(rest.items())
        ]


READER = Gleif()
