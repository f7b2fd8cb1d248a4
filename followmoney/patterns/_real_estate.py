"""Purchases of real estate: what was paid, by whom, and what about it asks for an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.patterns._context import UNKNOWN
from followmoney.patterns._hits import IN, LINK, OUT
from followmoney.patterns._sectors import divisions, kinds
from followmoney.patterns._threshold import exact, micros
from followmoney.schema.clock import DAY
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns.real_estate_integration import RealEstateIntegration

Numbers = NDArray[np.int64]
BANKS = frozenset({"64"})
_YEAR = 365 * DAY


@dataclass(frozen=True)
class Purchase:
    """Real estate that the same payments, in one currency, paid for."""

    holder: str
    """After a fold, the party that the holder is counted with."""
    name: str
    """Its description, else its identifier."""
    alike: tuple[tuple[str, str], ...]
    """Description and country of all that was bought."""
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Sign:
    """One thing that asks for an explanation, in words, with the rows that show it and their role."""

    words: str
    rows: tuple[int, ...] = ()
    role: int = IN


def known(flows: Flows) -> bool:
    """Whether any real estate says what paid for it."""
    return bool(_assets(flows))


def examinable(pattern: RealEstateIntegration, flows: Flows) -> bool:
    """Whether what any purchase cost can be held against an income or what came in in a year."""
    early = flows.start + _YEAR + micros(pattern.lead, "days")
    return any(flows.time[b.rows[0]] >= early or _income(flows, b) is not None for b in purchases(flows))


def purchases(flows: Flows) -> list[Purchase]:
    """All purchases, by currency; assets paid for by the same transaction are one."""
    assets = _assets(flows)
    if flows.graph is None or not assets:
        return []
    ids = flows.graph.ledger.numbered["id"].gather(flows.graph.columns.number)
    wanted = {t for asset in assets for t in asset["acquired_by"]}
    at = {ids[i]: i for i in np.flatnonzero(ids.is_in(list(wanted)).to_numpy()).tolist()}
    merged = flows.graph.merged
    groups: list[tuple[set[int], list[dict[str, str]]]] = []
    for asset in assets:
        rows = {at[t] for t in asset["acquired_by"] if t in at}
        touching = [g for g in groups if g[0] & rows]
        joined = rows.union(*(g[0] for g in touching)), [a for g in touching for a in g[1]] + [asset]
        groups = [g for g in groups if g not in touching] + ([joined] if rows else [])
    found: list[Purchase] = []
    for rows, bought in groups:
        first = min(bought, key=lambda asset: asset["id"])
        alike = tuple(sorted({(a["description"], a["country"] or "") for a in bought if a["description"]}))
        for code in sorted({int(flows.currency[r]) for r in rows}):
            same = tuple(sorted(r for r in rows if flows.currency[r] == code))
            holder = merged.get(first["holder"], first["holder"])
            found.append(Purchase(holder, first["description"] or first["id"], alike, same))
    return found


def signs(pattern: RealEstateIntegration, flows: Flows, bought: Purchase, every: list[Purchase]) -> list[Sign]:
    """What holds of a purchase, one of all that are known."""
    rows = np.array(bought.rows, np.int64)
    code, begin, paid = flows.currency[rows[0]], int(flows.time[rows[0]]), int(flows.amount[rows].sum())
    own = accounts(flows, bought.holder)
    bank = divisions(flows, BANKS)
    came = np.array(sorted(int(r) for v in np.flatnonzero(own).tolist() for r in flows.into.of(v)), np.int64)
    came = came[(flows.currency_received[came] == code) & ~own[flows.originator[came]]]
    lead = begin - micros(pattern.lead, "days")
    lately = came[(flows.time[came] >= lead) & (came < rows[0])]
    lent = int(flows.received[lately[bank[flows.originator[lately]]]].sum())
    lent += int(flows.amount[rows[bank[flows.originator[rows]]]].sum())
    others = rows[flows.cash[rows] | (~own[flows.originator[rows]] & ~bank[flows.originator[rows]])]
    abroad = lately[_abroad(flows, bought.holder)[flows.originator[lately]]]
    again = came[(came > rows[0]) & (flows.time[came] <= begin + micros(pattern.resale, "days"))]
    sold = [row for other in every if set(other.alike) & set(bought.alike) for row in other.rows]
    again = again[np.isin(again, sold)]
    num, den = exact(pattern.part)

    def enough(amount: int) -> bool:
        return amount > 0 and amount * den >= paid * num

    def told(amount: int) -> str:
        return money(amount, flows.currencies[code])

    before, years = came[flows.time[came] < lead], (lead - flows.start) // _YEAR
    earned = int(flows.received[before].sum())
    found = [_means(pattern, flows, bought, paid=paid - lent, came=earned, years=years)]
    if enough(total := int(flows.amount[others].sum())):
        found.append(Sign(f"{told(total)} of it was paid in cash or by others than its holder"))
    if enough(total := int(flows.received[abroad].sum())):
        words = f"companies abroad had paid {told(total)} to its holder in the {pattern.lead:g} days before"
        found.append(Sign(words, tuple(abroad.tolist())))
    if enough(total := int(flows.received[again].sum())):
        found.append(
            Sign(f"it was sold again for {told(total)} within {pattern.resale:g} days", tuple(again.tolist()), LINK)
        )
    return [sign for sign in found if sign is not None]


def evidence(
    pattern: RealEstateIntegration, flows: Flows, bought: Purchase, every: list[Purchase]
) -> list[tuple[int, int, int]]:
    """Subject, row and role of all that shows a purchase, if enough signs hold."""
    rows = np.array(bought.rows, np.int64)
    least = int(flows.minor(pattern.least)[flows.currency[rows[0]]])
    if least <= 0 or int(flows.amount[rows].sum()) < least:
        return []
    found = signs(pattern, flows, bought, every)
    if len(found) < pattern.signs:
        return []
    shown = {(row, OUT) for row in bought.rows} | {(row, sign.role) for sign in found for row in sign.rows}
    subject = _subject(flows, bought)
    return [(subject, row, role) for row, role in sorted(shown)]


def accounts(flows: Flows, holder: str) -> NDArray[np.bool_]:
    """The accounts of a party."""
    column = flows.known["party.id"]
    return column.values == column.number(holder)


def _means(
    pattern: RealEstateIntegration, flows: Flows, bought: Purchase, *, paid: int, came: int, years: int
) -> Sign | None:
    num, den = exact(pattern.times)
    income = _income(flows, bought)
    if income is None and (years < 1 or not came):
        return None
    whole, span = (came, years) if income is None else (income, 1)
    if paid <= 0 or paid * span * den < whole * num:
        return None
    many = f"{paid * span // whole:,} times" if whole else "more than any multiple of"
    what = "what came in a year before" if income is None else "the declared income of a year"
    return Sign(f"what no bank lent is {many} {what}")


def _income(flows: Flows, bought: Purchase) -> int | None:
    parties = flows.graph.ledger["parties"] if flows.graph is not None else pl.DataFrame()
    if not {"income", "income_currency"} <= set(parties.columns):
        return None
    rows = parties.filter(pl.col("id") == bought.holder).select("income", "income_currency").rows()
    name: str = flows.currencies[int(flows.currency[bought.rows[0]])]
    return next((int(income) for income, currency in rows if income is not None and currency == name), None)


def _abroad(flows: Flows, holder: str) -> NDArray[np.bool_]:
    """Accounts of companies of another country than the holder's."""
    column, own = flows.known["party.country"], accounts(flows, holder)
    home = column.values[own]
    if not len(home) or home[0] == UNKNOWN:
        return np.zeros(len(own), bool)
    return kinds(flows, "company") & (column.values != UNKNOWN) & (column.values != home[0])


