"""What is read of a FollowTheMoney record, by schema."""

from __future__ import annotations

import polars as pl

_MANY = pl.List(pl.String())


def _shape(*names: str) -> pl.Struct:
    return pl.Struct({"id": pl.String(), "schema": pl.String(), "properties": pl.Struct(dict.fromkeys(names, _MANY))})


PARTIES = {
    "Person": "person", "Company": "company", "Organization": None, "LegalEntity": None, "PublicBody": "public body",
}  # fmt: skip
"""Kinds of party; an Organization may be anything."""
ASSETS = {  # an Asset may be anything; its summary says what, where it is one of our kinds
    "RealEstate": "real_estate", "Vehicle": "vehicle", "Vessel": "vessel", "Airplane": "aircraft",
    "Security": "security", "Asset": "valuable",
}  # fmt: skip
ACCOUNTS = {"BankAccount": None, "CryptoWallet": "wallet"}
LINKS = {
    "Ownership": ("owner", "asset"), "Directorship": ("director", "organization"),
    "Representation": ("agent", "client"),
}  # fmt: skip
"""Links that give rows: whose they are, and in what."""
PAYMENT, ADDRESS = "Payment", "Address"

_INTERVAL = ("startDate", "endDate", "date", "role", "summary")
PARTY_SHAPE = _shape(
    "name", "country", "jurisdiction", "nationality", "mainCountry", "birthDate", "incorporationDate", "deathDate",
    "dissolutionDate", "sector", "status", "leiCode", "registrationNumber", "vatCode", "taxNumber", "address",
    "addressEntity",
)  # fmt: skip
THING_SHAPE = _shape(
    "name", "full", "street", "street2", "city", "postalCode", "country", "iban", "accountNumber", "bic", "currency",
    "openingDate", "closingDate", "publicKey", "registrationNumber", "description", "address",
    "holder", "summary",
)  # fmt: skip
LINK_SHAPE = _shape(
    "owner", "asset", "director", "organization", "agent", "client", "percentage", "ownershipType", *_INTERVAL
)
PAYMENT_SHAPE = _shape(
    "payer", "payerAccount", "beneficiary", "beneficiaryAccount", "amount", "currency", "amountEur", "amountUsd",
    "date", "purpose", "transactionNumber", "sequenceNumber",
)  # fmt: skip
