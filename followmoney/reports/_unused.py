"""Material not relied on: per source, how many rows no figure of the report rests on, for disclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import columns, mark, say
from followmoney.reports._blocks import Cell, Row, Section, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._mandate import SOURCES, exhibit

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_TITLE = mark("Material received and not relied on")
_MEANING = mark(
    "Every row that was taken in was looked at. A transaction is relied on where it carries claim money under the rule "
    "of this report or is evidence of a finding; the others are here by number, so that they can be disclosed: they "
    "are in the sources, under the hashes of the exhibit list, and followmoney check prints them. A transaction can "
    "both carry claim money and be evidence."
)


def unused(case: Case) -> Section:
    """Transactions by source: taken, carrying claim money, evidence, neither."""
    ledger = case.ledger
    if ledger is None:
        return Section("unused", say(_TITLE), (Text(say("This case does not name the ledger it was made from.")),))
    counts = _counts(case, ledger)
    numbers = {name: exhibit(at) for at, name in enumerate(ledger.sources["source"].sort())}
    sums = ("taken", "claim", "evidence", "neither")
    rows: list[Row] = [
        row(numbers.get(c["source"], ""), Cell(c["source"], code=True), *(f"{c[k]:,}" for k in sums))
        for c in counts.head(SOURCES).iter_rows(named=True)
    ]
    total = counts.select(pl.col(sums).sum()).row(0, named=True)
    rows.append(row(say("Total"), "", *(f"{total[k]:,}" for k in sums), total=True))
    note = capped(min(SOURCES, len(counts)), len(counts))
    heads = columns("Exhibit|", "Source", "Transactions>", "Carry claim money>", "Evidence of a finding>", "Neither>")
    refused = Text(say("Rows refused, which count nowhere: {refused}.", refused=len(ledger.refused)))
    return Section("unused", say(_TITLE), (Text(say(_MEANING)), table(heads, rows, note), refused))


def _counts(case: Case, ledger: Ledger) -> pl.DataFrame:
    carried = [] if case.trace is None else case.trace.transactions()["id"].to_list()
    shown = [] if case.considered is None else case.considered.evidence["transaction"].unique().to_list()
    marked = ledger.numbered.select(
        pl.col("source").cast(pl.String),
        pl.col("id").is_in(carried).alias("claim"), pl.col("id").is_in(shown).alias("evidence"),
    )  # fmt: skip
    return (
        marked.group_by("source")
        .agg(
            pl.len().cast(pl.Int64).alias("taken"), pl.col("claim").sum().cast(pl.Int64),
            pl.col("evidence").sum().cast(pl.Int64), (~pl.any_horizontal("claim", "evidence")).sum().cast(pl.Int64)
            .alias("neither"),
        )
        .sort("source")
    )  # fmt: skip
