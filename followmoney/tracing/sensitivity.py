"""`sensitivity`: what the figure of every place depends on, beside the rule, and what matters most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.schema.codes import money
from followmoney.tracing._behind import figures
from followmoney.tracing._catalogue import catalogue
from followmoney.tracing._comparison import KEYS, LONG, names, usual, where
from followmoney.tracing._orders import LIMIT, orders

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_COLUMNS = (
    "claim", "rule_low", "rule_high", "order_low", "order_high", "opening_clean", "opening_claim", "asserted_without",
    "least", "most",
)  # fmt: skip
_LEVERS = {
    "rule": (("rule_low", "rule_high"), "The rule matters most: {rule_low} to {rule_high}."),
    "assertion": (
        ("asserted_without", "claim"),
        "What an analyst asserts matters most: {claim} with it, {asserted_without} without.",
    ),
    "opening": (
        ("opening_clean", "opening_claim", "claim"),
        "A balance nobody states matters most: {claim} without, {opening_clean} if clean, {opening_claim} if claimed.",
    ),
    "order": (
        ("order_low", "order_high"),
        "The order of transactions at the same time matters most: {order_low} to {order_high}.",
    ),
}
"""What a figure can depend on: columns between which it moves, and what is said of it; of equals the first counts."""
_STEPS = 200_000  # transactions swept for orders: a few seconds


def sensitivity(trace: Trace) -> pl.DataFrame:
    """See `Trace.sensitivity`."""
    size = len(trace.record.tape)
    parts = [where(trace), _rules(trace), where(trace.without()).rename({"claim": "asserted_without"})]
    if size <= LONG:
        ordered = orders(trace, min(LIMIT, _STEPS // max(size, 1)))
        parts += [ordered.select(*KEYS, order_low="low", order_high="high"), trace.openings()]
    table = parts[0]
    for part in parts[1:]:
        table = table.join(part, on=KEYS, how="full", coalesce=True)
    table = table.with_columns(pl.exclude(*KEYS).fill_null(0)).filter(pl.max_horizontal(pl.exclude(*KEYS)) > 0)
    if trace.chosen.conserving:
        table = table.with_columns(
            rule_low=pl.min_horizontal("rule_low", "claim"), rule_high=pl.max_horizontal("rule_high", "claim")
        )
    if size <= LONG:
        table = table.join(trace.all_bounds(), on=KEYS, how="left").with_columns(pl.col("least", "most").fill_null(0))
    table = (
        table.with_columns(pl.lit(None, pl.Int64).alias(name) for name in _COLUMNS if name not in table.columns)
        .join(names(trace).collect(), on="id", how="left")
        .join(figures(trace), on=KEYS, how="left")
        .sort("claim", "rule_high", *KEYS, descending=[True, True, False, False, False])
    )
    sentences = pl.Series("sentence", [_sentence(row) for row in table.iter_rows(named=True)], dtype=pl.String)
    return table.select("kind", "id", "name", "currency", *_COLUMNS, sentences)


def _rules(trace: Trace) -> pl.DataFrame:
    """The least and the most over all rules that conserve money."""
    rules = [name for name in usual(trace) if catalogue()[name].conserving]
    return trace.compare().select(*KEYS, rule_low=pl.min_horizontal(*rules), rule_high=pl.max_horizontal(*rules))


def _sentence(row: dict[str, Any]) -> str:
    """What matters most, and whether a statement is missing."""
    spread = {name: 0 if row[columns[0]] is None else _spread(row, columns) for name, (columns, _) in _LEVERS.items()}
    largest = max(spread, key=lambda name: spread[name])
    words = _LEVERS[largest][1] if spread[largest] else "Nothing that was looked at changes it: {claim}."
    if row["since"] is not None:
        words += f" It is at most that: a statement is missing from {row['since']} on."
    return words.format(**{name: money(row[name], row["currency"]) for name in _COLUMNS if row[name] is not None})


def _spread(row: dict[str, Any], columns: tuple[str, ...]) -> int:
    values = [row[name] for name in columns]
    return max(values) - min(values)
