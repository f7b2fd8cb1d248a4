"""A register in the Beneficial Ownership Data Standard 0.4, as JSON Lines: as many persons, companies and interests."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from .format import Format, Way, parsed_json

_AT = {"statementDate": "2024-01-31", "recordStatus": "new"}
_PUBLISHED = {"publicationDate": "2024-02-01", "bodsVersion": "0.4", "publisher": {"name": "Register of the benchmark"}}
_SOURCE = {"type": ["officialRegister"], "description": "Register of the benchmark"}


def _write(path: Path, entries: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in range(entries):
            made = (_person, _company, _interest)[number % 3](number // 3)
            file.write(json.dumps(made) + "\n")
    return path


def _statement(kind: str, name: str, about: str, details: dict[str, Any]) -> dict[str, Any]:
    head = {"statementId": f"{name:0>32}", "declarationSubject": about, "recordId": name, "recordType": kind}
    return {**head, **_AT, "recordDetails": details, "publicationDetails": _PUBLISHED, "source": _SOURCE}


def _person(number: int) -> dict[str, Any]:
    details: dict[str, Any] = {
        "isComponent": False, "personType": "knownPerson",
        "names": [{"type": "legal", "fullName": f"Erika Muster {number}", "givenName": "Erika"}],
        "nationalities": [{"code": "GB", "name": "United Kingdom"}],
        "birthDate": f"{1940 + number % 60}-{1 + number % 12:02}",
        "addresses": [{"type": "service", "address": f"{number} High Street, London", "postCode": "EC1A 1BB",
                       "country": {"code": "GB", "name": "United Kingdom"}}],
    }  # fmt: skip
    return _statement("person", f"P{number}", f"C{number}", details)


def _company(number: int) -> dict[str, Any]:
    details: dict[str, Any] = {
        "isComponent": False, "entityType": {"type": "registeredEntity"}, "name": f"Company {number} Limited",
        "jurisdiction": {"code": "GB", "name": "United Kingdom"}, "foundingDate": f"20{number % 24:02}-03-04",
        "identifiers": [{"id": f"{number:08}", "scheme": "GB-COH", "schemeName": "Companies House"}],
        "addresses": [{"type": "registered", "address": f"{number % 1000} Low Road, Leeds", "postCode": "LS1 1AA",
                       "country": {"code": "GB", "name": "United Kingdom"}}],
    }  # fmt: skip
    return _statement("entity", f"C{number}", f"C{number}", details)


def _interest(number: int) -> dict[str, Any]:
    details: dict[str, Any] = {
        "isComponent": False, "subject": f"C{number}", "interestedParty": f"P{number}",
        "interests": [
            {"type": "shareholding", "directOrIndirect": "direct", "beneficialOwnershipOrControl": True,
             "share": {"minimum": 25, "maximum": 50}, "startDate": "2016-04-06"},
            {"type": "votingRights", "directOrIndirect": "direct", "share": {"exact": 30}, "startDate": "2016-04-06"},
        ],
    }  # fmt: skip
    return _statement("relationship", f"R{number}", f"C{number}", details)


def _libcovebods(path: Path) -> Any:
    """Its check of the statements, without that of the schema, which takes far longer; it reads lists only."""
    from libcovebods.data_reader import DataReader
    from libcovebods.jsonschemavalidate import JSONSchemaValidator
    from libcovebods.schema import SchemaBODS

    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as listed:
        listed.write(f"[{','.join(path.read_text(encoding='utf-8').splitlines())}]")
        listed.flush()
        reader = DataReader(listed.name)
        return JSONSchemaValidator(SchemaBODS(reader)).validate(reader)


FORMAT = Format(
    "BODS 0.4", "statements", ".jsonl", _write,
    {
        "libcovebods, few entries": Way("libcovebods", _libcovebods, few=True),
        "json.loads alone": Way("json", parsed_json),
    },
    goal="≥ 50,000",
    warm=20_000,
)  # fmt: skip
