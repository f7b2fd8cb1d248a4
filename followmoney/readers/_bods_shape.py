"""What is read of a BODS statement, 0.1 to 0.4, and how its words map to ours."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_TEXT = pl.String()
_PLACE = pl.Struct({"name": _TEXT, "code": _TEXT})
_TOLD = pl.Struct({"reason": _TEXT, "description": _TEXT})
_SHARE = pl.Struct(dict.fromkeys(
    ["exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], _TEXT,
))  # fmt: skip
_INTEREST = pl.Struct({
    "type": _TEXT, "interestLevel": _TEXT, "directOrIndirect": _TEXT, "details": _TEXT, "share": _SHARE,
    "startDate": _TEXT, "endDate": _TEXT,
})  # fmt: skip
_PARTY = pl.Struct({
    "describedByEntityStatement": _TEXT, "describedByPersonStatement": _TEXT, "reason": _TEXT, "description": _TEXT,
    "unspecified": _TOLD,
})  # fmt: skip
PARTIES: dict[str, pl.DataType] = {
    "name": _TEXT, "entityType": pl.Struct({"type": _TEXT, "subtype": _TEXT}), "personType": _TEXT,
    "unspecifiedEntityDetails": _TOLD, "unspecifiedPersonDetails": _TOLD, "jurisdiction": _PLACE,
    "incorporatedInJurisdiction": _PLACE, "identifiers": pl.List(pl.Struct({"id": _TEXT, "scheme": _TEXT})),
    "foundingDate": _TEXT, "dissolutionDate": _TEXT, "birthDate": _TEXT, "deathDate": _TEXT,
    "addresses": pl.List(pl.Struct({"address": _TEXT, "postCode": _TEXT, "country": _PLACE})),
    "names": pl.List(pl.Struct({"type": _TEXT, "fullName": _TEXT, "givenName": _TEXT, "familyName": _TEXT})),
    "nationalities": pl.List(_PLACE),
}  # fmt: skip
"""What is read of a person or a legal entity."""
RELATIONS: dict[str, pl.DataType] = {
    "subject": _PARTY, "interestedParty": _PARTY, "interests": pl.List(_INTEREST),
    "componentRecords": pl.List(_TEXT), "componentStatementIDs": pl.List(_TEXT),
}  # fmt: skip
"""What is read of a relationship."""
_HEAD: dict[str, pl.DataType] = {
    "statementDate": _TEXT, "publicationDetails": pl.Struct({"publicationDate": _TEXT}),
}  # fmt: skip


def record(details: Mapping[str, pl.DataType]) -> pl.Struct:
    """0.4: a statement is about a record, which is new, updated or closed."""
    return pl.Struct({
        "statementId": _TEXT, "recordId": _TEXT, "recordType": _TEXT, "recordStatus": _TEXT, **_HEAD,
        "recordDetails": pl.Struct(dict(details)),
    })  # fmt: skip


def statement(details: Mapping[str, pl.DataType]) -> pl.Struct:
    """0.1 to 0.3: a statement stands alone, and may replace others."""
    return pl.Struct({
        "statementID": _TEXT, "statementType": _TEXT, "replacesStatements": pl.List(_TEXT), **_HEAD, **details,
    })  # fmt: skip


BARE_PARTIES = {"entityType": "type", "country": "code"}
BARE_RELATIONS = {"subject": "describedByEntityStatement", "interestedParty": "describedByEntityStatement"}
"""Members that are a text in some versions and an object in others, and what the text is of the object."""

TYPES = {"entityStatement": "entity", "personStatement": "person", "ownershipOrControlStatement": "relationship"}
KINDS = {
    "registeredEntity": "company", "legalEntity": "company", "arrangement": "trust", "state": "public body",
    "stateBody": "public body", "anonymousEntity": "unknown", "unknownEntity": "unknown", "knownPerson": "person",
    "anonymousPerson": "unknown", "unknownPerson": "unknown",
}  # fmt: skip
ROLES = {"boardMember": "director", "boardChair": "director", "seniorManagingOfficial": "manager", "nominee": "nominee"}
RIGHTS = {
    "voting-rights": "votingRights", "appointment-of-board": "appointmentOfBoard",
    "influence-or-control": "otherInfluenceOrControl", "other-influence-or-control": "otherInfluenceOrControl",
    "senior-managing-official": "seniorManagingOfficial", "settlor-of-trust": "settlor", "trustee-of-trust": "trustee",
    "protector-of-trust": "protector", "beneficiary-of-trust": "beneficiaryOfLegalArrangement",
    "other-influence-or-control-of-trust": "otherInfluenceOrControl",
    "rights-to-surplus-assets": "rightsToSurplusAssetsOnDissolution",
    "rights-to-surplus-assets-on-dissolution": "rightsToSurplusAssetsOnDissolution",
    "rights-to-profit-or-income": "rightsToProfitOrIncome", "rights-granted-by-contract": "rightsGrantedByContract",
    "conditional-rights-granted-by-contract": "conditionalRightsGrantedByContract",
    "rightsToSurplusAssets": "rightsToSurplusAssetsOnDissolution",
}  # fmt: skip
"""Interest types of 0.1 and 0.2 that are called otherwise since."""
