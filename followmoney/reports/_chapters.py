"""The chapters of a report, in their order; every format shows the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followmoney.languages import say
from followmoney.reports import (
    _adopted,
    _alternatives,
    _decided,
    _explorer,
    _found,
    _freeze,
    _freeze_first,
    _left,
    _mandate,
    _networks,
    _pictured,
    _schedules,
    _subjects,
    _traced,
    _unknown,
    _unused,
    _valued,
)
from followmoney.reports._blocks import Figure, Section, Text

if TYPE_CHECKING:
    from followmoney.case import Case


def chapters(case: Case) -> Sequence[Section]:
    """Every chapter but those that say how the report was made."""
    places = _schedules.places(case)
    pictured = [_pictured.flow(case, places), _pictured.chronology(case, places), _pictured.ownership(case, places)]
    frozen, found = _freeze.freeze(case, places), _found.findings(case, places)
    drawn = [b.picture for section in (frozen, *pictured, found) for b in section.blocks if isinstance(b, Figure)]
    omitted = [sentence for its in drawn for sentence in its.omitted]
    return [
        Section("finding", say("The finding"), (Text(case.sentence(), strong=True), *map(Text, _adopted.lines(case)))),
        _mandate.mandate(case),
        *_decided.decided(case),
        frozen,
        *pictured[:2],
        _explorer.explorer(case, places),
        _freeze_first.recoverable(case),
        _valued.valued(case),
        _left.left(case, places),
        _left.third_parties(case),
        _subjects.subjects(case),
        *pictured[2:],
        found,
        _alternatives.alternatives(case),
        _networks.networks(case),
        _traced.tracing(case),
        _unknown.unknown(case, omitted),
        _schedules.schedule_a(case),
        _schedules.schedule_b(case),
        _unused.unused(case),
    ]
