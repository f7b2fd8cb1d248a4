"""The sheet of what analysts decided: facts that speak for somebody first, then the rest of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.languages import columns, retell, say
from followmoney.reports._adopted import lines
from followmoney.reports._codes import code
from followmoney.reports._decided import about
from followmoney.reports._workbook._ledger import FIRST

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.case.entry import Entry
    from followmoney.reports._workbook._paper import Paper

NAME = "Decisions"
_WIDTHS = [8, 14, 30, 40, 80, 30, 24, 12, 80]


def decisions(paper: Paper, case: Case) -> None:
    """Every entry in a row, with the names behind identifiers and what a finding says; no sheet without a journal."""
    if not len(case.journal):
        return
    hashed = say("The hash of the last entry, which covers all: {hash}.", hash=case.journal.head)
    heads = columns("Entry", "Kind", "About", "Name", "Why", "Source", "Who", "When", "What the finding says")
    sheet = paper.sheet(NAME, _WIDTHS, " ".join([*lines(case), hashed]), heads, FIRST - 1)
    told = {} if case.findings is None else dict(case.findings.frame.select("id", "explanation").iter_rows())
    first = sorted(enumerate(case.journal, 1), key=lambda one: (one[1].kind != "exculpatory", one[0]))
    for at, (number, entry) in enumerate(first, FIRST):
        for column, text in enumerate((number, *_row(case, entry, told))):
            paper.text(sheet, at, column, text)


def _row(case: Case, entry: Entry, told: dict[str, str]) -> tuple[str, ...]:
    what = " ".join(retell(told[one]) for one in entry.about if one in told)
    whom = about(case, entry.about)
    source, when = entry.source or "", entry.when.isoformat()
    return code(entry.kind), whom.text, whom.more, entry.why, source, entry.who, when, what
