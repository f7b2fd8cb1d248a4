"""Which heads of confiscation the stated facts may open: `measures.csv` beside this file, never a conclusion."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case.disproportion import disproportion
from followmoney.errors import InputError

if TYPE_CHECKING:
    from followmoney.finding import Findings
    from followmoney.tracing import Trace

TRACED, VALUE, OTHERS, BELOW, OUTLAYS, DIED, NAMED = range(7)  # rows of the table, in its order


@dataclass(frozen=True)
class Measure:
    """One head of confiscation of Directive (EU) 2024/1260 and the fact that may open it."""

    fact: str
    article: str
    where: str
    source: str

    def __str__(self) -> str:
        """In words: what may be considered, where, and by which fact."""
        return f"Directive (EU) 2024/1260 art. {self.article} may be considered where {self.where}: {self.fact}"


@cache
def table() -> tuple[Measure, ...]:
    """Every row, in order."""
    with (files("followmoney.case") / "measures.csv").open(encoding="utf-8") as rows:
        return tuple(Measure(**row) for row in csv.DictReader(rows))


class Facts:
    """What the records state of the holders of claim money."""

    def __init__(self, trace: Trace, findings: Findings | None) -> None:
        """Facts of a trace, and of the findings beside it."""
        ledger = trace.graph.ledger
        self._trace = trace
        holders = dict(ledger["accounts"].select("id", "holder").iter_rows())
        moved = trace.transactions().select("id", "originator", "beneficiary")
        claims = set(trace.claim)
        self._payer = {i: holders.get(str(o)) for i, o, _ in moved.iter_rows()}
        self._first = {holders.get(str(b)) for i, _, b in moved.iter_rows() if i in claims} - {None}
        gone = trace.exits().filter(~pl.col("kind").cast(pl.String).is_in(["asset"]))
        self._gone = set(gone["currency"].cast(pl.String).to_list())
        dead = ledger.parties.filter(pl.col("kind").cast(pl.String) == "person", pl.col("dissolved").is_not_null())
        self._dead = set(dead["id"].to_list())
        self._named = set[str]() if findings is None else _named(findings, holders)
        self._outlays: dict[tuple[str, str], bool] = {}

    def of(self, row: dict[str, Any]) -> list[str]:
        """The measures that may apply to an account or asset of `Case.assets`, in words."""
        holder, found = row["holder"], list[int]()
        if row["claim"] > 0:
            found.append(TRACED)
        if holder in self._first and row["currency"] in self._gone:
            found.append(VALUE)
        payers = {self._payer.get(name) for name in row["paid_by"]} - {None, holder}
        if holder is not None and holder not in self._first and payers and row["status"] != "wrongdoer":
            found.append(OTHERS)
        if row["kind"] == "asset" and row.get("below"):
            found.append(BELOW)
        outlays = holder is not None and self._beyond(holder, row["currency"])
        found += [OUTLAYS] * outlays + [DIED] * (holder in self._dead) + [NAMED] * (outlays and holder in self._named)
        return [str(table()[at]) for at in found]

    def _beyond(self, party: str, currency: str) -> bool:
        """Whether the finances table shows outlays that lawful income does not cover, at the least."""
        if (party, currency) not in self._outlays:
            ledger = self._trace.graph.ledger
            own = ledger["finances"].filter(pl.col("party") == party, pl.col("currency") == currency)
            days = [*own["start"].drop_nulls().to_list(), *own["end"].drop_nulls().to_list()] if len(own) else []
            try:
                answer = bool(days) and disproportion(ledger, party, min(days), max(days), currency=currency).least > 0
            except InputError:
                answer = False
            self._outlays[party, currency] = answer
        return self._outlays[party, currency]


def _named(findings: Findings, holders: dict[str, str | None]) -> set[str]:
    subjects = set(findings.frame["subject"].cast(pl.String).to_list())
    return subjects | {holder for name, holder in holders.items() if name in subjects and holder}
