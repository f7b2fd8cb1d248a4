"""The harbour matter: one small invented case, complete from cash deposit to villa."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from .story import registers
from .story.book import Book
from .story.firms import trade
from .story.households import live
from .story.posting import balances, in_order, transactions
from .story.scheme import launder
from .tables import SCHEMAS

SEED = 417


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as tables, and what is true about it: the label of the story to the ids of its transactions."""

    tables: dict[str, pl.DataFrame]
    truth: dict[str, list[str]]


def harbour(seed: int = SEED) -> Matter:
    """Tell the harbour matter: the offence is fixed, the seed only moves everyday amounts and times."""
    book = Book(seed)
    launder(book)
    trade(book)
    live(book)
    lines = in_order(book)
    moved, ids = transactions(book, lines)
    truth: dict[str, list[str]] = {}
    for number, move in lines:
        if move.label:
            truth.setdefault(move.label, []).append(ids[number])
    loans = dict(zip(("lent_z", "lent_l"), ([i] for i in truth["loan"]), strict=True))
    found: dict[str, list[dict[str, Any]]] = {
        "transactions": moved,
        "accounts": registers.accounts(book),
        "parties": registers.parties(),
        "addresses": registers.addresses(),
        "roles": registers.roles(book),
        "interests": registers.interests(),
        "assets": registers.assets(truth | loans),
        "balances": balances(book, lines, ids),
    }
    return Matter({name: pl.DataFrame(rows, schema=SCHEMAS[name]) for name, rows in found.items()}, truth)
