"""The head of the report: which case, which question, which evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followmoney.languages import count, say
from followmoney.reports._blocks import Cell
from followmoney.reports._money import many, some, sums

if TYPE_CHECKING:
    from followmoney.case import Case

_NAMED = 12


def cover(case: Case, fingerprint: str) -> Sequence[tuple[str, Sequence[Cell]]]:
    """Terms and what they are; `fingerprint` stands for the inputs, settings and versions."""
    return [
        (say("Question"), [Cell(question(case))]),
        (say("Tracing rule"), [Cell(case.trace.rule if case.trace else say("none: no money was traced"))]),
        (say("Inputs"), _inputs(case)),
        (
            say("Fingerprint of this run"),
            [
                Cell(f"sha256 {fingerprint}", code=True),
                Cell(say("of inputs, settings and versions, see manifest.json")),
            ],
        ),
    ]


def question(case: Case) -> str:
    """What the report answers."""
    if case.trace is None:
        return say("Which transactions fit known patterns, and who moves money together?")
    of = many(len(case.trace.claim), "transaction")
    ids, claimed, until = some(case.trace.claim, _NAMED), sums(case.trace.claimed), case.trace.until
    if until is None:
        return say(
            "Where was the money of {transactions} ({ids}), {claimed}, at the end of the transactions?",
            transactions=of, ids=ids, claimed=claimed,
        )  # fmt: skip
    return say(
        "Where was the money of {transactions} ({ids}), {claimed}, on {time} UTC?",
        transactions=of, ids=ids, claimed=claimed, time=f"{until:%Y-%m-%d %H:%M}",
    )  # fmt: skip


def _inputs(case: Case) -> list[Cell]:
    if case.ledger is None:
        return [Cell(say("not named by this case"))]
    return [
        Cell(f"{name} · sha256 {digest} · {count(rows, '{n} rows', '{n} rows')}", code=True)
        for name, digest, rows in case.ledger.sources.sort("source").select("source", "sha256", "rows").iter_rows()
    ] or [Cell(say("none"))]
