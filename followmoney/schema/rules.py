"""The rules that look at more than one column of a row, by table: their columns, and what must be true of them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from followmoney.schema.codes import STOOD

Rule = tuple[tuple[str, ...], Callable[..., pl.Expr]]


def _one_end_known(originator: pl.Expr, beneficiary: pl.Expr) -> pl.Expr:
    """An empty end is cash or an unknown outside account; two empty ends are a broken row."""
    return originator.is_not_null() | beneficiary.is_not_null()


def _converted_in_full(amount: pl.Expr, currency: pl.Expr) -> pl.Expr:
    """A converted amount comes with its currency, and a currency with its amount."""
    return amount.is_null() == currency.is_null()


def _least_below_most(least: pl.Expr, most: pl.Expr) -> pl.Expr:
    """The least share is not above the most."""
    return (least <= most).fill_null(value=True)


def _days_fit_the_kind(kind: pl.Expr, start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """What is earned or spent has a first day, not after the last; what stood on a day has none."""
    stood = kind.cast(pl.String).is_in(STOOD)
    return pl.when(stood).then(start.is_null()).otherwise((start <= end).fill_null(value=False))


RULES: dict[str, dict[str, Rule]] = {
    "transactions": {
        "one_end_known": (("originator", "beneficiary"), _one_end_known),
        "converted_in_full": (("amount_received", "currency_received"), _converted_in_full),
    },
    "finances": {"days_fit_the_kind": (("kind", "start", "end"), _days_fit_the_kind)},
    "interests": {"least_below_most": (("share_min", "share_max"), _least_below_most)},
}


def rule(table: str, name: str) -> pl.Expr:
    """One rule over the table's own columns."""
    columns, kept = RULES[table][name]
    return kept(*map(pl.col, columns))
