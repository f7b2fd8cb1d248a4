"""The columns every generated table has, in order, with their types."""

from __future__ import annotations

import polars as pl

INSTANT = pl.Datetime("us", "UTC")

SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    "transactions": {
        "id": pl.String(),
        "booked_at": INSTANT,
        "value_date": pl.Date(),
        "sequence": pl.Int64(),
        "originator": pl.String(),
        "beneficiary": pl.String(),
        "amount": pl.Int64(),
        "currency": pl.String(),
        "amount_received": pl.Int64(),
        "currency_received": pl.String(),
        "channel": pl.String(),
        "purpose": pl.String(),
        "reference": pl.String(),
        "status": pl.String(),
        "reverses": pl.String(),
    },
    "accounts": {
        "id": pl.String(),
        "holder": pl.String(),
        "scheme": pl.String(),
        "institution": pl.String(),
        "country": pl.String(),
        "currency": pl.String(),
        "opened": pl.Date(),
        "closed": pl.Date(),
    },
    "parties": {
        "id": pl.String(),
        "kind": pl.String(),
        "name": pl.String(),
        "country": pl.String(),
        "founded": pl.Date(),
        "dissolved": pl.Date(),
        "sector": pl.String(),
        "status": pl.String(),
        "lei": pl.String(),
        "register_number": pl.String(),
        "vat": pl.String(),
    },
    "addresses": {
        "party": pl.String(),
        "street": pl.String(),
        "postcode": pl.String(),
        "city": pl.String(),
        "country": pl.String(),
        "start": pl.Date(),
        "end": pl.Date(),
    },
    "roles": {
        "party": pl.String(),
        "of": pl.String(),
        "kind": pl.String(),
        "start": pl.Date(),
        "end": pl.Date(),
    },
    "interests": {
        "owner": pl.String(),
        "owned": pl.String(),
        "kind": pl.String(),
        "share_min": pl.Float64(),
        "share_max": pl.Float64(),
        "direct": pl.Boolean(),
        "start": pl.Date(),
        "end": pl.Date(),
    },
    "assets": {
        "id": pl.String(),
        "kind": pl.String(),
        "description": pl.String(),
        "holder": pl.String(),
        "value": pl.Int64(),
        "currency": pl.String(),
        "valued_at": pl.Date(),
        "acquired_by": pl.List(pl.String()),
        "encumbrance": pl.Int64(),
        "country": pl.String(),
    },
    "balances": {
        "account": pl.String(),
        "at": INSTANT,
        "amount": pl.Int64(),
        "currency": pl.String(),
        "kind": pl.String(),
        "after": pl.String(),
    },
    "truth_schemes": {
        "scheme": pl.String(),
        "pattern": pl.String(),
        "first": INSTANT,
        "last": INSTANT,
    },
    "truth_members": {
        "scheme": pl.String(),
        "transaction": pl.String(),
        "role": pl.String(),
    },
}

DECLARED: dict[str, pl.DataType] = {**SCHEMAS["parties"], "income": pl.Int64(), "income_currency": pl.String()}
"""Parties with the income a year that some have declared."""

TRADES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "transaction": pl.String(),
    "seller": pl.String(),
    "buyer": pl.String(),
    "goods": pl.String(),
    "quantity": pl.Float64(),
    "unit": pl.String(),
    "value": pl.Int64(),
    "currency": pl.String(),
    "terms": pl.String(),
    "origin": pl.String(),
    "destination": pl.String(),
    "issued_at": pl.Date(),
    "shipped_at": pl.Date(),
    "document": pl.String(),
}
"""What invoices and customs say, which the harbour has no need of."""

PLACED: dict[str, pl.DataType] = {
    **SCHEMAS["transactions"],
    "place": pl.String(),
    "terminal": pl.String(),
    "conductor": pl.String(),
}
"""Transactions with where cash was paid in or taken out, and by whom if not by the holder."""
