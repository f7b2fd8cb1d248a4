"""What tracing does not reach: the shortfall, other things of the same parties, and outlays without lawful income."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case.disproportion import disproportion
from followmoney.case.shortfall import WHY
from followmoney.case.unexplained import Unexplained
from followmoney.errors import InputError
from followmoney.languages import columns, mark, retell, say
from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._codes import code
from followmoney.reports._money import plain

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_MOST = 40
_TITLE = mark("What value confiscation would have to cover")
_SHORT = mark(
    "The claim, less what tracing finds of it in accounts and assets. Converted money stands in the currency it is in "
    "now, and reduces no shortfall in another. The least and the most are those of the shortfall, whichever "
    "value-conserving rule is adopted."
)
_OTHER = mark(
    "Other things of the parties that hold claim money or received it first: what their value is beyond the rights of "
    "others and beyond the claim in them. Whether the law lets anything here be taken is for a court. Who only holds "
    "claim money now may have sold bread or kept an account: beside it stands how much of the claim others paid them."
)
_BEYOND = mark(
    "Year by year, what was paid for things beyond what lawful income, less the cost of living, left for it; from the "
    "table of finances."
)


def valued(case: Case) -> Section:
    """Claim and available amount; disproportion where finances are known."""
    if case.trace is None:
        return Section("value", say(_TITLE), (Text(say("No money was traced.")),))
    heads = columns("Currency", "Claimed>", "Recoverable by tracing>", "Shortfall>", "Least>", "Most>")
    sums = ("claimed", "recoverable", "shortfall", "least", "most")
    rows = [
        row(s["currency"], *(plain(s[c], s["currency"]) for c in sums)) for s in case.shortfall().iter_rows(named=True)
    ]
    return Section("value", say(_TITLE), (Text(say(_SHORT)), table(heads, rows), *_others(case), *_beyond(case)))


def _others(case: Case) -> list[Block]:
    found = case.untainted()
    if not len(found):
        return [Text(say("Nothing else of these parties is known from the sources."))]
    rows = [
        row(
            Cell(u["id"], code=True, more=retell(u["description"])),
            Cell(u["holder_name"] or u["holder"], more=code(u["why"])),
            u["currency"], *(plain(u[c], u["currency"]) for c in ("value", "encumbrance", "claim")),
            Cell(plain(u["untainted"], u["currency"]), more=_beside(u)),
        )
        for u in found.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    heads = columns(
        "Account or asset", "Holder, and why listed", "Currency", "Value>", "Rights of others>", "Claim in it>", "Left>"
    )
    shown = table(heads, rows, capped(len(rows), len(found)))
    return [Head(say("Other things of the same parties")), Text(say(_OTHER)), shown]


def _beside(its: dict[str, Any]) -> str:
    """What limits the value of a row."""
    said: list[str] = []
    if its["why"] == WHY[-1] and its["got"] is not None:
        said.append(say("{amount} of the claim was paid to them", amount=plain(its["got"], its["currency"])))
    if its["owed_by"]:
        said.append(say("a loan to {party}, listed too: the same value, count it once", party=its["owed_by"]))
    return "; ".join(said)


def _beyond(case: Case) -> list[Block]:
    ledger = case.ledger
    if ledger is None or not len(ledger["finances"]):
        return [Text(say("No table of finances was received, so income and outlays of the parties were not compared."))]
    found = list(_methods(ledger))
    if not found:
        return [Text(say("The finances received do not let income and outlays be compared."))]
    said = Points(tuple(retell(one.sentence) for one in found))
    rows = [
        row(
            one.party,
            retell(line["step"]),
            one.currency,
            *(plain(line[end], one.currency) for end in ("least", "most")),
        )
        for one in found
        for line in one.lines.head(_MOST).iter_rows(named=True)
    ]
    lines = [table(columns("Party", "Step", "Currency", "Least>", "Most>"), rows)] if rows else []
    return [Head(say("Outlays beyond lawful income")), Text(say(_BEYOND)), said, *lines]


def _methods(ledger: Ledger) -> Iterator[Unexplained]:
    """The comparison for each party and currency, over all days that are known."""
    keys = ledger["finances"].select("party", pl.col("currency").cast(pl.String)).unique().sort("party", "currency")
    for party, currency in keys.head(_MOST).iter_rows():
        own = ledger["finances"].filter(pl.col("party") == party, pl.col("currency") == currency)
        days = [*own["start"].drop_nulls().to_list(), *own["end"].drop_nulls().to_list()]
        try:
            yield disproportion(ledger, party, min(days), max(days), currency=currency)
        except InputError:
            continue
