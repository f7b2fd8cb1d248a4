"""The table of error rates: as Markdown, and as the file that the package ships."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from .labelled import Labelled
from .measured import SHARE, Line
from .rings import Recovery
from .score import Rate

HOW = (
    "An alert is a finding. A pattern may raise as many as 1 % of the accounts that move money in the time measured.",
    "Those that no innocent explanation fits come first, then the stronger; `unexplained` are only those.",
    "Schemes are parted where half of those of a kind have begun; every figure is of the second half.",
    "Tuned thresholds, and the cut-off of every rule on one number, are set on the first half.",
    "A finding covers a scheme if they share a transaction, and half of the accounts in either are in both.",
    "It is right if it covers a scheme of any kind and half, or if half of its transactions or more are of one scheme.",
    "Recall counts the schemes of the pattern's own kind that are covered.",
    "Among transactions and accounts, one is right if it belongs to any scheme; recall counts those of the own kind.",
    "As shipped: default thresholds; a currency without an amount of its own takes the figure for euros as it is.",
)
_WAYS = ("unexplained", "tuned", "one number", "counterparties", "chance")


def how(draws: int) -> tuple[str, ...]:
    """How it was counted, in sentences."""
    return (*HOW, f"Tuned: the best of {draws} sets of thresholds drawn at random, then of each threshold in turn.")


def markdown(
    data: Sequence[Labelled], lines: Sequence[Line], rings: Sequence[tuple[str, str, Recovery]], draws: int
) -> str:
    """The whole table, with what must be known to read it."""
    text = ["# Error rates", "", *(f"- {sentence}" for sentence in how(draws)), ""]
    for name, group in groupby(lines, key=lambda line: line.data):
        said = next(d.said for d in data if d.name == name)
        text += [f"## {name}", "", f"{said}.", "", _row(_HEADS), "|---|" + "--:|" * (len(_HEADS) - 1)]
        for pattern, ways in groupby(group, key=lambda line: line.pattern):
            text.append(_row(_cells(pattern, {line.way: line for line in ways})))
        text.append("")
    if rings:
        text += ["## Rings given back by networks", "", _row(_RINGS), "|---|---|" + "--:|" * (len(_RINGS) - 2)]
        text += [
            _row([name, method, f"{r.rings:,}", f"{r.f1:.2f}", f"{r.covered:.2f}", f"{r.ari:.2f}"])
            for name, method, r in rings
        ]
    return "\n".join(text) + "\n"


_HEADS = [
    "pattern", "schemes", "alerts of at most", "finding P / R / F1", "transaction F1", "account F1",
    *(f"{way}: F1" for way in _WAYS), "tuned to", "the one number",
]  # fmt: skip
_RINGS = ["data", "method", "rings", "F1 of members", "covered", "ARI"]


def _cells(pattern: str, ways: dict[str, Line]) -> list[str]:
    shipped = ways["as shipped"]
    finding = shipped.score.finding
    return [
        pattern, f"{shipped.score.schemes}", f"{shipped.score.alerts} of {shipped.budget}",
        f"{finding.precision:.2f} / {finding.recall:.2f} / {finding.f1:.2f}", f"{shipped.score.transaction.f1:.2f}",
        f"{shipped.score.account.f1:.2f}",
        *(f"{ways[way].score.finding.f1:.2f}" if way in ways else "" for way in _WAYS),
        ways["tuned"].how if "tuned" in ways else "", ways["one number"].how,
    ]  # fmt: skip


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def ship(path: Path, data: Sequence[Labelled], lines: Sequence[Line], draws: int) -> None:
    """Write the file that the package ships, in a form that shows well in a diff."""
    from followmoney import __version__

    rates = [_shipped(line) for line in lines]
    head = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d}",
        "version": __version__,
        "budget": SHARE,
        "how": how(draws),
        "data": {d.name: d.said for d in data},
    }
    listed = ",\n".join(f"  {json.dumps(rate)}" for rate in rates)
    path.write_text(f'{json.dumps(head, indent=1)[:-2]},\n "rates": [\n{listed}\n ]\n}}\n', encoding="utf-8")


def _shipped(line: Line) -> dict[str, Any]:
    score = line.score
    names = {"data": line.data, "pattern": line.pattern, "way": line.way, "how": line.how}
    counts = {"schemes": score.schemes, "alerts": score.alerts, "budget": line.budget}
    levels: dict[str, Rate] = {"finding": score.finding, "transaction": score.transaction, "account": score.account}
    rates = {
        f"{level}_{name}": round(getattr(rate, name), 3)
        for level, rate in levels.items()
        for name in ("precision", "recall", "f1")
    }
    return {**names, **counts, **rates}
