"""What a template can say: the case in texts and tables, and the statement itself, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from followmoney.languages import mark, marks, retell, say
from followmoney.reports import _declaration
from followmoney.reports._blocks import Block, Cell, Form, Points, Section, Table, Text
from followmoney.reports._capped import capped
from followmoney.reports._cover import question
from followmoney.reports._handled import handled
from followmoney.reports._visible import in_line

if TYPE_CHECKING:
    from followmoney.reports._pack import Pack

Part = dict[str, Any]
FINDINGS = 100
"""The most findings that are told in the statement; the report has them all."""
_NOT_XML: dict[int, str] = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")
_LIMITS = marks(
    "Nothing here says that anybody committed an offence, or knew or meant anything: that is for the court.",
    "A finding says that transactions have a shape that is known from laundering, and that innocent money can have it.",
    "Which claim money an account still holds depends on the tracing rule, which is a question of law. Other rules "
    "give other figures; the schedule has them side by side.",
    "Figures are of the rows received. A document that was not received can change them.",
)
_WITNESS = mark("Who makes this statement")
_TO_SIGN = mark("Statement of truth (to be completed and signed; nothing is stated until then)")


def says(pack: Pack, sections: Sequence[Section]) -> Mapping[str, Any]:
    """Every name a template can use; all of it is text, or lists of text."""
    chapters = {s.anchor.replace("-", "_"): _chapter(s) for s in sections}
    case, trace = pack.case, pack.case.trace
    return {
        "case": clean(case.name), "kind": say("Statement"), "handling": clean(handled(case.handling)),
        "question": clean(question(case)), "answer": clean(pack.long.cut(case.sentence())),
        "rule": trace.rule if trace else "", "run": pack.fingerprint[:16], "fingerprint": pack.fingerprint,
        "chapters": chapters, "parts": _parts(pack, chapters),
        "schedules": [chapters[name] for name in ("freeze", "schedule_a") if chapters[name]["tables"]],
    }  # fmt: skip


def _parts(pack: Pack, chapters: Mapping[str, Part]) -> list[Part]:
    """The statement, from who makes it to what is signed."""
    witness, rest = _declaration.BLANKS[:3], _declaration.BLANKS[4:]
    return [
        _part(say(_WITNESS), blanks=[say(blank) for blank in witness]),
        _part(say("Instructions"), [say("I was asked: {question}", question=clean(question(pack.case)))]),
        _part(say("What I received"), tables=[*_made(chapters["mandate"], 1), *chapters["exhibits"]["tables"]]),
        _part(say("Method"), [*chapters["method"]["points"], *chapters["tracing"]["points"]]),
        _part(say("What was found"), [clean(pack.long.cut(pack.case.sentence())), *_findings(pack)]),
        _part(say("Who holds it now"), [*chapters["freeze"]["texts"], *_counted(chapters)]),
        _part(say("What we did not see"), [*chapters["mandate"]["points"], *_said(chapters["unknown"])]),
        _part(say("Limits"), [say(limit) for limit in _LIMITS]),
        _part(say(_TO_SIGN), _said(chapters["declaration"]), blanks=[say(blank) for blank in rest]),
    ]


def _findings(pack: Pack) -> Iterable[str]:
    found = pack.case.findings
    if found is None:
        return [say("No patterns were looked for.")]
    shown = [clean(pack.long.cut(retell(finding.explanation))) for finding in islice(found, FINDINGS)]
    return [*shown, *filter(None, [capped(len(shown), len(found))])]


def _counted(chapters: Mapping[str, Part]) -> Iterable[str]:
    """How many rows the schedules have here."""
    return [
        say("{title}: {rows} rows at the end of this statement.", title=part["title"], rows=len(table["rows"]))
        for part in (chapters["freeze"], chapters["schedule_a"])
        for table in part["tables"]
    ]


def _made(chapter: Part, at: int) -> Sequence[Part]:
    """The table of a chapter in this place, if it is there."""
    return chapter["tables"][at : at + 1]


def _said(chapter: Part) -> list[str]:
    return [*chapter["texts"], *chapter["points"]]


def _part(title: str, paragraphs: Iterable[str] = (), tables: Sequence[Part] = (), blanks: Sequence[str] = ()) -> Part:
    return {"title": title, "paragraphs": list(paragraphs), "tables": list(tables), "blanks": list(blanks)}


def _chapter(section: Section) -> Part:
    """A chapter of the report, its blocks by kind."""
    of: Sequence[Block] = section.blocks
    return {
        "title": clean(section.title),
        "texts": [clean(b.text) for b in of if isinstance(b, Text)],
        "points": [clean(s) for b in of if isinstance(b, Points) for s in b.sentences],
        "blanks": [clean(t) for b in of if isinstance(b, Form) for t in b.terms],
        "tables": [_table(b) for b in of if isinstance(b, Table)],
    }


def _table(table: Table) -> Part:
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows]
    return {"heads": [clean(head.rstrip(">|")) for head in table.heads], "rows": rows, "note": clean(table.note)}


def _cell(cell: Cell) -> str:
    """A cell, its second line under the first."""
    return "\n".join(clean(text) for text in (cell.text, cell.more) if text)


def clean(text: str) -> str:
    """Text that a document can hold, in which nothing is hidden."""
    return in_line(text).translate(_NOT_XML)
