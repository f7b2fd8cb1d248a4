"""The table of statements received: which account, which period."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, currency_code, identifier, named


class Statements(Sourced):
    """A statement that was received: what is not covered by one is not known."""

    account = identifier("Account.", ref="accounts", iso20022="Stmt/Acct", ftm="BankAccount.id")
    start = dy.Date(description="First day covered.", metadata=named(iso20022="FrToDt/FrDtTm"))
    end = dy.Date(description="Last day covered.", metadata=named(iso20022="FrToDt/ToDtTm"))
    opening = dy.Int64(
        nullable=True,
        description="Balance it opens with.",
        metadata=named(unit="minor units of currency", iso20022="Bal[OPBD]"),
    )
    closing = dy.Int64(
        nullable=True,
        description="Balance it closes with.",
        metadata=named(unit="minor units of currency", iso20022="Bal[CLBD]"),
    )
    currency = currency_code("Currency.", nullable=True, iso20022="Acct/Ccy")
    movements = dy.Int64(
        nullable=True,
        description="What the booked entries that were read on it come to, taken or refused; empty where none is known "
        "to stand on it.",
        metadata=named(unit="minor units of currency"),
    )
    entries = dy.List(
        dy.String(),
        nullable=True,
        description='Where they stand, a text a file: "march.xml 12-40" (first and last row).',
    )
