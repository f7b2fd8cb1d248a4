"""Every rule side by side, as people read it: the first places, then the sums of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.cli import _terminal
from followmoney.cli._count import count
from followmoney.schema.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from followmoney.tracing import Trace

_PLACES = 8  # on a terminal, where a narrow one has a line a rule for each place
_KEYS = ("kind", "id", "name", "currency")


def beyond(frame: pl.DataFrame) -> list[str]:
    """The rules here that can attribute more than was claimed."""
    from followmoney.tracing import catalogue

    return [name for name, rule in catalogue().items() if name in frame.columns and not rule.conserving]


def sentences(trace: Trace, frame: pl.DataFrame) -> list[str]:
    """What is said below every rule side by side."""
    rules = beyond(frame)
    most = f"These rules can attribute more than was claimed, and more than the most: {', '.join(rules)}."
    said = [f"{most} Their figures are not added up."] if rules else []
    if _cut(frame):
        said.insert(0, f"{_PLACES} of {count(len(frame), 'place')} shown, those with most by {trace.rule} first; "
                       "the totals are of all. --format jsonl, csv or parquet gives every place.")  # fmt: skip
    return [*said, *trace.notes]


def shown(frame: pl.DataFrame) -> pl.DataFrame:
    """The first places on a terminal, all of them elsewhere; and one row of totals a currency."""
    rules = [name for name in frame.columns if name not in _KEYS]
    return pl.concat([frame.head(_PLACES) if _cut(frame) else frame, _totals(frame, rules)], how="diagonal_relaxed")


def _cut(frame: pl.DataFrame) -> bool:
    return _terminal.on_terminal() and len(frame) > _PLACES


def _totals(frame: pl.DataFrame, rules: Sequence[str]) -> pl.DataFrame:
    """By currency; nothing for rules whose figures must not be added up."""
    apart = beyond(frame)
    sums = [pl.lit(None, pl.Int64).alias(name) if name in apart else pl.col(name).sum() for name in rules]
    totals = frame.with_columns(pl.col("currency").cast(pl.String)).group_by("currency").agg(pl.len(), *sums)
    places = sentence("all {} places", pl.col("len"))
    return totals.sort("currency").select(kind=pl.lit("total"), id=places, currency="currency", **{r: r for r in rules})
