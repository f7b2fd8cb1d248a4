"""Place by place: who owns it in the end, which measures may be considered, which clocks run; with their sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from followmoney.case._measures import table as measures
from followmoney.case.clocks import clocks
from followmoney.languages import columns, mark, retell, say
from followmoney.reports._blocks import Block, Cell, Head, Text, row, table
from followmoney.reports._capped import capped

if TYPE_CHECKING:
    from followmoney.case import Case

_MOST = 100
_MEANING = mark(
    "Which measure of Directive (EU) 2024/1260 the stated facts may open (M), and which legal clock may run (C), by "
    "the numbers of the list below; a court decides whether one does."
)
_READ = mark("What each number stands for, and where its text was read.")


_SHARE = re.compile(r"\(([\d.e+-]+) to ([\d.e+-]+) %\)$")


def measured(case: Case) -> list[Block]:
    """The table, and what its numbers stand for, with sources."""
    opened = {str(m): f"M{at + 1}" for at, m in enumerate(measures())}
    runs = {str(c): f"C{at + 1}" for at, c in enumerate(clocks())}
    places = case.recoverable().places
    rows = [
        row(
            Cell(p["id"], code=True, more=retell(p["description"])),
            Cell(
                p["holder_name"] or p["holder"] or say("not known"),
                more="; ".join(map(_owner, p["beneficial_owners"] or [])),
            ),
            ", ".join(opened[m] for m in p["measures"]) or say("none by the facts stated"),
            ", ".join(runs[c] for c in p["clocks"]) or say("none known"),
        )
        for p in places.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    heads = columns("Account or asset", "Holder, beneficial owners", "Measures", "Clocks")
    meant = [row(opened[str(m)], retell(str(m)), m.source) for m in measures()]
    meant += [row(runs[str(c)], retell(str(c)), c.source) for c in clocks()]
    return [
        Head(say("Beneficial owners, measures and clocks, place by place")), Text(say(_MEANING)),
        table(heads, rows, capped(len(rows), len(places))),
        Text(say(_READ)), table(columns("Number|", "What may be considered, or runs", "Read at"), meant),
    ]  # fmt: skip


def _owner(text: str) -> str:
    """A beneficial owner, the share in the language of the report."""
    found = _SHARE.search(text)
    return text if found is None else text[: found.start()] + say("({low} to {high} %)", low=found[1], high=found[2])
