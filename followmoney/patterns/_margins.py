"""How far past its thresholds a finding is: margin by margin, and together as its strength."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._spoken import many
from followmoney.patterns._threshold import MAJOR, SPANS, micros
from followmoney.patterns._words import length
from followmoney.schema.codes import minor, money

Step = dict[str, Any]
"""A margin: the threshold, what it means, what was seen, its limit (both as text), and what it adds to the strength."""


def steps(pattern: Pattern, seen: Mapping[str, Any]) -> list[Step]:
    """1 - 1/m for each of the pattern's margins, m being what was seen over its threshold, divided by how many.

    A margin whose measure is None does not apply to this finding, and is left out.
    """
    seen = {**seen, **seen["more"]}
    fields = {f.name: f for f in dataclasses.fields(pattern)}
    found: list[Step] = []
    margins = [m for m in pattern.margins if seen[m.measure] is not None]
    for margin in margins:
        field, limit = fields[margin.threshold], getattr(pattern, margin.threshold)
        unit: str = field.metadata["unit"]
        if unit == MAJOR:
            limit = pattern.at(margin.threshold, seen[f"currency_of_{margin.measure}"], seen["begin"])
        here = _seen(margin.measure, unit, seen)
        if _missed(margin, unit, limit, seen) and (pattern.joined or seen["windows"] > 1):
            here = f"{here}, windows joined"
        found.append({
            "threshold": margin.threshold,
            "meaning": field.metadata["help"],
            "seen": here,
            "limit": f"{'at most' if margin.most else 'at least'} {_limit(margin.measure, unit, limit, seen)}",
            "adds": (1 - _share(margin, unit, limit, seen)) / len(margins),
        })  # fmt: skip
    return found


def strength(found: Sequence[Step]) -> float:
    """What the margins add up to: 0 at every threshold, 0.5 at twice and 0.9 at ten times every threshold.

    Not a probability of anything.
    """
    return round(sum(step["adds"] for step in found), 6) + 0.0


def _share(margin: Margin, unit: str, limit: Any, seen: Mapping[str, Any]) -> float:  # noqa: ANN401
    """Threshold over what was seen (or the other way round for an upper bound), 0 to 1."""
    measured, limit = max(seen[margin.measure], 0), _exact(margin.measure, unit, limit, seen)
    if margin.most:
        return min(measured / limit, 1.0) if limit else 1.0
    return min(limit / measured, 1.0) if measured else 1.0


def _missed(margin: Margin, unit: str, limit: Any, seen: Mapping[str, Any]) -> bool:  # noqa: ANN401
    """Only several windows together can be beyond what each of them kept to."""
    measured, limit = seen[margin.measure], _exact(margin.measure, unit, limit, seen)
    return measured > limit if margin.most else measured < limit


def _exact(measure: str, unit: str, limit: Any, seen: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """The limit in the unit of what was seen."""
    if unit == MAJOR:
        return minor(str(limit), seen[f"currency_of_{measure}"])
    return micros(limit, unit) if unit in SPANS else limit


def _seen(measure: str, unit: str, seen: Mapping[str, Any]) -> str:
    """As its limit is counted: of time what lies between, and not the calendar days it touched."""
    measured = seen[measure]
    if unit == MAJOR:
        return money(measured, seen[f"currency_of_{measure}"])
    if unit not in SPANS:
        return f"{round(measured, 3):,}"
    if measured % SPANS[unit] == 0:
        return many(measured // SPANS[unit], unit.removesuffix("s"))
    return length(1, measured + 1)


def _limit(measure: str, unit: str, limit: Any, seen: Mapping[str, Any]) -> str:  # noqa: ANN401
    if unit == MAJOR:
        currency = seen[f"currency_of_{measure}"]
        return f"{currency} {limit:,}"
    return f"{limit:,} {unit}" if unit in SPANS else f"{limit:,}"
