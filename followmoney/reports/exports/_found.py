"""What findings rest on: their transactions, each once, and the findings that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.finding import Findings
from followmoney.reports.exports._rows import Row

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger


def findings(case: Case) -> Findings:
    """The findings of a case but those that an analyst excluded; none where it has none."""
    return case.considered if case.considered is not None else Findings.empty()


def transactions(case: Case, ledger: Ledger) -> list[Row]:
    """Every transaction that proves a finding, in order of time, with `findings` (identifiers, in order of rank)."""
    told = findings(case).evidence.group_by("transaction", maintain_order=True).agg(
        pl.col("finding").unique(maintain_order=True).alias("findings")
    )  # fmt: skip
    kept = ledger.transactions.join(
        told, left_on="id", right_on="transaction", how="inner", maintain_order="left"
    )  # fmt: skip
    return kept.to_dicts()
