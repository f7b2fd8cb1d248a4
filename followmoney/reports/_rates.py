"""The error-rate card: how often the patterns of this case were right on ledgers where the truth is known."""

from __future__ import annotations

from collections.abc import Iterable

from followmoney.patterns import error_rates
from followmoney.reports._blocks import Block, Cell, Head, Points, Text, row, table

_HEADS = ("Pattern", "Measured on", "Schemes>", "Alerts>", "Right>", "Found>", "F1>", "Best rule on one number, F1>")


def card(patterns: Iterable[str]) -> list[Block]:
    """A table of the patterns named, with what was measured and how; a sentence for those that were not measured."""
    rates = error_rates()
    wanted = sorted(set(patterns))
    best = {(r["pattern"], r["data"]): r["finding_f1"] for r in rates.rows if r["way"] == "one number"}
    rows = [
        row(
            name.replace("_", " "), r["data"], f"{r['schemes']:,}", f"{r['alerts']:,}", _share(r["finding_precision"]),
            _share(r["finding_recall"]), _share(r["finding_f1"]), _share(best.get((name, r["data"]), 0.0)),
        )
        for name in wanted
        for r in rates.of(name)
    ]  # fmt: skip
    missing = [name.replace("_", " ") for name in wanted if not rates.of(name)]
    if not wanted:
        return []
    used = {r["data"] for name in wanted for r in rates.of(name)}
    ledgers = table(
        ["Measured on", "What it is"], [row(Cell(name), said) for name, said in rates.data.items() if name in used]
    )
    blocks: list[Block] = [Head("How often these patterns are right"), Text(rates.sentences()[0], strong=True)]
    if rows:
        meant = f"Each row is {rates.ways['as shipped']}; the last column is {rates.ways['one number']}."
        blocks += [table(_HEADS, rows), Points((meant, *rates.how)), ledgers]
    if missing:
        blocks.append(Text(f"Not measured, because no labelled ledger shows it: {', '.join(missing)}."))
    return blocks


def _share(rate: float) -> str:
    return f"{rate:.2f}"
