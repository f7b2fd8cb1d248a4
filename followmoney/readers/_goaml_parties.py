"""Persons and entities of a goAML report → parties, their addresses, roles and interests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from followmoney.readers._account_ids import is_valid
from followmoney.readers._goaml_codes import Codes
from followmoney.readers._goaml_values import Values
from followmoney.readers._mentions import Mentions
from followmoney.readers._xml_tree import Tree, at, every, text

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_NAME = ("first_name", "middle_name", "prefix", "last_name")
Row = dict[str, Any]


@dataclass
class Known:
    """What all reports together say of accounts and parties."""

    mentions: Mentions
    codes: Codes
    values: Values
    source: str = ""
    row: int = 0
    reported: str | None = None
    """Day of the report."""
    local: str | None = None
    """The report's own currency."""

    def add(self, table: str, **columns: Any) -> None:  # noqa: ANN401
        """One row of a table, named by the transaction that is being read."""
        self.mentions.add(self.source, table, columns | {"row": self.row})


def person(known: Known, element: Tree, otherwise: str) -> str | None:
    """A natural person; `otherwise` is the identifier where the report gives none. None where nobody is named."""
    name = " ".join(part for part in (text(element, one) for one in _NAME) if part)
    number = _number(element)
    if not name and number is None:
        return None
    identifier = number[0] if number else otherwise
    known.add(
        "parties", id=identifier, kind="person", name=name or None, register_number=number[1] if number else None,
        country=known.values.country(text(element, "residence")), founded=known.values.day(text(element, "birthdate")),
        dissolved=known.values.day(text(element, "date_deceased")),
        vat=text(element, "tax_reg_number") or text(element, "tax_number"),
    )  # fmt: skip
    _addresses(known, element, identifier)
    return identifier


def called(element: Tree) -> str:
    """The name of a person or an entity."""
    return text(element, "name") or " ".join(part for part in (text(element, one) for one in _NAME) if part)


def _number(element: Tree) -> tuple[str, str] | None:
    """What identifies a person by itself: as our identifier, and as written."""
    country = text(element, "passport_country") or ""
    for what, value in (
        ("ssn", text(element, "ssn")), ("id", text(element, "id_number")),
        (f"passport {country}".strip(), text(element, "passport_number")),
    ):  # fmt: skip
        if value and value != "-":
            return f"{what} {value}", value
    for document in [*every(element, "identifications", "identification"), *every(element, "identification")]:
        value = text(document, "number")
        if value:
            return f"document {text(document, 'issue_country') or ''} {value}".replace("  ", " "), value
    return None


def entity(known: Known, element: Tree, otherwise: str) -> str | None:
    """A legal entity, with its directors, owners and the entities related to it."""
    name, number = text(element, "name"), text(element, "incorporation_number")
    if not name and not number:
        return None
    country = known.values.country(text(element, "incorporation_country_code"))
    lei = _lei(element)
    identifier = lei or (f"{country or 'register'} {number}" if number else otherwise)
    known.add(
        "parties", id=identifier, kind="company", name=name, country=country, register_number=number, lei=lei,
        founded=known.values.day(text(element, "incorporation_date")), sector=text(element, "business"),
        dissolved=known.values.day(text(element, "date_business_closed")), status=text(element, "entity_status"),
        vat=text(element, "tax_reg_number") or text(element, "tax_number"),
    )  # fmt: skip
    _addresses(known, element, identifier)
    for director in every(element, "director_id"):
        _related(known, director, director, identifier, "director")
    for related in every(element, "related_persons", "entity_related_person"):
        _related(known, related, at(related, "person"), identifier, None)
    for related in every(element, "related_entities", "entity_related_entity"):
        _related_entity(known, related, identifier)
    return identifier


def _lei(element: Tree) -> str | None:
    for one in every(element, "entity_identifications", "entity_identifier"):
        number = (text(one, "number") or "").upper()
        if _LEI.fullmatch(number) and is_valid(f"{number[-4:]}{number[:-4]}"):
            return number
    return None


def _related(known: Known, related: Tree, inside: Tree | None, of: str, default: str | None) -> None:
    """A person's role in an entity, and the right that goes with it."""
    code = text(related, "role")
    who = None if inside is None else person(known, inside, f"{called(inside)} ({code or 'related'} of {of})")
    if who is None:
        return
    role = known.codes.meaning("role", code) or default
    right = known.codes.meaning("interest", code)
    if role:
        known.add("roles", party=who, of=of, kind=role, **_between(known, related))
    shares = [("shareholding", text(related, "share_percentage")), ("votingRights", text(related, "voting_percentage"))]
    given = [(kind, share) for kind, share in shares if share is not None]
    for kind, share in given:
        _interest(known, related, (who, of, kind), share)
    if right and not any(kind == right for kind, _ in given) and not (given and right != "shareholding"):
        _interest(known, related, (who, of, right), None)
    if not role and not right and not given:
        known.codes.miss("role", code or "none")


def _related_entity(known: Known, related: Tree, of: str) -> None:
    inside = at(related, "entity")
    code, share = text(related, "entity_entity_relation"), text(related, "share_percentage")
    who = None if inside is None else entity(known, inside, f"{called(inside)} ({code or 'related'} of {of})")
    meaning = known.codes.meaning("relation", code)
    if who is None:
        return
    if meaning is None:
        known.codes.miss("relation", code or "none")
    if share is not None or meaning is not None:
        owner, owned = (of, who) if meaning == "owned" else (who, of)
        _interest(known, related, (owner, owned, "shareholding"), share)


def _interest(known: Known, related: Tree, right: tuple[str, str, str], share: str | None) -> None:
    """A right: owner, owned, kind."""
    row: Row = dict(zip(("owner", "owned", "kind"), right, strict=True)) | _between(known, related)
    if share is not None:
        try:
            part = float(Decimal(share) / 100)
        except (InvalidOperation, OverflowError):
            row |= {"share_min": share, "share_max": share, "broken": "share_min|dtype"}
        else:
            row |= {"share_min": part, "share_max": part}
    known.add("interests", **row)


def _between(known: Known, related: Tree) -> Row:
    dates = at(related, "relation_date_range")
    return {"start": known.values.day(text(dates, "valid_from")), "end": known.values.day(text(dates, "valid_to"))}


def _addresses(known: Known, element: Tree, party: str) -> None:
    for one in every(element, "addresses", "address"):
        given = {name: some[0].text for name, some in one.by_name.items()}
        street = " ".join(part for part in (given.get("address"), given.get("house_number")) if part)
        city = given.get("city") or given.get("town")
        country = known.values.country(given.get("country_code"))
        if street or city or given.get("zip"):
            known.add(
                "addresses", party=party, street=street or None, city=city, postcode=given.get("zip"), country=country
            )
