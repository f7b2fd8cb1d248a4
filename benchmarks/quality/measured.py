"""One labelled ledger through every pattern: as shipped, tuned, and beside what it must beat."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .alerts import found
from .labelled import REPORT, TUNE, Labelled
from .rules import best, chance, degree, rules
from .score import Score, score
from .tuning import shipped, tuned

if TYPE_CHECKING:
    from followmoney.patterns import Pattern

SHARE = 0.01


@dataclass(frozen=True)
class Line:
    """The rates of one way to raise alerts for one pattern on one ledger, on the half not tuned on."""

    data: str
    pattern: str
    way: str
    """`as shipped`; `unexplained`: those of them that no innocent explanation fits; `tuned`; `one number`: the best
    rule on one; `counterparties`: their number alone; `chance`."""
    how: str
    """Thresholds that differ from the defaults, or the rule on one number."""
    budget: int
    score: Score


def lines(data: Labelled, *, draws: int, only: str = "") -> Iterator[Line]:
    """Every pattern that this ledger has schemes of and the catalogue knows; tuned where there are draws."""
    from followmoney.patterns import catalogue

    numbers, whole = rules(data), data
    for name in data.patterns():
        data = whole.halved(name)
        if name not in catalogue() or not data.of(name, TUNE) or not data.of(name, REPORT) or only not in name:
            continue
        many = (data.budget(SHARE, TUNE), data.budget(SHARE, REPORT))
        print(f"{data.name}: {name}", file=sys.stderr, flush=True)
        pattern = catalogue()[name]

        def line(way: str, how: str, given: Score, name: str = name, budget: int = many[REPORT]) -> Line:
            return Line(whole.name, name, way, how, budget, given)

        usual = found(data, shipped(pattern, data), max(many))[REPORT]
        yield line("as shipped", "", score(data, name, REPORT, usual.first(many[REPORT])))
        unexplained = usual.first(many[REPORT]).down_to(0)
        yield line("unexplained", "", score(data, name, REPORT, unexplained))
        if draws:
            set_, alerts = tuned(pattern, data, many, draws)
            yield line("tuned", _said(shipped(pattern, data), set_), score(data, name, REPORT, alerts))
        rule, alerts = best(data, name, numbers, many)
        yield line("one number", rule, score(data, name, REPORT, alerts))
        alone = degree(data)
        yield line("counterparties", "", score(data, name, REPORT, best(data, name, [alone], many)[1]))
        drawn = chance(data, REPORT, many[REPORT], 1)
        yield line("chance", "", score(data, name, REPORT, drawn))


def _said(usual: Pattern, now: Pattern) -> str:
    """The thresholds that differ; how far a search may go is no threshold."""
    before, after = usual.parameters(), now.parameters()
    changed = {n: v for n, v in after.items() if v != before[n] and n != "budget"}
    return ", ".join(f"{n} = {next(iter(v.values())) if isinstance(v, dict) else v:g}" for n, v in changed.items())
