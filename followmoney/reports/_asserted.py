"""What an analyst asserts beyond the records, and the figures with and without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import columns, mark, say
from followmoney.reports._blocks import Block, Cell, Head, Row, Text, row, table
from followmoney.reports._codes import code
from followmoney.reports._money import plain

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_MOST = 200
_MEANING = mark(
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
            code(a["kind"]), Cell(", ".join(a["about"]), code=True), a["why"], a["who"],
            str(a["when"]), say("on") if a["on"] else say("off"),
        )
        for a in said.iter_rows(named=True)
    ]  # fmt: skip
    heads = columns("Kind|", "About", "Why", "Who", "When|", "Used|")
    blocks: list[Block] = [
        Head(say("What is asserted beyond the records")), Text(say(_MEANING)), table(heads, rows)
    ]  # fmt: skip
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
        row(code(p["kind"]), Cell(p["id"], code=True), p["currency"], *_figures(p))
        for p in both.head(_MOST).iter_rows(named=True)
    ]
    sums = both.group_by("currency").agg(pl.col("with", "without").sum()).sort("currency")
    totals: list[Row] = [
        row(say("Total"), "", t["currency"], *_figures(t), total=True) for t in sums.iter_rows(named=True)
    ]
    capped = say("The {shown} places with most of {all}; totals are of all.", shown=len(rows), all=len(both))
    heads = columns("Where", "Account, asset or end", "Currency", "With the assertions>", "Without>")
    listing = table(heads, [*rows, *totals], "" if len(rows) == len(both) else capped)
    return [Head(say("The same claim with and without the assertions")), listing]


def _figures(place: dict[str, str | int]) -> tuple[str, str]:
    currency = str(place["currency"])
    return plain(int(place["with"]), currency), plain(int(place["without"]), currency)


def _places(trace: Trace) -> pl.DataFrame:
    held = trace.holders().select(pl.lit("account").alias("kind"), id="account", currency="currency", claim="claim")
    gone = trace.exits().select(pl.col("kind").cast(pl.String), id="to", currency="currency", claim="claim")
    return pl.concat([held, gone], how="vertical_relaxed")
