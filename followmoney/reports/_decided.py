"""What analysts decided: first the facts that speak for somebody, all of them, then every entry of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.case.handling import known, meaning
from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Text, row, table
from followmoney.reports._money import many, plain

if TYPE_CHECKING:
    from followmoney.case import Case

_ALL = (
    "Facts that speak for a person or for an innocent explanation. All that were recorded are here; none is left out."
)
_NONE = "No fact that speaks for a person or for an innocent explanation was recorded."
_CHAIN = (
    "The journal as a whole. Entries are only ever added, each chained to the one before by its hash; journal.jsonl "
    "beside this page has them word for word."
)
_OUT = "Findings left out of this report by an analyst, who says why. All findings are in findings.parquet."
_UNKNOWN = "Entry {}: {} is no finding of this case."


def decided(case: Case) -> Section | None:
    """The section; none where nobody decided anything."""
    if not len(case.journal):
        return None
    blocks: list[Block] = [*_exculpatory(case), *_excluded(case), *_entries(case)]
    return Section("decided", "What analysts decided", tuple(blocks))


def cover(case: Case) -> list[tuple[str, list[Cell]]]:
    """Lines for the head of the report: each handling code and what it means."""
    cells = [
        Cell(code, more=" ".join(part for part in (meaning(code), _source(code)) if part)) for code in case.handling
    ]
    return [("Handling", cells)] if cells else []


def _source(code: str) -> str:
    return f"({known()[code].source})" if code in known() else ""


def _exculpatory(case: Case) -> list[Block]:
    facts = case.journal.exculpatory()
    heads = ["About", "Fact", "Source", "Who", "When|"]
    rows = [row(Cell(", ".join(e.about), code=True), e.why, e.source or "", e.who, e.when.isoformat()) for e in facts]
    return [
        Head("What speaks for the persons concerned"),
        *([Text(_ALL), table(heads, rows)] if facts else [Text(_NONE)]),
    ]


def _excluded(case: Case) -> list[Block]:
    """Findings that are left out, and decisions about findings that are not there."""
    found = {} if case.findings is None else {r["id"]: r for r in case.findings.frame.iter_rows(named=True)}
    out = [(found[name], e) for name, e in case.journal.excluded().items() if name in found]
    rows = [
        row(
            Cell(f["id"], code=True, more=f["pattern"].replace("_", " ")), f["explanation"], f["currency"] or "",
            plain(f["amount"], f["currency"] or ""), e.why, e.who, e.when.isoformat(),
        )
        for f, e in out
    ]  # fmt: skip
    heads = ["Finding", "What it says", "Currency", "Amount>", "Left out because", "Who", "When|"]
    blocks: list[Block] = [Head("Findings left out"), Text(_OUT), table(heads, rows)] if rows else []
    lost = [
        _UNKNOWN.format(number, name)
        for number, e in enumerate(case.journal, 1)
        if e.kind in ("include", "exclude")
        for name in e.about
        if name not in found
    ]
    return [*blocks, *([Points(tuple(lost))] if lost else [])]


def _entries(case: Case) -> list[Block]:
    rows = [
        row(
            str(e["number"]), e["kind"], Cell(", ".join(e["about"]), code=True), e["why"], e["source"] or "", e["who"],
            e["when"].isoformat(),
        )
        for e in case.journal.frame().iter_rows(named=True)
    ]  # fmt: skip
    heads = ["Entry>", "Kind|", "About", "Why", "Source", "Who", "When|"]
    entries = many(len(case.journal), "entry", "entries")
    note = f"{entries}; the hash of the last one, which covers all: {case.journal.head}."
    rule = case.journal.adopted
    other = case.trace is not None and rule is not None and case.trace.rule != rule
    followed = (
        [Text(f"The rule adopted last is {rule}; this report follows {case.trace.rule}, as its settings say.")]
        if other and case.trace is not None
        else []
    )
    return [Head("The journal"), Text(_CHAIN), table(heads, rows, note), *followed]
