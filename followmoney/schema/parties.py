"""The table of parties: persons and legal entities."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, country_code, currency_code, identifier, named
from followmoney.schema.codes import PARTY_KINDS


class Parties(Sourced):
    """A person or legal entity: whoever holds an account, owns a share or has a role."""

    id = identifier("Party.", key=True, bods="recordId", goaml="entity_person_ref", ftm="LegalEntity.id")
    kind = dy.Enum(
        PARTY_KINDS,
        nullable=True,
        description="Person, company, trust, public body or unknown.",
        metadata=named(bods="recordType", ftm="schema"),
    )
    name = dy.String(
        nullable=True,
        description="Name as the source writes it.",
        metadata=named(iso20022="Nm", goaml="name", ftm="LegalEntity.name", bods="name"),
    )
    country = country_code(
        "Country of residence or registration.",
        iso20022="CtryOfRes",
        goaml="incorporation_country_code",
        ftm="LegalEntity.country",
        bods="jurisdiction",
    )
    founded = dy.Date(
        nullable=True,
        description="Founded, or born.",
        metadata=named(goaml="incorporation_date", ftm="Company.incorporationDate", bods="foundingDate"),
    )
    founded_latest = dy.Date(
        nullable=True,
        description="Last day it can have been, where only a month or a year is stated; `founded` is then the first.",
    )
    dissolved = dy.Date(
        nullable=True,
        description="Dissolved, or died.",
        metadata=named(goaml="date_business_closed", ftm="Company.dissolutionDate", bods="dissolutionDate"),
    )
    sector = dy.String(
        nullable=True, description="Sector (NACE code).", metadata=named(goaml="business", ftm="LegalEntity.sector")
    )
    status = dy.String(nullable=True, description="Status in its register.", metadata=named(ftm="LegalEntity.status"))
    lei = dy.String(
        nullable=True,
        regex=r"^[A-Z0-9]{20}$",
        description="Legal Entity Identifier.",
        metadata=named(iso20022="LEI", ftm="LegalEntity.leiCode", bods="identifiers[XI-LEI]"),
    )
    register_number = dy.String(
        nullable=True,
        description="Number in its national register.",
        metadata=named(goaml="incorporation_number", ftm="LegalEntity.registrationNumber", bods="identifiers"),
    )
    vat = dy.String(
        nullable=True,
        description="VAT or tax number.",
        metadata=named(goaml="tax_reg_number", ftm="LegalEntity.vatCode"),
    )
    income = dy.Int64(
        nullable=True,
        min=0,
        description="Declared income a year.",
        metadata=named(unit="minor units of income_currency"),
    )
    income_currency = currency_code("Currency of the declared income.", nullable=True)
