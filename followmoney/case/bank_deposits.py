"""Bank deposits: what came into a party's accounts, purged of what is no income."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from followmoney.case._finances import Finances, Range, total
from followmoney.case.unexplained import Unexplained, line, summed
from followmoney.errors import InputError, unknown
from followmoney.ledger import Ledger


def bank_deposits(
    ledger: Ledger,
    party: str,
    start: date,
    end: date,
    *,
    currency: str = "EUR",
    opening_cash: Range | None = None,
    also: Sequence[str] = (),
) -> Unexplained:
    """What was paid into a party's accounts and cash spent, less own transfers, known receipts and lawful income.

    Own transfers are found from the ledger: from any account of the party, or of the parties `also` counted with it (a
    company it owns). What was given back (rows that undo another) is taken off. Cash paid in may be cash drawn before,
    or kept from the start: the range goes from none of it to as much as there can have been at each moment.

    Raises:
        InputError: The ledger knows no account of the party. SettingsError: Days or cash in the wrong order.

    Source: bank deposits method (US v Boulet, 577 F.2d 1165, 1167 (5th Cir. 1978)): net deposits + cash expenditures -
    known income.
    """
    known = Finances.of(ledger, party, start, end, currency)
    holders = [party, *also]
    accounts = ledger["accounts"]
    own = accounts.filter(pl.col("holder").is_in(holders))
    if not len(own):
        raise InputError(unknown("holder of an account", party, accounts["holder"].drop_nulls().unique().sort()))
    cash, _, notes = known.opening_cash(opening_cash)
    moved = _moved(ledger, start, end, currency)
    mine = own["id"].implode()
    paid_in = moved.filter(pl.col("beneficiary").is_in(mine))
    inside = paid_in.filter(pl.col("originator").is_in(mine))
    outer = paid_in.filter(~pl.col("originator").is_in(mine))
    undone = outer.filter(pl.col("reverses").is_not_null() | (pl.col("status") == "returned"))
    again = _again(moved, mine, cash[1])
    gifts, spent, income = known.ran("receipt"), known.ran("cash_spent"), known.ran("income")
    frame, least, most = summed([
        line("Paid into the accounts", 1, total(paid_in), paid_in),
        line("Own transfers", -1, total(inside), inside),
        line("Given back", -1, total(undone), undone),
        line("Loans, gifts and other receipts", -1, total(gifts), gifts),
        line("Cash paid in again, or kept from before", -1, (0, again)),
        line("Cash spent", 1, total(spent), spent),
        line("Lawful income", -1, total(income), income),
    ])  # fmt: skip
    notes += known.cut_through("receipt", "cash_spent", "income")
    return Unexplained("Bank deposits", party, currency, start, end, least, most, frame, notes)


def _moved(ledger: Ledger, start: date, end: date, currency: str) -> pl.DataFrame:
    """Booked movements between the days, in order, with what arrived in the currency."""
    text = [pl.col(c).cast(pl.String) for c in ("status", "channel", "currency", "currency_received", "source")]
    frame = ledger.transactions.with_columns(text).filter(
        (pl.col("booked_at").dt.date() >= start)
        & (pl.col("booked_at").dt.date() < end + timedelta(days=1))
        & (pl.col("status").is_null() | pl.col("status").is_in(["booked", "returned"]))
    )
    arrived = frame.with_columns(
        amount=pl.coalesce("amount_received", "amount"), currency=pl.coalesce("currency_received", "currency")
    )
    return arrived.filter(pl.col("currency") == currency)


def _again(moved: pl.DataFrame, mine: pl.Expr | pl.Series, at_hand: int) -> int:
    """The most of the cash paid in that can be cash drawn from these accounts before, or at hand at the start."""
    again = 0
    of_cash = moved.filter(pl.col("channel") == "cash").select(
        "amount", into=pl.col("beneficiary").is_in(mine), out=pl.col("originator").is_in(mine)
    )
    for amount, into, out in of_cash.iter_rows():
        if into and not out:
            back = min(amount, at_hand)
            again, at_hand = again + back, at_hand - back
        elif out and not into:
            at_hand += amount
    return again
