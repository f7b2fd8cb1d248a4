"""What was asked, over which period, from which data, and which data are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.languages import columns, count, mark, say
from followmoney.reports import _gaps, anchors
from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._cover import question
from followmoney.reports._money import many

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

SOURCES = 200
_MANDATE = mark("To be stated by whoever signs this report: see the declaration at its end.")
_TITLE = mark("Question, period and data")


def mandate(case: Case) -> Section:
    """Mandate, question, period, data received, data missing."""
    rows = [row(say("Mandate"), say(_MANDATE)), row(say("Question"), question(case))]
    ledger = case.ledger
    if ledger is None:
        none = Text(say("This case does not name the ledger it was made from."))
        return Section("mandate", say(_TITLE), (table(columns("What", "Answer"), rows), none))
    rows += [row(say("Period"), _period(ledger)), row(say("Data received"), _received(ledger))]
    missing = _missing(case, ledger)
    return Section(
        "mandate", say(_TITLE),
        (
            table(columns("What", "Answer"), rows), *_data(ledger),
            Head(say("Data that is missing"), anchors.MISSING), *missing,
        ),
    )  # fmt: skip


def _period(ledger: Ledger) -> str:
    times = ledger.numbered["booked_at"]
    first: Any = times.min()
    last: Any = times.max()
    if first is None or last is None:
        return say("no transactions")
    return say(
        "{first} to {last} (UTC), the first and the last transaction received",
        first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}",
    )  # fmt: skip


def _received(ledger: Ledger) -> str:
    sources = ledger.sources
    taken, refused = int(sources["taken"].sum()), int(sources["refused"].sum())
    return say(
        "{sources}: {taken} rows taken, {refused} refused", sources=many(len(sources), "source"), taken=taken,
        refused=refused,
    )  # fmt: skip


def _data(ledger: Ledger) -> list[Block]:
    sources = ledger.sources.sort("source")
    shown = sources.head(SOURCES)
    rows = [
        row(exhibit(at), Cell(s["source"], code=True), f"{s['rows']:,}", f"{s['taken']:,}", f"{s['refused']:,}")
        for at, s in enumerate(shown.iter_rows(named=True))
    ]
    heads = columns("Exhibit|", "Source", "Rows>", "Taken>", "Refused>")
    return [Head(say("Data received"), anchors.DATA), table(heads, rows, capped(len(shown), len(sources)))]


def exhibit(at: int) -> str:
    """What a source is called as an exhibit; sources are in order of their names."""
    return f"E{at + 1}"


def _missing(case: Case, ledger: Ledger) -> list[Block]:
    """What the figures would need and nobody sent, each in a sentence."""
    said = list(_gaps.sentences(ledger))
    if case.trace is not None:
        held = case.trace.holders()["account"].unique()
        scheme = pl.col("scheme").cast(pl.String).is_in(["cash", "unknown"])
        known = ledger["accounts"].filter(pl.col("holder").is_not_null() | scheme)["id"]
        if nobody := len(set(held) - set(known)):
            said.append(
                count(
                    nobody, "Of {n} account with claim money no source names the holder.",
                    "Of {n} accounts with claim money no source names the holder.",
                )
            )  # fmt: skip
        if unopened := len(case.trace.unopened):
            said.append(
                count(
                    unopened, "{n} account reached by the claim had no stated opening balance.",
                    "{n} accounts reached by the claim had no stated opening balance.",
                )
            )  # fmt: skip
    said.append(say("Details are in the chapter on what is not known."))
    return [Points(tuple(said))]
