"""What an analyst asserts beyond the records, and the figures with and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.reports._blocks import Block, Cell, Head, Row, Text, row, table
from followmoney.reports._money import plain

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_MOST = 200
_MEANING = (
    "No record says this; a named person asserts it for a stated reason. Whoever does not accept it finds the figures "
    "of the records alone beside those of this report."
)
_KEYS = ("kind", "id", "currency")


def asserted(trace: Trace) -> list[Block]:
    """The assertions as rows, then both figures of every place; nothing where nothing is asserted."""
    said = trace.assertions
    if not len(said):
        return []
    rows = [
        row(
            a["kind"].replace("_", " "), Cell(", ".join(a["about"]), code=True), a["why"], a["who"],
            str(a["when"]), "on" if a["on"] else "off",
        )
        for a in said.iter_rows(named=True)
    ]  # fmt: skip
    heads = ["Kind|", "About", "Why", "Who", "When|", "Used|"]
    blocks: list[Block] = [Head("What is asserted beyond the records"), Text(_MEANING), table(heads, rows)]
    return [*blocks, *_both(trace)] if said["on"].any() else blocks


def _both(trace: Trace) -> list[Block]:
    """Where the claim is, with the assertions and without any."""
    whole = _places(trace).rename({"claim": "with"})
    bare = _places(trace.without()).rename({"claim": "without"})
    both = whole.join(bare, on=_KEYS, how="full", coalesce=True).with_columns(pl.col("with", "without").fill_null(0))
    both = both.sort(
        pl.max_horizontal("with", "without"), *_KEYS, descending=[True, False, False, False]
    )  # fmt: skip
    rows = [
        row(p["kind"].replace("_", " "), Cell(p["id"], code=True), p["currency"], *_figures(p))
        for p in both.head(_MOST).iter_rows(named=True)
    ]
    sums = both.group_by("currency").agg(pl.col("with", "without").sum()).sort("currency")
    totals: list[Row] = [row("Total", "", t["currency"], *_figures(t), total=True) for t in sums.iter_rows(named=True)]
    note = "" if len(rows) == len(both) else f"The {len(rows):,} places with most of {len(both):,}; totals are of all."
    heads = ["Where", "Account, asset or end", "Currency", "With the assertions>", "Without>"]
    return [Head("The same claim with and without the assertions"), table(heads, [*rows, *totals], note)]


def _figures(place: dict[str, str | int]) -> tuple[str, str]:
    currency = str(place["currency"])
    return plain(int(place["with"]), currency), plain(int(place["without"]), currency)


def _places(trace: Trace) -> pl.DataFrame:
    held = trace.holders().select(pl.lit("account").alias("kind"), id="account", currency="currency", claim="claim")
    gone = trace.exits().select(pl.col("kind").cast(pl.String), id="to", currency="currency", claim="claim")
    return pl.concat([held, gone], how="vertical_relaxed")
