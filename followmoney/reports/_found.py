"""Findings: each with its sentence, its figures, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.finding import ORDER
from followmoney.languages import columns, count, mark, retell, retold, say
from followmoney.reports import anchors
from followmoney.reports._blocks import Block, Cell, Figure, Head, Points, Row, Section, Text, row, table
from followmoney.reports._codes import code, explained, sourced
from followmoney.reports._decided import facts as spoken_facts
from followmoney.reports._money import many, plain, some
from followmoney.reports._rates import card
from followmoney.reports.picture import Picture, picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from followmoney.case import Case
    from followmoney.case.spoken import Fact
    from followmoney.finding import Finding, Findings

_MEANING = mark(
    "A finding says that transactions have a shape that is known from laundering; strength says how far past the "
    "thresholds they are, from 0 to 1. It is not a probability, and it says nothing about what anybody knew."
)
_FINDINGS, _EVIDENCE, _ROWS, _DRAWN, _FACTS = 100, 30, 2_000, 8, 10


def findings(case: Case, places: set[str]) -> Section:
    """Each finding: sentence, strength, thresholds, what speaks against it, evidence."""
    found = case.considered
    blocks: list[Block] = []
    if found is None:
        blocks.append(Text(say("No patterns were looked for.")))
    elif not len(found):
        blocks.append(Text(say("Patterns were looked for; none was found.")))
    else:
        blocks.append(Text(f"{many(len(found), 'finding')}. {retell(ORDER)} {say(_MEANING)}"))
        room, shown = _ROWS, 0
        for finding in found:
            if shown == _FINDINGS or room <= 0:
                break
            block, used = _finding(finding, case, places, min(_EVIDENCE, room), drawn=shown < _DRAWN)
            blocks += block
            shown, room = shown + 1, room - used
        if shown < len(found):
            blocks.append(
                Text(
                    say(
                        "The first {shown} of {all} findings are listed; all are in findings.parquet, their evidence "
                        "in evidence.parquet.",
                        shown=shown,
                        all=len(found),
                    )
                )
            )
        blocks += card(found.frame["pattern"])
    if found is not None and found.looked_for:
        blocks += _looked_for(found)
    return Section("findings", say("Findings"), tuple(blocks))


def _looked_for(found: Findings) -> list[Block]:
    """Every pattern asked for: how many findings, none, or why it could not be examined."""
    counts = dict(found.frame.group_by("pattern").len().iter_rows())
    rows: list[Row] = []
    for name in found.looked_for:
        mine = [retell(note).removeprefix(f"{name}: ") for note in found.notes if note.startswith(f"{name}: ")]
        none = say("not examined") if name in found.not_examined else say("looked for, none found")
        result = many(counts[name], "finding") if name in counts else none
        rows.append(row(code(name), result, " ".join(f"{note[0].upper()}{note[1:]}" for note in mine)))
    return [Head(say("What was looked for")), table(columns("Pattern", "Result", "Notes"), rows)]


def _finding(finding: Finding, case: Case, places: set[str], most: int, *, drawn: bool) -> tuple[list[Block], int]:
    thresholds = "; ".join(map(_threshold, finding.thresholds)) or say("none")
    evidence = finding.evidence.head(most)
    place = anchors.evidence(finding.id)
    rows = [
        row(
            say(e["role"]), _transaction(e["transaction"], places), f"{e['booked_at']:%Y-%m-%d %H:%M}",
            e["originator"], e["beneficiary"], e["currency"],
            plain(e["amount"], e["currency"]), Cell(sourced(e), code=True),
            anchor=None if n else place,
        )
        for n, e in enumerate(evidence.iter_rows(named=True))
    ]  # fmt: skip
    spoken = case.spoken.of(finding)
    against = (*speaks(spoken), *retold(finding.against))
    note = say(
        "The first {shown} of {all} rows; all are in evidence.parquet.",
        shown=len(evidence), all=len(finding.evidence),
    )  # fmt: skip
    amltrix = f" AMLTRIX {finding.amltrix}." if finding.amltrix else ""
    facts = say(
        "Finding {id}. Strength {strength}. Thresholds: {thresholds}.",
        id=finding.id, strength=f"{finding.strength:.2f}", thresholds=thresholds,
    )  # fmt: skip
    return [
        Head(f"{code(finding.pattern)}: {finding.label}"),
        Text(explained(finding)),
        Text(f"{facts}{amltrix}"),
        *([Figure(_drawn(finding, place, tuple(map(_whole, spoken[:_FACTS]))))] if drawn else []),
        table(columns("Threshold", "Seen", "Limit", "Adds>", "Strength>"), _waterfall(finding), ""),
        Text(say("What speaks against it:")),
        Points(against) if len(against) > 1 or finding.counter or spoken else Text(" ".join(against)),
        *([spoken_facts(case, spoken, most=_FACTS)] if spoken else []),
        table(
            columns("Role", "Transaction", "Booked (UTC)|", "From", "To", "Currency", "Amount>", "Source row"), rows,
            "" if len(evidence) == len(finding.evidence) else note,
        ),
    ], len(evidence)  # fmt: skip


def speaks(facts: Sequence[Fact]) -> list[str]:
    """That there are facts that speak for somebody in a finding, and where; nothing where there are none."""
    if not facts:
        return []
    whom = list(dict.fromkeys(name for fact in facts for name in fact.whom))
    return [
        count(
            len(facts),
            "{n} fact that an analyst recorded about {whom} speaks for them: see entry {entries} of the journal.",
            "{n} facts that an analyst recorded about {whom} speak for them: see entries {entries} of the journal.",
            whom=some(whom, _FACTS), entries=some([str(fact.number) for fact in facts], _FACTS),
        )
    ]  # fmt: skip


def _whole(fact: Fact) -> str:
    """The fact itself, with who says so."""
    e = fact.entry
    return f"{some(fact.whom, _FACTS)}: {e.why} ({e.who}, {e.when}; {e.source})"


def _drawn(finding: Finding, place: str, said: tuple[str, ...]) -> Picture:
    """Its waterfall; every bar leads to the evidence below."""
    return picture("waterfall", finding, against=said, places={place}, name=f"waterfall-{place}")


def _threshold(text: str) -> str:
    """A threshold as it is written, and in words where it has no value."""
    name, none, rest = text.rpartition(" not given")
    return f"{name} {say('not given')}" if none and not rest else text


def _waterfall(finding: Finding) -> list[Row]:
    """What the strength is made of."""
    return [
        row(
            f"{w['threshold']}: {retell(w['meaning'])}", retell(w["seen"]), retell(w["limit"]), f"{w['adds']:.2f}",
            f"{w['strength']:.2f}",
        )
        for w in finding.waterfall().iter_rows(named=True)
        if w["threshold"] is not None
    ]  # fmt: skip


def _transaction(identifier: str, places: set[str]) -> Cell:
    place = anchors.transaction(identifier)
    return Cell(identifier, link=place if place in places else None)
