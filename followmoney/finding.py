"""`Findings`: what patterns found, each with the transactions that show it; `Finding`: one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from html import escape
from typing import Any, cast

import polars as pl

from followmoney.errors import SOME_FINDINGS, SettingsError, expect, unknown
from followmoney.schema.codes import money

FINDINGS = {
    "id": pl.String, "pattern": pl.String, "subject": pl.String, "label": pl.String, "amount": pl.Int64,
    "currency": pl.String, "first": pl.Datetime("us", "UTC"), "last": pl.Datetime("us", "UTC"),
    "transactions": pl.Int64, "strength": pl.Float64, "margins": pl.String, "explanation": pl.String,
    "counter": pl.List(pl.String), "unchecked": pl.List(pl.String), "amltrix": pl.String, "parameters": pl.String,
}  # fmt: skip
"""Columns of `Findings.frame`."""

EVIDENCE = {
    "finding": pl.String, "transaction": pl.String, "role": pl.String, "booked_at": pl.Datetime("us", "UTC"),
    "originator": pl.String, "beneficiary": pl.String, "amount": pl.Int64, "currency": pl.String, "source": pl.String,
    "row": pl.Int64,
}  # fmt: skip
"""Columns of `Findings.evidence`; `amount` is what was credited for the role `in`, what was debited for every other."""

ORDER = (
    "Findings that no innocent explanation fits come first, each the strongest first. Strength compares findings of "
    "one pattern; between patterns it says little, for each measures other thresholds: look at each by itself too."
)
"""How findings are ranked everywhere, and what the rank does not say."""
_NONE = "Of the innocent explanations that {} checked, none was found to fit."

WATERFALL = {
    "threshold": pl.String, "meaning": pl.String, "seen": pl.String, "limit": pl.String, "adds": pl.Float64,
}  # fmt: skip
"""Columns of `Finding.waterfall`, beside the strength so far."""


@dataclass(frozen=True, eq=False)
class Finding:
    """One finding: whom it is about, how much, when, in one sentence, and what speaks against it."""

    id: str
    pattern: str
    subject: str
    """Account, or party where accounts were merged."""
    label: str
    """The holder's name, or the subject itself."""
    amount: int | None
    """Minor units of `currency`; None where several currencies are involved."""
    currency: str | None
    first: datetime
    last: datetime
    transactions: int
    strength: float
    """0 to 1: how far past the thresholds; not a probability of anything."""
    margins: str
    """What the strength is made of, as JSON; see `waterfall`."""
    explanation: str
    counter: tuple[str, ...]
    """Innocent explanations that were found to fit."""
    amltrix: str
    parameters: str
    """Thresholds used, as JSON."""
    evidence: pl.DataFrame
    """A row a transaction and role."""
    unchecked: tuple[str, ...] = ()
    """Innocent explanations that could not be checked here, and why; the explanation says so too."""

    @property
    def thresholds(self) -> tuple[str, ...]:
        """The thresholds it was found with, as people write them: `days 7`, `least CHF 10,000, EUR 10,000`."""
        given: dict[str, Any] = json.loads(self.parameters or "{}")
        return tuple(f"{name} {_written(value)}" for name, value in sorted(given.items()))

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against it, in sentences, or how far it was looked for."""
        if self.counter or not self.unchecked:
            return (*(self.counter or (_NONE.format("were"),)), *self.unchecked)
        return (_NONE.format("could be"), *self.unchecked)

    def __eq__(self, other: object) -> bool:
        """The same in every value and every row of evidence."""
        if not isinstance(other, Finding):
            return NotImplemented
        return _told(self) == _told(other) and self.evidence.equals(other.evidence)

    def __hash__(self) -> int:
        """By its identifier."""
        return hash(self.id)

    def rows(self) -> pl.DataFrame:
        """The source rows that prove it: source, row, transaction."""
        return self.evidence.select("source", "row", "transaction").unique(maintain_order=True)

    def waterfall(self) -> pl.DataFrame:
        """What the strength is made of, threshold by threshold, and what speaks against the finding.

        Returns:
            A row a threshold: threshold, meaning, seen, limit, adds (to the strength), strength (so far). Then a row
            for each innocent explanation that fits: `meaning` says it, the rest is empty; it is yours to weigh, and
            takes nothing off the strength.
        """
        rows: list[dict[str, Any]] = json.loads(self.margins)
        against = [{"threshold": None, "meaning": sentence, "adds": None} for sentence in self.counter]
        frame = pl.DataFrame([*rows, *against], schema=WATERFALL)
        total = pl.when(pl.col("adds").is_not_null()).then(pl.col("adds").cum_sum()).round(6)
        return frame.with_columns(pl.col("adds").round(6), total.alias("strength"))

    def draw(self, *, ax: Any = None) -> Any:  # noqa: ANN401 - matplotlib's, and it is not loaded here
        """Draw the waterfall: what adds to the strength, and what speaks against it; returns the matplotlib Axes."""
        from followmoney.pictures import draw

        return draw("waterfall", self, ax=ax)

    def _repr_html_(self) -> str:
        against = "".join(f"<li>{escape(sentence)}</li>" for sentence in self.counter)
        return (
            f"<p><b>{escape(self.pattern)}</b> {escape(self.id)}: {escape(self.explanation)}</p>"
            + (f"<p>What speaks against it:</p><ul>{against}</ul>" if against else "")
            + self.evidence.drop("finding")._repr_html_()  # pyright: ignore[reportPrivateUsage]
        )


@dataclass(frozen=True, eq=False)
class Findings:
    """Findings as a table in order of rank, with their evidence and notes on what was not examined.

    Those that no innocent explanation fits come first, then those that one fits; each the strongest first. On labelled
    ledgers that order has more right alerts at the top than strength alone (`benchmarks.quality`). Strength compares
    findings of one pattern; between patterns it says little, for each measures other thresholds. `of` gives the
    findings of one pattern in the same order.
    """

    frame: pl.DataFrame
    """One row a finding, sorted by (an innocent explanation fits, -strength, pattern, first, id)."""
    evidence: pl.DataFrame
    """One row a transaction of a finding and its role, in the order of the findings, then of time."""
    notes: tuple[str, ...] = ()
    """Limits that were hit and currencies that were not examined, in sentences."""
    looked_for: tuple[str, ...] = ()
    """Names of the patterns that were looked for, in order; empty where that was not kept."""
    not_examined: tuple[str, ...] = ()
    """Those of them that could not be, because the ledger says nothing of what they need; `notes` say what."""

    @classmethod
    def empty(cls, notes: Iterable[str] = ()) -> Findings:
        """No findings."""
        return cls(pl.DataFrame(schema=FINDINGS), pl.DataFrame(schema=EVIDENCE), tuple(notes))

    @property
    def not_found(self) -> tuple[str, ...]:
        """Patterns that were looked for as far as the ledger goes, and of which there is no finding."""
        there = {*self.frame["pattern"].unique(), *self.not_examined}
        return tuple(name for name in self.looked_for if name not in there)

    @classmethod
    def together(cls, parts: Iterable[Findings]) -> Findings:
        """Several tables of findings as one; a finding that is in two of them is kept once."""
        given = [cls.empty(), *parts]
        for part in given:
            expect("together", part, Findings, SOME_FINDINGS)
        frame = pl.concat(p.frame for p in given).unique("id", keep="first", maintain_order=True)
        explained = pl.col("counter").list.len() > 0
        order = [False, True, False, False, False]
        frame = frame.sort(explained, "strength", "pattern", "first", "id", descending=order)
        rank = frame.select(pl.col("id").alias("finding")).with_row_index("_rank")
        evidence = pl.concat(p.evidence for p in given).unique(["finding", "transaction", "role"], maintain_order=True)
        ranked = evidence.join(rank, on="finding", how="left", maintain_order="left")
        notes = dict.fromkeys(note for p in given for note in p.notes)
        asked = tuple(sorted({name for p in given for name in p.looked_for}))
        lacked = {name for p in given for name in p.not_examined}
        examined = {name for p in given for name in {*p.looked_for} - {*p.not_examined}}
        return cls(
            frame,
            ranked.sort("_rank", maintain_order=True).drop("_rank"),
            tuple(notes),
            asked,
            tuple(sorted(lacked - examined)),
        )

    def of(self, pattern: str) -> Findings:
        """Only the findings of one pattern.

        Raises:
            SettingsError: No such pattern was looked for.
        """
        if self.looked_for and pattern not in (known := {*self.looked_for, *self.frame["pattern"].unique()}):
            raise SettingsError(unknown("pattern among those that were looked for,", pattern, known))
        frame = self.frame.filter(pl.col("pattern") == pattern)
        evidence = self.evidence.filter(pl.col("finding").is_in(frame["id"].implode()))
        asked, lacked = (tuple({pattern} & {*names}) for names in (self.looked_for, self.not_examined))
        return Findings(frame, evidence, self.notes, asked, lacked)

    def __eq__(self, other: object) -> bool:
        """The same findings in the same order, with the same evidence, notes and patterns looked for."""
        if not isinstance(other, Findings):
            return NotImplemented
        same = self.frame.equals(other.frame) and self.evidence.equals(other.evidence)
        return same and all(getattr(self, name) == getattr(other, name) for name in _SAID)

    def __hash__(self) -> int:
        """By the identifiers of the findings."""
        return hash(tuple(self.frame["id"]))

    def __len__(self) -> int:
        """Number of findings."""
        return len(self.frame)

    def __iter__(self) -> Iterator[Finding]:
        """Every finding, in order of rank."""
        shown = self.evidence.partition_by("finding", as_dict=True, maintain_order=True)
        for row in self.frame.iter_rows(named=True):
            yield _finding(row, shown[(row["id"],)])

    def __getitem__(self, which: int | str) -> Finding:
        """A finding by its place or its identifier."""
        if isinstance(which, str):
            place = self.frame["id"].index_of(which)
            if place is None:
                raise SettingsError(unknown("finding", which, self.frame["id"].head(10_000)))
        else:
            expect("Findings[...]", which, int, "the place or the id of a finding")
            if not -len(self) <= which < len(self):
                raise IndexError(f"There are {len(self):,} findings, counted from 0; {which} is not one of them.")
            place = range(len(self))[which]
        row = self.frame.row(place, named=True)
        return _finding(row, self.evidence.filter(pl.col("finding") == row["id"]))

    def __repr__(self) -> str:
        """One line: how many, of which patterns."""
        counts = self.frame.group_by("pattern").len().sort("pattern").iter_rows()
        return f"Findings({len(self):,}{''.join(f'; {name} {n:,}' for name, n in counts)})"

    def _repr_html_(self) -> str:
        shown = self.frame.head(20)
        cells = [
            [r["pattern"], r["label"], "" if r["amount"] is None else money(r["amount"], r["currency"]),
             f"{r['first']:%Y-%m-%d}", f"{r['last']:%Y-%m-%d}", f"{r['strength']:.2f}", r["explanation"]]
            for r in shown.iter_rows(named=True)
        ]  # fmt: skip
        heads = "".join(f"<th>{h}</th>" for h in ("pattern", "who", "amount", "first", "last", "strength", "what"))
        body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in cells)
        more = f"<p>{len(shown)} of {len(self):,} findings shown.</p>" if len(shown) < len(self) else ""
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        order = f"<p>{ORDER}</p>" if self.frame["pattern"].n_unique() > 1 else ""
        return f"<p><b>{escape(repr(self))}</b></p><table><tr>{heads}</tr>{body}</table>{more}{order}<ul>{notes}</ul>"


def _written(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        return ", ".join(f"{name} {_written(each)}" for name, each in sorted(cast("dict[str, int]", value).items()))
    if isinstance(value, int | float):
        return f"{value:,}".removesuffix(".0")
    return str(value) or "not given"


_SAID = ("notes", "looked_for", "not_examined")


def _told(finding: Finding) -> list[Any]:
    return [getattr(finding, f.name) for f in fields(Finding) if f.name != "evidence"]


def _finding(row: dict[str, Any], evidence: pl.DataFrame) -> Finding:
    given: dict[str, Any] = {f.name: row[f.name] for f in fields(Finding) if f.name in row}
    for name in {"counter", "unchecked"} & {*given}:
        given[name] = tuple(row[name])
    return Finding(**given, evidence=evidence)
