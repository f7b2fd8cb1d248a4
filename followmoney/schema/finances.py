"""The table of finances: what a person had, earned, received and spent, as declarations and enquiries say."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from followmoney.schema.base import Sourced, currency_code, identifier, named
from followmoney.schema.codes import FINANCE_KINDS
from followmoney.schema.rules import rule


class Finances(Sourced):
    """One line of a financial profile: something a party had or owed on a day, or earned or spent over days."""

    party = identifier("Whose it is.", ref="parties")
    kind = dy.Enum(
        FINANCE_KINDS,
        description="On a day: asset, debt, cash_on_hand. Over days: income (lawful), receipt (gift, inheritance, loan "
        "that no debt shows), living_cost, cash_spent (the part of the living costs paid in cash), outlay (paid for "
        "things, less what was borrowed for them).",
    )
    start = dy.Date(nullable=True, description="First day it is earned or spent over; empty for what stood on a day.")
    end = dy.Date(description="Last day, or the day it stood on.")
    amount = dy.Int64(min=0, description="Amount.", metadata=named(unit="minor units of currency"))
    currency = currency_code("Currency.")
    description = dy.String(nullable=True, description="In words; the same words on two days are the same thing.")

    @dy.rule()
    def days_fit_the_kind(cls) -> pl.Expr:  # noqa: N805
        """What is earned or spent has a first day, not after the last; what stood on a day has none."""
        return rule("finances", "days_fit_the_kind")
