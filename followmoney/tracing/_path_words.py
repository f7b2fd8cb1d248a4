"""A path in sentences."""

from __future__ import annotations

from typing import Any

import polars as pl

from followmoney.schema.codes import money

_CASH, _UNKNOWN = "(cash ", "(unknown "


def sentences(path: pl.DataFrame) -> list[str]:
    """A sentence for every step of paths, as `Trace.paths` and `Trace.path` give them: who paid whom, when, how much.

    Each says how much of it was claim money, and where it stands in the sources.
    """
    return [_sentence(row) for row in path.iter_rows(named=True)]


def _sentence(row: dict[str, Any]) -> str:
    amount = money(row["amount"], row["currency"])
    payer, payee = _who(row, "originator"), _who(row, "beneficiary")
    bought = f" for {row['asset']}" if row["asset"] else ""
    if row["originator"].startswith(_CASH):
        said = f"{amount} was paid in cash into {payee}"
    elif row["beneficiary"].startswith(_CASH):
        said = f"{payer} paid out {amount} in cash{bought}"
    else:
        said = f"{payer} paid {payee} {amount}{bought}"
    if row["currency_received"] != row["currency"]:
        said += f" (received: {money(row['amount_received'], row['currency_received'])})"
    if row["step"] == 0:
        part = "which is claimed"
    elif row["claim"] == row["amount"]:
        part = "all of it claim money"
    else:
        part = f"of which {money(row['claim'], row['currency'])} was claim money"
    return f"On {row['booked_at']:%Y-%m-%d} {said}, {part}{_source(row)}."


def _who(row: dict[str, Any], end: str) -> str:
    if row[end].startswith(_UNKNOWN):
        return "an unknown payer" if end == "originator" else "an unknown payee"
    return f"{row[end]} ({row[end + '_name']})" if row[end + "_name"] else row[end]


def _source(row: dict[str, Any]) -> str:
    where = [f"source {row['source']}"] if row["source"] else []
    if row["row"] is not None:
        where.append(f"row {row['row']}")
    return f" ({', '.join(where)})" if where else ""
