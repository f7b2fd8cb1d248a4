"""Gaps and breaks: days without a statement, statements and balances that the movements do not explain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import columns, retell, retold, say
from followmoney.ledger.coverage import NO_BALANCES, coverage
from followmoney.ledger.integrity import integrity
from followmoney.reports._blocks import Block, Cell, Head, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._codes import sourced
from followmoney.reports._money import many, plain

if TYPE_CHECKING:
    from followmoney.ledger import Ledger

_MOST = 100


def sentences(ledger: Ledger) -> Iterator[str]:
    """How many there are, or that nothing can be said."""
    told, stated = coverage(ledger), integrity(ledger)
    if not len(told):
        yield say("No statement that names its days was received, so a missing one cannot be seen.")
    else:
        yield say(
            "Of {statements} that name their days, {wrong} do not fit the one before or their own balances; {days} "
            "between statements are missing.",
            statements=many(len(told), "statement"), wrong=len(_wrong(told)),
            days=many(int(told["missing_days"].sum()), "day"),
        )  # fmt: skip
    if not len(stated):
        yield say("No stated balance was received, so movements that are missing cannot be seen from balances.")
    else:
        yield say(
            "Of {accounts} with stated balances, the movements do not lead from one balance to the next in {broken}.",
            accounts=many(len(stated), "account"), broken=len(_broken(stated)),
        )  # fmt: skip


def gaps(ledger: Ledger) -> list[Block]:
    """A row a statement or account where something is missing."""
    wrong, broken = _wrong(coverage(ledger)), _broken(integrity(ledger))
    blocks: list[Block] = [Head(say("Gaps and breaks in statements and balances")), Text(" ".join(sentences(ledger)))]
    if len(wrong):
        rows = [
            row(
                Cell(s["account"], code=True, more=sourced(s)), str(s["start"] or ""), str(s["end"] or ""),
                retell("; ").join(retold(s["finding"].split("; "))),
            )
            for s in wrong.head(_MOST).iter_rows(named=True)
        ]  # fmt: skip
        blocks.append(table(columns("Account", "From|", "To|", "What is wrong"), rows, capped(len(rows), len(wrong))))
    if len(broken):
        rows = [
            row(
                Cell(b["account"], code=True), b["currency"], f"{b['first_at']:%Y-%m-%d}" if b["first_at"] else "",
                plain(b["first_difference"], b["currency"]), plain(b["difference"], b["currency"]),
            )
            for b in broken.head(_MOST).iter_rows(named=True)
        ]  # fmt: skip
        heads = columns("Account", "Currency", "First break|", "Missing there>", "Missing in all>")
        blocks.append(table(heads, rows, capped(len(rows), len(broken))))
    return blocks


def _wrong(told: pl.DataFrame) -> pl.DataFrame:
    return told.filter(~pl.col("finding").is_in(["", NO_BALANCES]))


def _broken(stated: pl.DataFrame) -> pl.DataFrame:
    return stated.filter(pl.col("first_difference").is_not_null())
