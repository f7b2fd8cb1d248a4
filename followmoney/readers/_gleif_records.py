"""GLEIF files, as XML or as the CSV golden copy → batches of records under the names of the CSV's columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from followmoney.readers._delimited import columns, rows
from followmoney.readers._found import File
from followmoney.readers._xml import elements, root
from followmoney.readers._xml_tree import Tree, at, every, text, tree

_BATCH = 20_000
_PLACE = ("FirstAddressLine", "AdditionalAddressLine.1", "AdditionalAddressLine.2", "AdditionalAddressLine.3", "City",
          "Country", "PostalCode")  # fmt: skip
_PERIODS = 5


@dataclass(frozen=True)
class Level:
    """One of the three kinds of file."""

    name: str
    record: str
    """Element of a record."""
    wanted: tuple[str, ...]
    needed: tuple[str, ...]
    """Columns by which the CSV is known."""


ENTITIES = Level(
    "level 1",
    "LEIRecord",
    (
        "LEI", "Entity.LegalName", "Entity.LegalJurisdiction", "Entity.EntityCategory", "Entity.EntityStatus",
        "Entity.EntityCreationDate", "Entity.EntityExpirationDate",
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
        *(f"Entity.{which}.{part}" for which in ("LegalAddress", "HeadquartersAddress") for part in _PLACE),
    ),
    ("LEI", "Entity.LegalName", "Entity.LegalAddress.Country", "Entity.EntityStatus"),
)  # fmt: skip
RELATIONS = Level(
    "level 2",
    "RelationshipRecord",
    (
        "Relationship.StartNode.NodeID", "Relationship.StartNode.NodeIDType", "Relationship.EndNode.NodeID",
        "Relationship.EndNode.NodeIDType", "Relationship.RelationshipType", "Relationship.RelationshipStatus",
        *(f"Relationship.Period.{n}.{what}" for n in range(1, _PERIODS + 1)
          for what in ("startDate", "endDate", "periodType")),
        "Registration.InitialRegistrationDate", "Registration.LastUpdateDate", "Registration.RegistrationStatus",
    ),
    ("Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID", "Relationship.RelationshipType"),
)  # fmt: skip
EXCEPTIONS = Level(
    "reporting exceptions",
    "Exception",
    ("LEI", "Exception.Category", "Exception.Reason.1"),
    ("LEI", "Exception.Category", "Exception.Reason.1"),
)
_ROOTS = {"LEIData": ENTITIES, "RelationshipData": RELATIONS, "ReportingExceptionData": EXCEPTIONS}


def level(file: File) -> Level | None:
    """Which kind of file it is, if any."""
    name = file.path.name.lower().removesuffix(".gz").removesuffix(".zip")
    if name.endswith(".xml"):
        space, element = root(file.path)
        return _ROOTS.get(element) if "gleif.org" in space else None
    there = columns(file)
    return next((one for one in (ENTITIES, RELATIONS, EXCEPTIONS) if there and set(one.needed) <= there), None)


def batches(file: File, kind: Level) -> Iterator[tuple[pl.DataFrame, pl.LazyFrame | None]]:
    """Records as `row` (line of the CSV, number of the record in XML), `broken` and the wanted columns, as text."""
    if not file.path.name.lower().removesuffix(".gz").removesuffix(".zip").endswith(".xml"):
        yield from rows(file, kind.wanted)
        return
    some: list[dict[str, str | int | None]] = []
    schema = {"row": pl.Int64(), "broken": pl.String(), **dict.fromkeys(kind.wanted, pl.String())}
    for number, element in enumerate(elements(file, (kind.record,)), start=1):
        some.append({"row": number, **_read(tree(element), kind)})
        if len(some) == _BATCH:
            yield pl.DataFrame(some, schema=schema), None
            some = []
    if some:
        yield pl.DataFrame(some, schema=schema), None


def _read(element: Tree, kind: Level) -> dict[str, str | None]:
    if kind is EXCEPTIONS:
        category, reason = text(element, "ExceptionCategory"), text(element, "ExceptionReason")
        return {"LEI": text(element, "LEI"), "Exception.Category": category, "Exception.Reason.1": reason}
    plain = (c for c in kind.wanted if ".Period." not in c and "AdditionalAddressLine" not in c)
    found = {column: text(element, *column.split(".")) for column in plain}
    for n, period in enumerate(
        every(element, "Relationship", "RelationshipPeriods", "RelationshipPeriod")[:_PERIODS], 1
    ):
        for theirs, ours in (("StartDate", "startDate"), ("EndDate", "endDate"), ("PeriodType", "periodType")):
            found[f"Relationship.Period.{n}.{ours}"] = text(period, theirs)
    if kind is ENTITIES:
        for which in ("LegalAddress", "HeadquartersAddress"):
            lines = every(at(element, "Entity", which), "AdditionalAddressLine")[:3]
            found |= {f"Entity.{which}.AdditionalAddressLine.{n}": text(line) for n, line in enumerate(lines, 1)}
    return found
