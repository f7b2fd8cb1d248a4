"""The findings of a case in paragraphs, each with what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from followmoney.languages import count, retold, say
from followmoney.reports._capped import capped
from followmoney.reports._codes import explained
from followmoney.reports._found import speaks
from followmoney.reports._statement._parts import clean

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.finding import Finding

FINDINGS = 100
"""The most findings that are told in the statement; the report has them all."""


def findings(case: Case) -> Iterator[str]:
    """Those that nobody left out, then how many were left out."""
    found = case.considered
    if found is None or case.findings is None:
        yield say("No patterns were looked for.")
        return
    shown = [_told(finding, case) for finding in islice(found, FINDINGS)]
    yield from shown
    yield from filter(None, [capped(len(shown), len(found))])
    if out := len(case.findings) - len(found):
        yield count(
            out,
            "{n} finding was left out by an analyst, who says why: it stands under the findings left out.",
            "{n} findings were left out by an analyst, who says why: they stand under the findings left out.",
        )


def _told(finding: Finding, case: Case) -> str:
    """One finding; what fits it innocently, and facts that speak for its persons, are never left out."""
    said = [*speaks(case.spoken.of(finding)), *retold(finding.counter)]
    against = [say("What speaks against it:"), *said] if said else []
    return clean(" ".join([explained(finding), *against]))
