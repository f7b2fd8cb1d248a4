"""What each figure depends on: the rule, the order of simultaneous payments, balances nobody states, assertions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.languages import columns, mark, retell, say
from followmoney.reports._blocks import Block, Cell, Head, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._codes import code
from followmoney.reports._money import plain

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_MOST = 40
_MEANING = mark(
    "Each figure from its least to its most, as one choice after the other is made differently. The least and the most "
    "of the last columns hold whichever value-conserving rule is adopted."
)
_RANGES = (
    ("rule_low", "rule_high"),
    ("order_low", "order_high"),
    ("opening_clean", "opening_claim"),
    ("least", "most"),
)


def sensitive(trace: Trace) -> list[Block]:
    """One row a place."""
    frame = trace.sensitivity()
    if not len(frame):
        return []
    rows = [
        row(
            Cell(s["id"], code=True, more=s["name"] or code(s["kind"])), s["currency"],
            plain(s["claim"], s["currency"]),
            *(_range(s[low], s[high], s["currency"]) for low, high in _RANGES), retell(s["sentence"]),
        )
        for s in frame.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    heads = columns(
        "Place", "Currency", "Claim>", "By rule>", "By order>", "By opening>", "Without any rule>", "In words"
    )
    note = capped(len(rows), len(frame))
    return [Head(say("What each figure depends on")), Text(say(_MEANING)), table(heads, rows, note)]


def _range(low: int | None, high: int | None, currency: str) -> Cell:
    if low is None or high is None:
        return Cell(say("not done"))
    low, high = sorted((low, high))
    return Cell(plain(low, currency), more="" if low == high else say("to {most}", most=plain(high, currency)))
