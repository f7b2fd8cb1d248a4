"""What a pattern must beat: the best rule on a single number, the number of counterparties alone, and chance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from .alerts import Alert, Alerts, Ranking, top
from .labelled import REPORT, TUNE, Labelled
from .score import best_cutoff

DAY = 86_400_000_000
WINDOWS = (7, 14, 28)


def best(data: Labelled, pattern: str, rules: list[Ranking], many: tuple[int, int]) -> tuple[str, Alerts]:
    """The rule and cut-off that do best in the tuned half, and its alerts in the other."""
    found = [_tuned(data, pattern, rule, many[TUNE]) for rule in rules]
    which = int(np.argmax([f1 for _, f1 in found]))
    name = rules[which].name if found[which][1] else "none covers a scheme"
    return name, late(data, rules[which], many[REPORT]).down_to(found[which][0])


def late(data: Labelled, rule: Ranking, many: int) -> Alerts:
    """The highest alerts of the reported half."""
    return top(data, REPORT, many, rule)


def _tuned(data: Labelled, pattern: str, rule: Ranking, many: int) -> tuple[float, float]:
    return best_cutoff(data, pattern, TUNE, top(data, TUNE, many, rule))


def rules(data: Labelled) -> list[Ranking]:
    """Every rule on one number that we could think of: counts and sums, in, out, both, in cash, more than usual."""
    frame = _frame(data)
    found = [rule for days in WINDOWS for rule in _windows(data, frame, days)]
    rows = np.arange(len(data.graph), dtype=np.int64)
    amount = data.graph.amount
    for name, value in (("amount of a transaction", amount), ("smallness of a transaction", -amount)):
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
    from followmoney.patterns._flows import Flows

    graph = data.graph
    frame = pl.DataFrame(
        {"row": np.arange(len(graph)), "payer": graph.originator, "payee": graph.beneficiary, "time": graph.time,
         "amount": graph.amount, "known": ~graph.outside[graph.originator] & ~graph.outside[graph.beneficiary],
         "cash": Flows.of(graph).cash}
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
    inward, outward = (pl.col("partner").filter(pl.col("known") & side).n_unique() for side in _sides())
    return (
        both.group_by("account", "window", maintain_order=True)
        .agg(
            pl.col("row").sort(), pl.col("row").min().alias("first"), pl.len().alias("count"),
            pl.col("partner").filter("known").n_unique().alias("partners"), pl.col("new").sum().alias("fresh"),
            pl.col("amount").sum().alias("sum"), pl.min_horizontal(came, gone).alias("passed"),
            pl.min_horizontal(inward, outward).alias("least"),
            (pl.len() - pl.struct("partner", pl.col("amount") > 0).n_unique()).alias("again"),
        )
        .with_columns(_unusual("partners"), _unusual("fresh"), _unusual("sum"))
    )  # fmt: skip


def _sides() -> tuple[pl.Expr, pl.Expr]:
    return pl.col("amount") > 0, pl.col("amount") < 0


def _unusual(column: str) -> pl.Expr:
    """How far above what the account shows in its other windows, in roots of that (counts scatter by their root)."""
    total, windows = pl.col(column).sum().over("account"), pl.col("window").n_unique()
    usual = (total - pl.col(column)) / (windows - 1).clip(lower_bound=1)
    return ((pl.col(column) - usual) / (usual + 1).sqrt()).alias(f"more_{column}")


_IN = {"partners": "payers", "fresh": "new payers", "sum": "sum in", "count": "transactions in"}
_OUT = {"partners": "payees", "fresh": "new payees", "sum": "sum out", "count": "transactions out"}
_CASH = {"count": "times cash", "sum": "sum of cash"}
_MORE = "more than usual of "
_SIDES: dict[str, dict[str, str]] = {
    "in": _IN | {f"more_{name}": _MORE + said for name, said in _IN.items() if name != "count"},
    "out": _OUT | {f"more_{name}": _MORE + said for name, said in _OUT.items() if name != "count"},
    "either": {"passed": "lesser of sum in and sum out", "least": "lesser of payers and payees",
               "again": "repeated payments between the same two", "partners": "counterparties"},
}  # fmt: skip


def _windows(data: Labelled, frame: pl.DataFrame, days: int) -> Iterator[Ranking]:
    outside = np.flatnonzero(data.graph.outside)
    half = (pl.col("time") - frame["time"].min()) // (days * DAY // 2)
    # Windows overlap by half, so that what lies across an edge of one lies within another.
    even, odd = frame.with_columns(window=half // 2 * 2), frame.with_columns(window=(half - 1) // 2 * 2 + 1)
    frame = pl.concat([even, odd])
    cash = frame.filter("cash")
    given = [(frame, side, said) for side, said in _SIDES.items()]
    if len(cash):
        given += [(cash, side, {c: f"{w} {side}" for c, w in _CASH.items()}) for side in ("in", "out")]
    for rows, side, said in given:
        table = _grouped(rows, side).filter(~pl.col("account").is_in(outside))
        for column, words in said.items():
            yield _rule(f"{words} in {days} days", table, table[column].to_numpy().astype(float))


def _rule(name: str, table: pl.DataFrame, value: np.ndarray) -> Ranking:
    rows = table["row"]

    def shown(i: int) -> Alert:
        return np.unique(rows[i].to_numpy()).astype(np.int64)

    return Ranking(value, table["first"].to_numpy().astype(np.int64), shown, name)
