"""FollowTheMoney, the model of Aleph and OpenSanctions: records as JSON Lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from followmoney.ledger import Part, Reading, Source
from followmoney.readers import _ftm_tables as tables
from followmoney.readers._counted import counted
from followmoney.readers._found import File
from followmoney.readers._ftm_payments import OF, payments
from followmoney.readers._ftm_records import batches, read, refused
from followmoney.readers._ftm_shape import (
    ACCOUNTS,
    ADDRESS,
    ASSETS,
    LINK_SHAPE,
    LINKS,
    PARTIES,
    PARTY_SHAPE,
    PAYMENT,
    THING_SHAPE,
)
from followmoney.readers._json_records import json_file
from followmoney.readers._streams import head
from followmoney.schema.sentence import sentence

_PROPERTIES = re.compile(rb'"properties"\s*:\s*\{')
_SCHEMA = re.compile(rb'"schema"\s*:\s*"[A-Z]')
_THINGS = (*ACCOUNTS, *ASSETS, ADDRESS)


class Ftm:
    """People, companies, ownership, directorships, accounts and payments; several files are read as one collection.

    An ownership of an account makes its owner the holder; of a thing, likewise. A payment that states only parties goes
    between accounts that stand for them ("of:<identifier>"). A payment that names several payers is refused: nobody
    can say who paid. Percentages as they come: "25-50" is a band, what is over 100 is refused. Families, associates and
    schemata that are not named here give no row; the notes count them. Files are read twice; memory: all but payments.

    Source: https://followthemoney.tech/explorer/
    """

    name = "ftm"
    reads = "FollowTheMoney records (JSON Lines: .ijson, .json, .ftm.json)"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """None: not a table."""
        return {}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """JSON files whose records have a schema and properties."""
        return [file for file in files if json_file(file) and _known(head(file.path))]

    def read(self, files: Sequence[File]) -> Reading:
        """Parties, accounts and links of all files, then their payments."""
        notes: list[str] = []
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        return Reading(sources, _parts(files, notes), notes=notes)


@dataclass
class _Collected:
    """Records of all files, by what is made of them."""

    parties: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    things: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    links: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    rows: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    rest: Counter[str] = field(default_factory=Counter[str])


def _known(data: bytes) -> bool:
    return _PROPERTIES.search(data) is not None and _SCHEMA.search(data) is not None


def _parts(files: Sequence[File], notes: list[str]) -> Iterator[Part]:
    found = _Collected()
    for number, file in enumerate(files):
        for batch in batches(file):
            yield from _collect(file, number, batch, found)
    accounts = pl.DataFrame(schema={"entity": pl.String, "number": pl.String})
    if found.rows:
        made = _made(found)
        accounts = made[0]
        every = pl.concat(found.rows)
        for number, file in enumerate(files):
            mine = [(name, frame.filter(pl.col("file") == number).drop("file")) for name, frame in made[1]]
            yield from counted(file.name, every.filter(pl.col("file") == number)["row"], mine)
    yield from _paid(files, accounts)
    if found.rest:
        named = ", ".join(f"{count:,} {schema}" for schema, count in sorted(found.rest.items()))
        notes.append(f"FollowTheMoney records that gave no row: {named}.")


def _collect(file: File, number: int, batch: pl.DataFrame, found: _Collected) -> Iterator[Part]:
    """Read a batch but for its payments; yields what cannot be read."""
    here = pl.lit(number, dtype=pl.Int32).alias("file")
    wrong = [batch.filter(pl.col("broken").is_not_null()).select("row", "broken")]
    unnamed = batch.filter(pl.col("broken").is_null() & pl.col("schema").is_null())
    wrong.append(unnamed.select("row", broken=pl.lit("schema|empty")))
    for into, schemata, shape in (
        (found.parties, PARTIES, PARTY_SHAPE),
        (found.things, _THINGS, THING_SHAPE),
        (found.links, LINKS, LINK_SHAPE),
    ):
        frame = read(batch, tuple(schemata), shape).with_columns(here)
        wrong.append(frame.filter(pl.col("broken").is_not_null()).select("row", "broken"))
        into.append(frame.filter(pl.col("broken").is_null()).drop("broken"))
        found.rows.append(into[-1].select("file", "row"))
    known = (*PARTIES, *_THINGS, *LINKS, PAYMENT)
    others = batch.filter(pl.col("schema").is_not_null() & ~pl.col("schema").is_in(known) & pl.col("broken").is_null())
    found.rest.update(dict(others["schema"].value_counts().iter_rows()))
    found.rows.append(others.select(here, "row"))
    yield from refused(file.name, batch, pl.concat(wrong).sort("row"))


def _made(found: _Collected) -> tuple[pl.DataFrame, list[tuple[str, pl.DataFrame]]]:
    """Numbers of accounts (entity, number), and the tables."""
    people, things = pl.concat(found.parties, rechunk=True), pl.concat(found.things, rechunk=True)
    accounts, assets = tables.accounts(things), tables.assets(things)
    links = tables.links(pl.concat(found.links, rechunk=True))
    owned = links.filter(pl.col("schema") == "Ownership")
    holder = owned.select(entity="what", holder="who").drop_nulls().sort("holder").unique("entity", keep="first")
    accounts = accounts.rename({"holder": "named"}).join(holder, on="entity", how="left", maintain_order="left")
    accounts = accounts.with_columns(pl.coalesce("holder", "named").alias("holder")).drop("named")
    assets = assets.join(holder.rename({"entity": "id"}), on="id", how="left", maintain_order="left")
    held = pl.concat([accounts["entity"], assets["id"]]).implode()
    interests = owned.filter(~pl.col("what").is_in(held).fill_null(value=False)).select(
        "file", "row", pl.col("who").alias("owner"), pl.col("what").alias("owned"), "kind", "direct",
        "share_min", "share_max", "start", "end", "detail",
    )  # fmt: skip
    roles = links.filter(pl.col("schema") != "Ownership").select(
        "file", "row", pl.col("who").alias("party"), pl.col("what").alias("of"),
        tables.role(pl.col("schema"), pl.col("detail")).alias("kind"), "start", "end", "detail",
    )  # fmt: skip
    numbers = accounts.select("entity", number="id").filter(pl.col("entity") != pl.col("number"))
    made = [
        ("parties", tables.parties(people)), ("accounts", accounts.drop("entity")), ("assets", assets),
        ("interests", interests), ("roles", roles), ("addresses", tables.addresses(people, things)),
    ]  # fmt: skip
    return numbers, made


def _paid(files: Sequence[File], numbers: pl.DataFrame) -> Iterator[Part]:
    """Payments of all files, then the accounts that stand for parties."""
    known = pl.Series(dtype=pl.String)
    for file in files:
        stand_ins: list[pl.DataFrame] = []
        yield from payments(file, numbers, stand_ins)
        if stand_ins:
            rest = pl.concat(stand_ins, rechunk=True).unique("holder", keep="first", maintain_order=True)
            rest = rest.filter(~pl.col("holder").is_in(known.implode()))
            known = pl.concat([known, rest["holder"]])
            made = rest.select("row", "holder", id=sentence(OF, "holder"))
            yield Part("accounts", file.name, made.lazy(), derived=True)


READER = Ftm()
