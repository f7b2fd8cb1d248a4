"""What changed between two cases, or between two dates of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl

from followmoney.case import _changes
from followmoney.case._changes import GONE, NEW, ORDER, PLACES, changes
from followmoney.errors import SettingsError, expect
from followmoney.finding import Findings
from followmoney.ledger import when

if TYPE_CHECKING:
    from followmoney.case.case import Case
    from followmoney.case.entry import Entry
    from followmoney.tracing import Trace

_ALWAYS = "1800-01-01"
_CALLED = {"trace": "a trace", "findings": "findings", "ledger": "a ledger"}


@dataclass(frozen=True, eq=False)
class Comparison:
    """What is new, gone or changed; whatever is alike in both is not listed.

    In every table `change` is new, gone or changed, and a figure has a column before and one after, empty where there
    is none on that side. Minor units.
    """

    accounts: pl.DataFrame
    """Accounts with other booked movements: account, currency, change, transactions, debited, credited."""
    claims: pl.DataFrame
    """Places with other claim money: kind (account, asset, cash …), id, currency, change, claim, difference."""
    findings: pl.DataFrame
    """Pattern, subject, change, finding (id), amount, strength, transactions, currency, explanation."""
    transactions: pl.DataFrame
    """Id, change, booked_at, originator, beneficiary, amount, currency. Changed: any cell but its place in a file."""
    journal: pl.DataFrame
    """Entries of the journal that only one of them has: change, kind, about, why, who, when, source."""

    @property
    def alike(self) -> bool:
        """Whether nothing changed."""
        return not any(len(frame) for frame in self.tables().values())

    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table by name."""
        return {n: getattr(self, n) for n in ("transactions", "accounts", "claims", "findings", "journal")}

    @property
    def sentence(self) -> str:
        """How much changed, in one line."""
        if self.alike:
            return "Nothing changed."
        return " ".join(f"{name.capitalize()}: {_counted(frame)}." for name, frame in self.tables().items())


def compare(before: Case, after: Case) -> Comparison:
    """See `Case.compare`."""
    from followmoney.case.case import Case

    expect("compare", after, Case, "another case: fm.Case(name, findings, networks, trace)")
    _comparable(before, after)
    old, new = before.considered, after.considered
    a, b = (dict.fromkeys(case.journal) for case in (before, after))
    entries = [(NEW, e) for e in b if e not in a] + [(GONE, e) for e in a if e not in b]
    return Comparison(
        _changes.accounts(before.ledger, after.ledger),
        _claims(before.trace, after.trace),
        _changes.findings(old or Findings.empty(), new or Findings.empty()),
        _changes.transactions(before.ledger, after.ledger),
        _entries(entries),
    )


def since(case: Case, day: str | date) -> Comparison:
    """See `Case.since`."""
    end, ledger = when.last(day), case.ledger
    before = None if ledger is None else ledger.between(_ALWAYS, end)
    then = None if case.trace is None else until(case.trace, end)
    return Comparison(
        _changes.accounts(before, ledger),
        _claims(then, case.trace),
        _changes.grown(case.considered or Findings.empty(), end),
        _changes.transactions(before, ledger),
        _entries([(NEW, entry) for entry in case.journal if entry.when > end.date()]),
    )


def until(trace: Trace, end: datetime) -> Trace | None:
    """The same question as of an earlier instant; None where nothing was claimed yet."""
    from followmoney.tracing import trace as follow

    if trace.until is not None and trace.until <= end:
        return trace
    booked = trace.graph.ledger.numbered.filter(pl.col("booked_at") <= end)["id"]
    there = set(booked.filter(booked.is_in(trace.record.claim)))
    owners = trace.record.owners
    claim: list[str] | dict[str, list[str]] = [name for name in trace.record.claim if name in there]
    if owners is not None and claim:
        named = {
            name: [one for one in claim if owners[one] == number] for number, name in enumerate(trace.claimants, 1)
        }
        claim = {name: ids for name, ids in named.items() if ids}
    if not claim or (trace.claimant is not None and not (isinstance(claim, dict) and trace.claimant in claim)):
        return None
    made = follow(trace.graph, claim, trace.chosen, end, trace.record.assertions, trace.question)
    return made if trace.claimant is None or len(made.claimants) < 2 else made.of(trace.claimant)  # noqa: PLR2004


def _claims(before: Trace | None, after: Trace | None) -> pl.DataFrame:
    """Every place where the claim money differs."""
    from followmoney.tracing._comparison import where

    a, b = (pl.DataFrame(schema=PLACES) if t is None else _typed(where(t)).filter(pl.col("claim") != 0)
            for t in (before, after))  # fmt: skip
    found = changes(a, b, [*PLACES][:3], ["claim"])
    return found.with_columns(difference=pl.col("claim_after").fill_null(0) - pl.col("claim_before").fill_null(0))


def _typed(places: pl.DataFrame) -> pl.DataFrame:
    return places.select(pl.col(name).cast(dtype) for name, dtype in PLACES.items())


def _entries(entries: list[tuple[str, Entry]]) -> pl.DataFrame:
    schema = {"change": pl.String, "kind": pl.String, "about": pl.List(pl.String), "why": pl.String, "who": pl.String,
              "when": pl.Date, "source": pl.String}  # fmt: skip
    told = [(change, e.kind, list(e.about), e.why, e.who, e.when, e.source) for change, e in entries]
    return pl.DataFrame(told, schema=schema, orient="row")


def _comparable(before: Case, after: Case) -> None:
    """Stop where a difference would be one of the question, not of the facts."""
    for name in ("trace", "findings", "ledger"):
        if (getattr(before, name) is None) != (getattr(after, name) is None):
            raise SettingsError(f"One case has {_CALLED[name]} and the other has none; give it to both, or to neither.")
    a, b = before.trace, after.trace
    if a is not None and b is not None and repr(a.chosen) != repr(b.chosen):
        raise SettingsError(
            f"The cases follow different rules ({a.rule} and {b.rule}), so figures differ by the rule; trace both by "
            "one. `Trace.compare` shows rules side by side."
        )


def _counted(frame: pl.DataFrame) -> str:
    counts = dict(frame["change"].value_counts().iter_rows())
    told = [f"{counts[change]:,} {change}" for change in ORDER if change in counts]
    return ", ".join(told) or "no change"
