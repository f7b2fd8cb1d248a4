"""The error-rate card: how often the patterns of this case were right on ledgers where the truth is known."""

from __future__ import annotations

from collections.abc import Iterable

from followmoney.languages import columns, retell, retold, say
from followmoney.patterns import error_rates
from followmoney.reports._blocks import Block, Cell, Head, Points, Text, row, table
from followmoney.reports._codes import code


def card(patterns: Iterable[str]) -> list[Block]:
    """A table of the patterns named, with what was measured and how; a sentence for those that were not measured."""
    rates = error_rates()
    wanted = sorted(set(patterns))
    best = {(r["pattern"], r["data"]): r["finding_f1"] for r in rates.rows if r["way"] == "one number"}
    rows = [
        row(
            code(name), r["data"], f"{r['schemes']:,}", f"{r['alerts']:,}", _share(r["finding_precision"]),
            _share(r["finding_recall"]), _share(r["finding_f1"]), _share(best.get((name, r["data"]), 0.0)),
        )
        for name in wanted
        for r in rates.of(name)
    ]  # fmt: skip
    missing = [code(name) for name in wanted if not rates.of(name)]
    if not wanted:
        return []
    used = {r["data"] for name in wanted for r in rates.of(name)}
    ledgers = table(
        columns("Measured on", "What it is"),
        [row(Cell(name), said) for name, said in rates.data.items() if name in used],
    )
    blocks: list[Block] = [
        Head(say("How often these patterns are right")),
        Text(retell(rates.sentences()[0]), strong=True),
    ]
    if rows:
        meant = say(
            "Each row is {row}; the last column is {column}.",
            row=retell(rates.ways["as shipped"]), column=retell(rates.ways["one number"]),
        )  # fmt: skip
        heads = columns(
            "Pattern", "Measured on", "Schemes>", "Alerts>", "Right>", "Found>", "F1>", "Best rule on one number, F1>"
        )
        blocks += [table(heads, rows), Points((meant, *retold(rates.how))), ledgers]
    if missing:
        said = say("Not measured, because no labelled ledger shows it: {patterns}.", patterns=", ".join(missing))
        blocks.append(Text(said))
    return blocks


def _share(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.2f}"
