"""The table of balances that statements state."""

from __future__ import annotations

import dataframely as dy

from followmoney.schema.base import Sourced, currency_code, identifier, named
from followmoney.schema.codes import BALANCE_KINDS


class Balances(Sourced):
    """What a statement says stood on an account at a time."""

    account = identifier("Account.", ref="accounts", iso20022="Acct/Id", goaml="account", ftm="BankAccount.id")
    at = dy.Datetime(
        time_zone="UTC",
        time_unit="us",
        description="At (UTC).",
        metadata=named(iso20022="Bal/Dt", goaml="date_balance", ftm="BankAccount.balanceDate"),
    )
    amount = dy.Int64(
        description="Balance; negative when overdrawn.",
        metadata=named(unit="minor units of currency", iso20022="Bal/Amt", goaml="balance", ftm="BankAccount.balance"),
    )
    currency = currency_code("Currency.", iso20022="Bal/Amt@Ccy")
    kind = dy.Enum(
        BALANCE_KINDS, description="Opening, closing, or stated after a movement.", metadata=named(iso20022="Bal/Tp")
    )
    after = identifier("Transaction after which it was stated.", nullable=True, ref="transactions")
