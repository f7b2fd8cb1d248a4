"""The table of accounts: anything that holds value."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, country_code, currency_code, identifier, named
from followmoney.schema.codes import SCHEMES


class Accounts(Sourced):
    """Anything that holds value: a bank account, a wallet, a card, a cash desk; outside ends are accounts too."""

    id = identifier(
        "Account as the source identifies it (IBAN, number, address of a wallet).",
        key=True,
        iso20022="Acct/Id",
        goaml="account",
        ftm="BankAccount.accountNumber",
    )
    holder = identifier(
        "Party that holds it.",
        nullable=True,
        ref="parties",
        iso20022="Acct/Ownr",
        goaml="signatory",
        ftm="Ownership.owner",
    )
    scheme = dy.Enum(
        SCHEMES,
        nullable=True,
        description="What kind of identifier `id` is; cash and unknown are outside ends.",
        metadata=named(iso20022="SchmeNm", goaml="personal_account_type"),
    )
    institution = dy.String(
        nullable=True,
        description="Institution that keeps it (BIC where known).",
        metadata=named(iso20022="Svcr/FinInstnId/BICFI", goaml="swift", ftm="BankAccount.bic"),
    )
    country = country_code(
        "Country it is kept in.",
        iso20022="Svcr/FinInstnId/PstlAdr/Ctry",
        goaml="institution_country",
        ftm="BankAccount.country",
    )
    currency = currency_code(
        "Currency it is kept in.", nullable=True, iso20022="Acct/Ccy", goaml="currency_code", ftm="BankAccount.currency"
    )
    opened = dy.Date(
        nullable=True, description="Opened on.", metadata=named(goaml="opened", ftm="BankAccount.openingDate")
    )
    closed = dy.Date(
        nullable=True, description="Closed on.", metadata=named(goaml="closed", ftm="BankAccount.closingDate")
    )
