"""What a pattern must beat: the best rule on a single number, the number of counterparties alone, and chance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from .alerts import Alert, Alerts, Ranking, top
from .labelled import REPORT, TUNE, Labelled
from .score import cutoff

DAY = 86_400_000_000
WINDOWS = (7, 14, 28)


def best(data: Labelled, pattern: str, rules: list[Ranking], many: tuple[int, int]) -> tuple[str, Alerts]:
    """The rule and cut-off with the highest F1 of findings in the tuned half, and its alerts in the other."""
    found = [_tuned(data, pattern, rule, many[TUNE]) for rule in rules]
    which = int(np.argmax([f1 for _, f1 in found]))
    name = rules[which].name if found[which][1] else "none covers a scheme"
    return name, late(data, rules[which], many[REPORT]).down_to(found[which][0])


def late(data: Labelled, rule: Ranking, many: int) -> Alerts:
    """The highest alerts of the reported half."""
    return top(data, REPORT, many, rule)


def _tuned(data: Labelled, pattern: str, rule: Ranking, many: int) -> tuple[float, float]:
    return cutoff(data, pattern, TUNE, top(data, TUNE, many, rule))


def rules(data: Labelled) -> list[Ranking]:
    """Every rule on one number that we could think of: counts and sums, in, out and both, small and large amounts."""
    frame = _frame(data)
    found = [rule for days in WINDOWS for rule in _windows(data, frame, days)]
    rows = np.arange(len(data.graph), dtype=np.int64)
    for name, value in (
        ("amount of a transaction", data.graph.amount),
        ("smallness of a transaction", -data.graph.amount),
    ):
        found.append(Ranking(value.astype(np.float64), rows, lambda i: np.array([i], np.int64), name))
    return found


def degree(data: Labelled) -> Ranking:
    """The number of counterparties in a half, and nothing else."""
    frame = _frame(data).with_columns(window=pl.Series(data.halves(np.arange(len(data.graph)))))
    both = _grouped(frame, "either")
    return _rule("counterparties in the half", both, both["partners"].to_numpy().astype(float))


def chance(data: Labelled, half: int, many: int, seed: int) -> Alerts:
    """Accounts drawn evenly, with all they did in the half."""
    rows = np.flatnonzero((data.graph.time >= data.cut) == bool(half))
    accounts = sorted(data.accounts(rows))
    drawn = np.random.default_rng(seed).choice(accounts, min(many, len(accounts)), replace=False)
    kept = [rows[(data.graph.originator[rows] == a) | (data.graph.beneficiary[rows] == a)] for a in drawn.tolist()]
    return Alerts(kept, [0.0] * len(kept))


def _frame(data: Labelled) -> pl.DataFrame:
    graph = data.graph
    frame = pl.DataFrame(
        {"row": np.arange(len(graph)), "payer": graph.originator, "payee": graph.beneficiary, "time": graph.time,
         "amount": graph.amount, "known": ~graph.outside[graph.originator] & ~graph.outside[graph.beneficiary]}
    )  # fmt: skip
    new = pl.struct("payer", "payee").is_first_distinct()
    return frame.with_columns(new=new & pl.col("known"))


def _grouped(frame: pl.DataFrame, side: str) -> pl.DataFrame:
    ends = {"in": [("payee", "payer")], "out": [("payer", "payee")], "either": [("payee", "payer"), ("payer", "payee")]}
    parts = [frame.rename({own: "account", other: "partner"}) for own, other in ends[side]]
    columns = ["row", "account", "partner", "window", "amount", "known", "new"]
    parts[-1] = parts[-1].with_columns(amount=-pl.col("amount")) if side == "either" else parts[-1]
    both = pl.concat(part.select(columns) for part in parts)
    came, gone = pl.col("amount").clip(lower_bound=0).sum(), (-pl.col("amount")).clip(lower_bound=0).sum()
    return (
        both.group_by("account", "window", maintain_order=True)
        .agg(
            pl.col("row").sort(), pl.col("row").min().alias("first"), pl.len().alias("count"),
            pl.col("partner").filter("known").n_unique().alias("partners"), pl.col("new").sum().alias("fresh"),
            pl.col("amount").sum().alias("sum"), pl.min_horizontal(came, gone).alias("passed"),
            pl.min_horizontal(
                pl.col("partner").filter(pl.col("known") & (pl.col("amount") > 0)).n_unique(),
                pl.col("partner").filter(pl.col("known") & (pl.col("amount") < 0)).n_unique(),
            ).alias("least"),
            (pl.len() - pl.struct("partner", pl.col("amount") > 0).n_unique()).alias("again"),
        )
    )  # fmt: skip


def _windows(data: Labelled, frame: pl.DataFrame, days: int) -> Iterator[Ranking]:
    outside = np.flatnonzero(data.graph.outside)
    half = (pl.col("time") - frame["time"].min()) // (days * DAY // 2)
    # Windows overlap by half, so that what lies across an edge of one lies within another.
    even, odd = frame.with_columns(window=half // 2 * 2), frame.with_columns(window=(half - 1) // 2 * 2 + 1)
    frame = pl.concat([even, odd])
    said = {
        "in": {"partners": "payers", "fresh": "new payers", "sum": "sum in", "count": "transactions in"},
        "out": {"partners": "payees", "fresh": "new payees", "sum": "sum out", "count": "transactions out"},
        "either": {"passed": "lesser of sum in and sum out", "least": "lesser of payers and payees",
                   "again": "repeated payments between the same two", "partners": "counterparties"},
    }  # fmt: skip
    for side, columns in said.items():
        table = _grouped(frame, side).filter(~pl.col("account").is_in(outside))
        for column, words in columns.items():
            yield _rule(f"{words} in {days} days", table, table[column].to_numpy().astype(float))


def _rule(name: str, table: pl.DataFrame, value: np.ndarray) -> Ranking:
    rows = table["row"]

    def shown(i: int) -> Alert:
        return np.unique(rows[i].to_numpy()).astype(np.int64)

    return Ranking(value, table["first"].to_numpy().astype(np.int64), shown, name)
