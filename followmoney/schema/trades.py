"""The table of trades: what was sold to whom, at what value, and when it was shipped."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, country_code, currency_code, identifier, named


class Trades(Sourced):
    """One line of an invoice, a bill of lading or a customs declaration."""

    id = identifier("Line.", key=True)
    transaction = identifier("Transaction that pays for it.", nullable=True, ref="transactions")
    seller = identifier("Party that sells (exporter).", nullable=True, ref="parties")
    buyer = identifier("Party that buys (importer), as the document names it.", nullable=True, ref="parties")
    goods = dy.String(nullable=True, description="Goods (code of the Harmonized System, or of the customs tariff).")
    quantity = dy.Float64(nullable=True, min=0, description="How much.", metadata=named(unit="unit"))
    unit = dy.String(nullable=True, description="Unit of the quantity (kg, t, piece).")
    value = dy.Int64(
        nullable=True, min=0, description="Value as declared.", metadata=named(unit="minor units of currency")
    )
    currency = currency_code("Currency of the value.", nullable=True)
    terms = dy.String(nullable=True, description="Terms of delivery (Incoterms: FOB, CIF, EXW).")
    origin = country_code("Country the goods come from.")
    destination = country_code("Country the goods go to.")
    issued_at = dy.Date(nullable=True, description="Day of the document.")
    shipped_at = dy.Date(nullable=True, description="Day the goods were shipped; empty where no shipment is recorded.")
    document = dy.String(
        nullable=True,
        description="Number of the invoice or declaration; lines of one seller with the same number belong together.",
    )
