"""The Offshore Leaks database of the ICIJ, as CSV: nodes of each kind, and the relationships between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from followmoney.ledger import Part, Reading, Source
from followmoney.readers._counted import counted
from followmoney.readers._delimited import columns, rows
from followmoney.readers._found import File
from followmoney.readers._icij_tables import LINK, NODE, link, node
from followmoney.readers._places import country

_LINKS = ("node_id_start", "node_id_end", "rel_type")
_NODES = ("node_id", "sourceID")
_KIND = {"entities": "company", "officers": None, "intermediaries": None, "others": None}


class Icij:
    """nodes-entities, -officers, -intermediaries, -others, -addresses and relationships; load the folder as a whole.

    `officer_of` becomes an interest or a role by its words ("shareholder of", "director of"); words nobody knows are a
    role of kind other that keeps them. No share is stated in the leaks: shares are anything from 0 to the whole. What
    is the same or similar by name is not merged: the notes count such links.

    Source: https://offshoreleaks.icij.org/pages/database (ODbL; it is for you to get).
    """

    name = "icij"
    reads = "the Offshore Leaks database of the ICIJ (CSV: nodes-*.csv, relationships.csv)"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """Columns by which relationships are known."""
        return {"relationships of the Offshore Leaks": _LINKS}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """CSV files with the columns of nodes or of relationships."""
        return [file for file in files if _what(file) is not None]

    def read(self, files: Sequence[File]) -> Reading:
        """Nodes first, then relationships."""
        notes: list[str] = []
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        return Reading(sources, _parts(files, notes), notes=notes)


def _what(file: File) -> str | None:
    """What a file holds: links, addresses, or nodes of a kind; by its columns, so that names do not matter."""
    there = columns(file)
    if set(_LINKS) <= there:
        return "links"
    if not set(_NODES) <= there:
        return None
    if "ibcRUC" in there or "company_type" in there:
        return "entities"
    if "internal_id" in there:
        return "intermediaries"
    if "address" in there:
        return "addresses"
    return "others" if "type" in there or "jurisdiction" in there else "officers"


def _parts(files: Sequence[File], notes: list[str]) -> Iterator[Part]:
    kinds = {file: _what(file) for file in files}
    places = [pl.DataFrame(schema={"node_id": pl.String, "street": pl.String, "country": pl.String})]
    for file in sorted(files, key=lambda file: (kinds[file] == "links", file.name)):
        kind = kinds[file]
        if kind == "links":
            yield from _links(file, pl.concat(places).unique("node_id", keep="first", maintain_order=True), notes)
        elif kind == "addresses":
            for frame, found in rows(file, NODE):
                first = pl.col("country_codes").str.split(";").list.first()
                street = pl.coalesce("address", "name").alias("street")
                places.append(frame.drop_nulls("node_id").select("node_id", street, country(first).alias("country")))
                wrong = frame.filter(pl.col("broken").is_not_null()).select("row", "broken", party="node_id")
                yield from counted(file.name, frame["row"], [("addresses", wrong)], found)
        elif kind is not None:
            for frame, found in rows(file, NODE):
                yield from counted(file.name, frame["row"], node(frame, _KIND[kind]), found)


def _links(file: File, places: pl.DataFrame, notes: list[str]) -> Iterator[Part]:
    rest = Counter[str]()
    for frame, found in rows(file, LINK):
        tables, left = link(frame, places)
        rest.update(dict(left.value_counts().iter_rows()))
        yield from counted(file.name, frame["row"], tables, found)
    if rest:
        named = ", ".join(f"{count:,} {kind}" for kind, count in sorted(rest.items()))
        notes.append(f"{file.name}: links that are neither ownership, control nor a role gave no row ({named}).")


READER = Icij()
