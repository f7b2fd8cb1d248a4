"""Exhibits by their hashes, and the page that a person signs; the program declares nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from followmoney.languages import columns, mark, marks, say
from followmoney.reports._blocks import Block, Cell, Form, Points, Row, Section, Text, row, table
from followmoney.reports._mandate import exhibit

if TYPE_CHECKING:
    from followmoney.case import Case

_INPUTS = 2_000
_DECLARED = marks(
    "Which of the facts in this report are within my own knowledge, and which are not.",
    "Who instructed me, what I was asked, and which documents I was given.",
    "Where there is a range of opinion, what it is and why I hold mine: see the chapters on tracing and alternatives.",
    "What could change my conclusion: see the chapter on what is not known.",
    "That I understand my duty to the court and have complied with it.",
)
BLANKS = marks("Name", "Qualification and post", "Instructed by", "Question put", "Place and date", "Signature")
_MEANING = mark(
    "To be completed and signed by the person who presents this report, in the form the court asks for. Figures and "
    "schedules were computed by a program from the exhibits; what they mean is the opinion of whoever signs."
)


def exhibits(case: Case, outputs: Mapping[str, str]) -> Section:
    """What was read (E) and what was written (R), each with its SHA-256."""
    rows: list[Row] = []
    note = ""
    if case.ledger is not None:
        sources = case.ledger.sources.sort("source")
        rows += [
            row(exhibit(at), Cell(name, code=True), f"{size:,}", Cell(digest, code=True))
            for at, (name, size, digest) in enumerate(
                sources.select("source", "size", "sha256").head(_INPUTS).iter_rows()
            )
        ]
        if len(sources) > _INPUTS:
            note = say("The first {shown} of {all} sources; all are in manifest.json.", shown=_INPUTS, all=len(sources))
    rows += [
        row(f"R{at + 1}", Cell(name, code=True), "", Cell(digest, code=True))
        for at, (name, digest) in enumerate(sorted(outputs.items()))
    ]
    blocks: list[Block] = [Text(say("E: what was received. R: what was written beside this report.")),
                           table(columns("Exhibit|", "File", "Bytes>", "SHA-256"), rows, note)]  # fmt: skip
    return Section("exhibits", say("Exhibits"), tuple(blocks))


def declaration() -> Section:
    """The page to sign."""
    blocks: list[Block] = [
        Text(say(_MEANING)), Text(say("I state:")), Points(tuple(map(say, _DECLARED))), Form(tuple(map(say, BLANKS)))
    ]  # fmt: skip
    return Section("declaration", say("Declaration"), tuple(blocks))
