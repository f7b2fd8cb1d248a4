"""The table of transactions: one movement of value a row."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from followmoney.schema.base import Sourced, currency_code, identifier, named
from followmoney.schema.codes import CHANNELS, SIDES, STATUSES
from followmoney.schema.rules import rule


class Transactions(Sourced):
    """One movement of value: who paid whom, how much, when, by which channel."""

    id = identifier("Transaction.", key=True, iso20022="TxId", goaml="transactionnumber", ftm="Payment.id")
    booked_at = dy.Datetime(
        time_zone="UTC", time_unit="us",
        description="When it was booked (UTC, microseconds; midnight where only a day is known).",
        metadata=named(iso20022="BookgDt", goaml="date_transaction", ftm="Payment.date"),
    )  # fmt: skip
    value_date = dy.Date(
        nullable=True,
        description="Value date.",
        metadata=named(iso20022="ValDt", goaml="value_date", ftm="Payment.endDate"),
    )
    sequence = dy.Int64(
        nullable=True,
        description="The bank's posting sequence; orders rows booked at the same time.",
        metadata=named(iso20022="NtryRef", ftm="Payment.sequenceNumber"),
    )
    originator = identifier(
        "Debited account.", ref="accounts", iso20022="DbtrAcct", goaml="from_account", ftm="Payment.payerAccount"
    )
    beneficiary = identifier(
        "Credited account.", ref="accounts", iso20022="CdtrAcct", goaml="to_account", ftm="Payment.beneficiaryAccount"
    )
    amount = dy.Int64(
        min=1,
        description="Amount debited.",
        metadata=named(unit="minor units of currency", iso20022="Amt", goaml="amount_local", ftm="Payment.amount"),
    )
    currency = currency_code(
        "Currency debited.", iso20022="Amt@Ccy", goaml="currency_code_local", ftm="Payment.currency"
    )
    amount_received = dy.Int64(
        nullable=True,
        min=1,
        description="Amount credited, where it was converted.",
        metadata=named(unit="minor units of currency_received", iso20022="CntrValAmt", goaml="foreign_amount"),
    )
    currency_received = currency_code(
        "Currency credited, where it was converted.",
        nullable=True,
        iso20022="CntrValAmt@Ccy",
        goaml="foreign_currency_code",
    )
    channel = dy.Enum(
        CHANNELS,
        nullable=True,
        description="How the value moved.",
        metadata=named(iso20022="BkTxCd", goaml="transmode_code"),
    )
    purpose = dy.String(
        nullable=True,
        description="Purpose as written.",
        metadata=named(iso20022="RmtInf/Ustrd", goaml="transaction_description", ftm="Payment.purpose"),
    )
    reference = dy.String(
        nullable=True,
        description="Reference given by a party.",
        metadata=named(iso20022="EndToEndId", goaml="internal_ref_number", ftm="Payment.transactionNumber"),
    )
    place = dy.String(
        nullable=True,
        description="Town or branch where it was made, for what is paid in or taken out over a counter or a machine.",
        metadata=named(iso20022="CardTx/POI/Loctn", goaml="transaction_location"),
    )
    terminal = dy.String(
        nullable=True,
        description="Counter, machine or card terminal it was made at.",
        metadata=named(iso20022="CardTx/POI/Id"),
    )
    conductor = dy.String(
        nullable=True,
        description="Who carried it out, where that is not the holder: a party, or a name as written.",
        metadata=named(iso20022="UltmtDbtr", goaml="t_conductor"),
    )
    status = dy.Enum(
        STATUSES,
        nullable=True,
        description="Booked unless said otherwise; only booked rows move money.",
        metadata=named(iso20022="Sts"),
    )
    side = dy.Enum(
        SIDES,
        nullable=True,
        description="Which end's statement the row stands on; rows of two statements can be one transfer seen twice.",
        metadata=named(iso20022="CdtDbtInd"),
    )
    reverses = identifier(
        "Transaction that this one undoes.", nullable=True, ref="transactions", iso20022="RtrInf/OrgnlTxId"
    )
    count = dy.Int64(
        nullable=True,
        min=1,
        description="How many payments an aggregated row stands for; empty where not said, then it counts as one row.",
        metadata=named(unit="payments", iso20022="NbOfTxs"),
    )

    @dy.rule()
    def one_end_known(cls) -> pl.Expr:  # noqa: N805
        """At least one end is known."""
        return rule("transactions", "one_end_known")

    @dy.rule()
    def converted_in_full(cls) -> pl.Expr:  # noqa: N805
        """A converted amount comes with its currency, and a currency with its amount."""
        return rule("transactions", "converted_in_full")
