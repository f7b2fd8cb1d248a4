"""What analysts decided: first the facts that speak for somebody, all of them, then every entry of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.case.handling import known, meaning
from followmoney.languages import columns, mark, retell, say
from followmoney.reports import anchors
from followmoney.reports._adopted import lines
from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Table, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._codes import code
from followmoney.reports._money import many, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from followmoney.case import Case
    from followmoney.case.spoken import Fact

_ALL = mark(
    "Facts that speak for a person or for an innocent explanation. All that were recorded are here; none is left out."
)
SPEAKS = mark("What speaks for the persons concerned")
NONE = mark("No fact that speaks for a person or for an innocent explanation was recorded.")
_CHAIN = mark(
    "The journal as a whole. Entries are only ever added, each chained to the one before by its hash; journal.jsonl "
    "beside this page has them word for word."
)
_OUT = mark("Findings left out of this report by an analyst, who says why. All findings are in findings.parquet.")
_UNKNOWN = mark("Entry {number}: {finding} is no finding of this case.")


def decided(case: Case) -> tuple[Section, ...]:
    """The section; none where nobody decided anything."""
    if not len(case.journal):
        return ()
    blocks: list[Block] = [*_exculpatory(case), *_excluded(case), *_entries(case)]
    return (Section("decided", say("What analysts decided"), tuple(blocks)),)


def cover(case: Case) -> list[tuple[str, list[Cell]]]:
    """Lines for the head of the report: each handling code and what it means."""
    cells = [
        Cell(one, more=" ".join(part for part in (say(meaning(one)), _source(one)) if part)) for one in case.handling
    ]
    return [(say("Handling"), cells)] if cells else []


def _source(code: str) -> str:
    return f"({known()[code].source})" if code in known() else ""


def _exculpatory(case: Case) -> list[Block]:
    shown = facts(case, case.spoken.facts)
    return [Head(say(SPEAKS)), *([Text(say(_ALL)), shown] if shown.rows else [Text(say(NONE))])]


def facts(case: Case, those: Sequence[Fact], *, most: int | None = None) -> Table:
    """Facts that speak for somebody as a table: all of them, or the first, each leading to where all are."""
    link = most is not None
    rows = [
        row(
            Cell(str(f.number), link=anchors.fact(f.number) if link else None), about(case, f.entry.about), f.entry.why,
            f.entry.source or "", f.entry.who, f.entry.when.isoformat(),
            anchor=None if link else anchors.fact(f.number),
        )
        for f in those[:most]
    ]  # fmt: skip
    heads = columns("Entry>", "About", "Fact", "Source", "Who", "When|")
    return table(heads, rows, capped(len(rows), len(those)))


def about(case: Case, those: Iterable[str]) -> Cell:
    """Identifiers, and the names they stand for."""
    ids = list(those)
    called = dict.fromkeys(case.spoken.called(one) for one in ids)
    return Cell(", ".join(ids), code=True, more=", ".join(name for name in called if name not in ids))


def _excluded(case: Case) -> list[Block]:
    """Findings that are left out, and decisions about findings that are not there."""
    found = {} if case.findings is None else {r["id"]: r for r in case.findings.frame.iter_rows(named=True)}
    out = [(found[name], e) for name, e in case.journal.excluded().items() if name in found]
    rows = [
        row(
            Cell(f["id"], code=True, more=code(f["pattern"])), retell(f["explanation"]), f["currency"] or "",
            plain(f["amount"], f["currency"] or ""), e.why, e.who, e.when.isoformat(),
        )
        for f, e in out
    ]  # fmt: skip
    heads = columns("Finding", "What it says", "Currency", "Amount>", "Left out because", "Who", "When|")
    blocks: list[Block] = [Head(say("Findings left out")), Text(say(_OUT)), table(heads, rows)] if rows else []
    lost = [
        say(_UNKNOWN, number=number, finding=name)
        for number, e in enumerate(case.journal, 1)
        if e.kind in ("include", "exclude")
        for name in e.about
        if name not in found
    ]
    return [*blocks, *([Points(tuple(lost))] if lost else [])]


def _entries(case: Case) -> list[Block]:
    rows = [
        row(
            str(e["number"]), code(e["kind"]), about(case, e["about"]), e["why"], e["source"] or "",
            e["who"], e["when"].isoformat(),
        )
        for e in case.journal.frame().iter_rows(named=True)
    ]  # fmt: skip
    heads = columns("Entry>", "Kind|", "About", "Why", "Source", "Who", "When|")
    entries = many(len(case.journal), "entry", "entries")
    note = say(
        "{entries}; the hash of the last one, which covers all: {hash}.", entries=entries, hash=case.journal.head
    )
    followed = [Text(text) for text in lines(case)]
    return [Head(say("The journal")), Text(say(_CHAIN)), table(heads, rows, note), *followed]
