"""Which rule decided in which account, and why: a table, where the status of holders decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.reports._blocks import Block, Cell, Head, Text, row, table
from followmoney.tracing.statuses import STATUSES

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_MOST = 200
_MEANING = (
    "The rule against a wrongdoer is not the rule against an innocent holder, so each account has its own, chosen by "
    "the status an analyst asserts of its holder and by the question. Nobody's status is in the records: where none is "
    "asserted, the account is treated like the wrongdoer's, and that presumption must be checked."
)


def choices(trace: Trace) -> list[Block]:
    """The table, and nothing under a rule that is the same in every account."""
    if trace.rule != "by_status":
        return []
    frame = trace.choices()
    rows = [
        row(
            Cell(c["account"], code=True, more=c["name"] or ""), STATUSES[c["status"] or ""] or "none asserted",
            c["rule"] or "the claim ends", f"{c['reason'][:1].upper()}{c['reason'][1:]}",
        )
        for c in frame.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    note = (
        ""
        if len(rows) == len(frame)
        else f"The first {len(rows):,} accounts of {len(frame):,} that claim money reached."
    )
    heads = ["Account", "Status of the holder", "Rule", "Why"]
    return [Head("Which rule decided in which account"), Text(_MEANING), table(heads, rows, note)]
