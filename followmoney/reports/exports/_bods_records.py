"""Parties and rights → what a BODS statement says of them."""

from __future__ import annotations

from datetime import date

from followmoney.reports.exports._rows import Row, day
from followmoney.reports.exports._share import percent

_TYPES: dict[str, Row] = {
    "company": {"type": "legalEntity"},
    "trust": {"type": "arrangement", "subtype": "trust"},
    "public body": {"type": "stateBody"},
}


def entity(row: Row, places: list[Row]) -> Row:
    """A legal entity, as far as it is known. A founding day of which only the month is known is left out."""
    kind = _TYPES.get(row["kind"] or "", {"type": "unknownEntity"})
    if row["kind"] == "company" and row["register_number"]:
        kind = {"type": "registeredEntity"}
    founded = None if row["founded_latest"] not in (None, row["founded"]) else row["founded"]
    return _told(
        isComponent=False, entityType=kind, name=row["name"], jurisdiction=_country(row["country"]),
        identifiers=_identifiers(row), foundingDate=day(founded), dissolutionDate=day(row["dissolved"]),
        addresses=[_address(place) for place in places],
    )  # fmt: skip


def person(row: Row, places: list[Row]) -> Row:
    """A natural person, as far as it is known."""
    homes = [_address(place) for place in places]
    if not homes and row["country"]:
        homes = [{"type": "residence", "country": _country(row["country"])}]
    return _told(
        isComponent=False, personType="knownPerson" if row["name"] else "unknownPerson",
        names=[{"fullName": row["name"]}] if row["name"] else None, identifiers=_identifiers(row),
        birthDate=day(row["founded"], row["founded_latest"]), deathDate=day(row["dissolved"]), addresses=homes,
    )  # fmt: skip


def interest(row: Row) -> Row:
    """A right in a legal entity."""
    direct: bool | None = row["direct"]
    return _told(
        type=row["kind"], directOrIndirect="unknown" if direct is None else "direct" if direct else "indirect",
        share=_share(row["share_min"], row["share_max"]), details=row["detail"], **_days(row["start"], row["end"]),
    )  # fmt: skip


def post(row: Row, kind: str) -> Row:
    """What a director or manager is to a legal entity."""
    return _told(type=kind, directOrIndirect="unknown", details=row["detail"], **_days(row["start"], row["end"]))


def _told(**members: object) -> Row:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def _days(start: date | None, end: date | None) -> dict[str, str | None]:
    return {"startDate": day(start), "endDate": day(end)}


def _share(least: float | None, most: float | None) -> Row:
    if least is not None and least == most:
        return {"exact": float(percent(least))}
    ends = {"minimum": least, "maximum": most}
    return {name: float(percent(share)) for name, share in ends.items() if share is not None}


def _country(code: str | None) -> Row | None:
    return {"name": code, "code": code} if code else None


def _address(row: Row) -> Row:
    town = ", ".join(part for part in (row["street"], row["city"]) if part)
    return _told(address=town, postCode=row["postcode"], country=_country(row["country"]))


def _identifiers(row: Row) -> list[Row]:
    found: list[Row] = []
    if row["lei"]:
        found.append({"id": row["lei"], "scheme": "XI-LEI", "schemeName": "Global Legal Entity Identifier Index"})
    if row["register_number"]:
        found.append({"id": row["register_number"], "schemeName": "Register number"})
    if row["vat"]:
        found.append({"id": row["vat"], "scheme": f"{row['country'] or 'XX'}-VAT", "schemeName": "VAT or tax number"})
    return found
