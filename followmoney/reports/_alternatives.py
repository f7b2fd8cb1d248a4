"""Lawful explanations: which were tested for every finding, which fit, and which could not be tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from followmoney.languages import columns, mark, retell, say
from followmoney.reports._blocks import Block, Points, Row, Section, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._codes import code
from followmoney.reports._money import many

if TYPE_CHECKING:
    from followmoney.case import Case

_TITLE = mark("Alternatives considered")
_MOST, _EXAMPLES = 60, 3
_MEANING = mark(
    "Each pattern knows innocent explanations of its shape and tests them on the same rows. An explanation that fits "
    "does not clear anybody, and one that does not fit accuses nobody: it says what the sources let be tested."
)
_RULES = mark(
    "The money under every other tracing rule, and what else the figures depend on, is in the chapter on tracing; what "
    "an analyst asserts stands there with the figures without it."
)


def alternatives(case: Case) -> Section:
    """Fitting explanations and untested ones, counted; each finding has its own in its chapter."""
    found = case.considered
    if found is None:
        return Section("alternatives", say(_TITLE), (Text(say("No patterns were looked for.")), Text(say(_RULES))))
    fits, untested = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    examples: dict[tuple[str, str], list[str]] = {}
    frame = found.frame.select("id", "pattern", "counter", "unchecked")
    clear = 0
    told: Iterator[tuple[str, str, list[str] | None, list[str] | None]] = frame.iter_rows()
    for name, pattern, counter, unchecked in told:
        clear += not counter
        for tally, said in ((fits, counter), (untested, unchecked)):
            for sentence in said or []:
                tally[pattern, sentence] += 1
                examples.setdefault((pattern, sentence), []).append(name)
    said = say(
        "{findings}: an innocent explanation fits {fits} of them; for {clear} none was found to fit.",
        findings=many(len(frame), "finding"), fits=len(frame) - clear, clear=clear,
    )  # fmt: skip
    rows = [*_rows(fits, examples, say("fits")), *_rows(untested, examples, say("could not be tested"))]
    note = capped(min(_MOST, len(rows)), len(rows))
    blocks: list[Block] = [Text(say(_MEANING)), Text(said, strong=True)]
    if rows:
        heads = columns("Explanation", "Pattern", "Result", "Findings>", "For example")
        blocks.append(table(heads, rows[:_MOST], note))
    return Section("alternatives", say(_TITLE), (*blocks, Points((say(_RULES),))))


def _rows(tally: Counter[tuple[str, str]], examples: dict[tuple[str, str], list[str]], result: str) -> list[Row]:
    order = sorted(tally.items(), key=lambda its: (-its[1], its[0]))
    return [
        row(
            retell(sentence),
            code(pattern),
            result,
            f"{count:,}",
            ", ".join(examples[pattern, sentence][:_EXAMPLES]),
        )
        for (pattern, sentence), count in order
    ]
