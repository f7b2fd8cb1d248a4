"""The table of addresses of parties."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, country_code, identifier, named


class Addresses(Sourced):
    """Where a party is or was."""

    party = identifier("Party.", ref="parties", ftm="LegalEntity.addressEntity", bods="subject")
    street = dy.String(
        nullable=True,
        description="Street and number.",
        metadata=named(iso20022="StrtNm", goaml="address", ftm="Address.street", bods="address"),
    )
    postcode = dy.String(
        nullable=True,
        description="Postcode.",
        metadata=named(iso20022="PstCd", goaml="zip", ftm="Address.postalCode", bods="postCode"),
    )
    city = dy.String(
        nullable=True, description="Town.", metadata=named(iso20022="TwnNm", goaml="city", ftm="Address.city")
    )
    country = country_code("Country.", iso20022="Ctry", goaml="country_code", ftm="Address.country", bods="country")
    start = dy.Date(nullable=True, description="From.")
    end = dy.Date(nullable=True, description="Until.")