def _subject(flows: Flows, bought: Purchase) -> int:
    """The account of the holder that paid most of it, else the first the holder has; else who paid or was paid."""
    rows, own = np.array(bought.rows, np.int64), accounts(flows, bought.holder)
    payers = np.unique(flows.originator[rows])
    paid = {int(v): int(flows.amount[rows[flows.originator[rows] == v]].sum()) for v in payers}
    theirs = [v for v in paid if own[v]] or np.flatnonzero(own).tolist()[:1]
    theirs = theirs or [v for v in paid if not flows.outside[v]] or [int(flows.beneficiary[rows[0]])]
    return max(theirs, key=lambda v: (paid.get(v, 0), -v))


def _assets(flows: Flows) -> list[dict[str, str]]:
    """Real estate with a known holder and known payments, by identifier."""
    if flows.graph is None:
        return []
    table = flows.graph.ledger["assets"]
    wanted = ("id", "kind", "holder", "acquired_by", "description", "country")
    if not {"kind", "holder", "acquired_by"} <= set(table.columns):
        return []
    told = table.select(pl.col(c) if c in table.columns else pl.lit(None, pl.String).alias(c) for c in wanted)
    kind, paid = pl.col("kind").cast(pl.String) == "real_estate", pl.col("acquired_by").list.len() > 0
    return told.filter(kind & paid & pl.col("holder").is_not_null()).sort("id").to_dicts()
