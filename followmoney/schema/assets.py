"""The table of assets: things money was turned into."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, country_code, currency_code, identifier, named
from followmoney.schema.codes import ASSET_KINDS


class Assets(Sourced):
    """A thing of value that is not an account: who holds it, what it is worth, which transactions paid for it."""

    id = identifier("Asset (register number where it has one).", key=True, goaml="item_number", ftm="Asset.id")
    kind = dy.Enum(ASSET_KINDS, description="What it is.", metadata=named(goaml="item_type", ftm="schema"))
    description = dy.String(
        nullable=True, description="In words.", metadata=named(goaml="description", ftm="Thing.description")
    )
    holder = identifier(
        "Party that holds it.", nullable=True, ref="parties", goaml="presently_registered_to", ftm="Ownership.owner"
    )
    value = dy.Int64(
        nullable=True,
        min=0,
        description="Value.",
        metadata=named(unit="minor units of currency", goaml="estimated_value", ftm="Value.amount"),
    )
    currency = currency_code("Currency of the value.", nullable=True, goaml="currency_code", ftm="Value.currency")
    valued_at = dy.Date(nullable=True, description="Day the value is of.")
    acquired_by = dy.List(
        dy.String(),
        nullable=True,
        description="Transactions that paid for it: claim money goes with them into it (a loan: on to the borrower).",
        metadata=named(ref="transactions"),
    )
    encumbrance = dy.Int64(
        nullable=True,
        min=0,
        description="Rights of others in it (a mortgage).",
        metadata=named(unit="minor units of currency"),
    )
    country = country_code("Country it is in.", goaml="registration_country", ftm="Thing.country")
