"""Which rule decided in which account, and why: a table, where the status of holders decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.languages import columns, mark, retell, say
from followmoney.reports._blocks import Block, Cell, Head, Text, row, table
from followmoney.tracing.statuses import STATUSES

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_MOST = 200
_MEANING = mark(
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
            Cell(c["account"], code=True, more=c["name"] or ""),
            retell(STATUSES[c["status"] or ""]) or say("none asserted"),
            c["rule"] or say("the claim ends"), _sentence(retell(c["reason"])),
        )
        for c in frame.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    note = say("The first {shown} accounts of {all} that claim money reached.", shown=len(rows), all=len(frame))
    listing = table(
        columns("Account", "Status of the holder", "Rule", "Why"), rows, "" if len(rows) == len(frame) else note
    )
    return [Head(say("Which rule decided in which account")), Text(say(_MEANING)), listing]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
