"""What a template can say: the case in texts and tables, and the statement itself, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from followmoney.languages import count, mark, marks, say
from followmoney.reports import _declaration, anchors
from followmoney.reports._blocks import Section
from followmoney.reports._cover import question
from followmoney.reports._decided import NONE, SPEAKS
from followmoney.reports._handled import handled
from followmoney.reports._statement._findings import findings
from followmoney.reports._statement._parts import Part, chapter, clean, part, parts, under

if TYPE_CHECKING:
    from followmoney.reports._pack import Pack

_LIMITS = marks(
    "Nothing here says that anybody committed an offence, or knew or meant anything: that is for the court.",
    "A finding says that transactions have a shape that is known from laundering, and that innocent money can have it.",
    "Which claim money an account still holds depends on the tracing rule, which is a question of law. Other rules "
    "give other figures; the schedule has them side by side.",
    "Figures are of the rows received. A document that was not received can change them.",
)
_WITNESS = mark("Who makes this statement")
_TO_SIGN = mark("Statement of truth (to be completed and signed; nothing is stated until then)")
_SCHEDULES = ("freeze", "recoverable", "tracing", "alternatives", "schedule-a")
"""Chapters at the end, whole but for what the statement itself has of them."""


def says(pack: Pack, sections: Sequence[Section]) -> Mapping[str, Any]:
    """Every name a template can use; all of it is text, or lists of text."""
    case, trace = pack.case, pack.case.trace
    by_anchor = {section.anchor: section for section in sections}
    schedules = list(_schedules(by_anchor))
    return {
        "case": clean(case.name), "kind": say("Statement"), "handling": clean(handled(case.handling)),
        "question": clean(question(case)), "answer": clean(pack.long.cut(case.sentence())),
        "rule": trace.rule if trace else "", "run": pack.fingerprint[:16], "fingerprint": pack.fingerprint,
        "chapters": {name.replace("-", "_"): chapter(section) for name, section in by_anchor.items()},
        "parts": _parts(pack, by_anchor, schedules), "schedules": schedules,
    }  # fmt: skip


def _parts(pack: Pack, of: Mapping[str, Section], schedules: Sequence[Part]) -> list[Part]:
    """The statement, from who makes it to what is signed."""
    witness, rest = _declaration.BLANKS[:3], _declaration.BLANKS[4:]
    decided = parts(of["decided"]) if "decided" in of else [part(say(SPEAKS), [say(NONE)])]
    received = [*under(of["mandate"], anchors.DATA)["tables"], *chapter(of["exhibits"])["tables"]]
    return [
        part(say(_WITNESS), blanks=[say(blank) for blank in witness]),
        part(say("Instructions"), [say("I was asked: {question}", question=clean(question(pack.case)))]),
        part(say("What I received"), tables=received),
        part(say("Method"), chapter(of["method"])["points"]),
        *([] if pack.case.trace is None else [under(of["tracing"], anchors.RULE)]),
        part(say("What was found"), [*chapter(of["finding"])["texts"], *map(pack.long.cut, findings(pack.case))]),
        *decided,
        part(say("Who holds it now"), [*parts(of["freeze"])[0]["paragraphs"], *_counted(schedules)]),
        part(say("What we did not see"), under(of["mandate"], anchors.MISSING)["paragraphs"]), *parts(of["unknown"]),
        part(say("Limits"), [say(limit) for limit in _LIMITS]),
        part(say(_TO_SIGN), parts(of["declaration"])[0]["paragraphs"], blanks=[say(blank) for blank in rest]),
    ]  # fmt: skip


def _schedules(of: Mapping[str, Section]) -> Iterable[Part]:
    """What stands at the end; what of it the statement has said already is left out."""
    said = under(of["tracing"], anchors.RULE)["title"]
    for name in _SCHEDULES:
        first, *rest = (p for p in parts(of[name]) if p["title"] != said)
        if name == "freeze":
            first["paragraphs"] = list[str]()
        if rest or first["paragraphs"] or first["tables"]:
            yield from (first, *rest)


def _counted(schedules: Sequence[Part]) -> Iterable[str]:
    """How many rows the schedules have here."""
    return [
        count(
            rows,
            "{title}: {n} row at the end of this statement.",
            "{title}: {n} rows at the end of this statement.",
            title=p["title"],
        )
        for p in schedules
        if (rows := sum(len(table["rows"]) for table in p["tables"]))
    ]
