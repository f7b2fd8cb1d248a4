"""The tracing rule that the journal adopts: who, when and why; and where the report follows another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.languages import say

if TYPE_CHECKING:
    from followmoney.case import Case


def followed(case: Case) -> str:
    """Who adopted the rule of this report; "" where the journal adopts none, or another."""
    last, trace = case.journal.adoption, case.trace
    if last is None or trace is None or last[1].about[0] != trace.rule:
        return ""
    number, entry = last
    return say(
        "{rule} was adopted by {who} on {day} (entry {number} of the journal), for this reason: {why}",
        rule=trace.rule, who=entry.who, day=entry.when.isoformat(), number=number, why=entry.why,
    )  # fmt: skip


def passed_over(case: Case) -> str:
    """That the report follows another rule than the one adopted last; "" where it does not."""
    last, trace = case.journal.adoption, case.trace
    if last is None or trace is None or last[1].about[0] == trace.rule:
        return ""
    number, entry = last
    return say(
        "The rule adopted last is {adopted}; this report follows {rule}, as its settings say. It was adopted by {who} "
        "on {day} (entry {number} of the journal), for this reason: {why}",
        adopted=entry.about[0], rule=trace.rule, who=entry.who, day=entry.when.isoformat(), number=number,
        why=entry.why,
    )  # fmt: skip


def lines(case: Case) -> tuple[str, ...]:
    """Whichever of both there is to say."""
    return tuple(filter(None, (followed(case), passed_over(case))))
