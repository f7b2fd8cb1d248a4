"""Salaries, the places they go to, and those that come back to who controls the payer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.patterns._context import UNKNOWN
from followmoney.patterns._sectors import kinds
from followmoney.patterns._windows import Grouped, keys, until
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_SALARY = (
    r"(?:^|\P{L})(?:salar(?:y|ies|is|issen|io|ios)|salaires?|wages?|payroll|n[oó]minas?|gehalt|gehälter|lohn|löhne|loon"
    r"|lonen|stipend(?:s|io)?|lønn|lön|ordenados?|wynagrodzenie)(?:\P{L}|$)"
)
"""Whole words: a "salarisadministratie" is a service that a company sells."""
_LARGEST = 2**62
_CONTROL = ("director", "nominee")
"""Roles of those who decide; an agent, signatory or secretary only acts."""


def salaries(flows: Flows, least: Numbers, months: int) -> tuple[Numbers, Mask]:
    """Payments that may be a salary, and which of them are paid in equal amounts in enough months."""
    purpose, holder = flows.known["purpose"], flows.known["party.id"].values
    texts = purpose.names.series.str.to_lowercase()
    named = np.append(texts.str.contains(_SALARY).to_numpy(), False)
    payee, payer = flows.beneficiary, flows.originator
    nobody = flows.known["party.kind"].values == UNKNOWN
    may = kinds(flows, "person")[payee] | (nobody[payee] & (purpose.values != UNKNOWN) & named[purpose.values])
    may &= ~kinds(flows, "person")[payer] & ~flows.outside[payee] & ~flows.outside[payer] & (payer != payee)
    may &= (holder[payer] != holder[payee]) | (holder[payer] == UNKNOWN)
    may &= (least[flows.currency] > 0) & (flows.amount >= least[flows.currency])
    at = np.flatnonzero(may)
    same = numbered(payer[at], payee[at], flows.currency[at], flows.amount[at])
    return at, _in_months(flows, at, same, np.ones(len(at), bool), months)


def places(flows: Flows) -> list[Numbers]:
    """For every account the number of its place: the account itself or its holder; its address, -1 where unknown."""
    holder = flows.known["party.id"]
    own = np.where(holder.values == UNKNOWN, np.arange(len(flows.outside)) + len(holder.names), holder.values)
    home = np.full(len(holder.names), UNKNOWN)
    graph = flows.graph
    if graph is not None and "street" in graph.ledger["addresses"].columns:
        table, columns = graph.ledger["addresses"], ("street", "postcode", "city", "country")
        told = [pl.col(c).cast(pl.String).fill_null("") if c in table.columns else pl.lit("") for c in columns]
        where = pl.concat_str(*told, separator="\n").str.to_lowercase()
        known = table.filter(pl.col("street").is_not_null()).select("party", where.alias("where"))
        known = known.sort("party", "where").unique("party", keep="first", maintain_order=True)
        known = known.with_columns(at=pl.col("where").rank("dense").cast(pl.Int64) - 1)
        asked = pl.DataFrame({"party": holder.names.series})
        joined = asked.join(known.cast({"party": pl.String}), on="party", how="left", maintain_order="left")
        home = joined["at"].fill_null(UNKNOWN).to_numpy()
    address = np.where(holder.values == UNKNOWN, UNKNOWN, home[holder.values])
    return [own.astype(np.int64), address.astype(np.int64)]


def together(flows: Flows, at: Numbers, place: Numbers, employees: int, months: int) -> Mask:
    """Which salaries are among enough of a payer's to one place in a month, in enough months."""
    known = place >= 0
    group = numbered(flows.originator[at], flows.currency[at], place)
    month = numbered(group, _months(flows, at))
    several = known & (np.bincount(month[known], minlength=len(at) + 1)[month] >= employees)
    return _in_months(flows, at, group, several, months)


def at_one_place(flows: Flows, at: Numbers, months: int) -> int:
    """How many of these salaries a month one place gets in at least `months` months; of several places the most."""
    most = 0
    for place in flows.once(places):
        where, month = place[flows.beneficiary[at]], _months(flows, at)
        for one in np.unique(where[where >= 0]).tolist():
            _, counts = np.unique(month[where == one], return_counts=True)
            if len(counts) >= months:
                most = max(most, int(np.sort(counts)[-max(months, 1)]))
    return most


def came_back(
    flows: Flows, at: Numbers, *, span: int, band: tuple[tuple[int, int], tuple[int, int]], months: int, control: float
) -> tuple[Mask, tuple[Numbers, Numbers]]:
    """Which salaries come back, and the payments that bring them, each with one salary it brings back.

    `band`: the least and the most of what comes back, as fractions of the salaries of a day to an account.
    """
    holder, pairs = flows.known["party.id"].values, controllers(flows, control)
    payers = [h for h in np.unique(holder[flows.originator[at]]).tolist() if h != UNKNOWN]
    ends = set(payers).union(*(pairs.get(h, ()) for h in payers))
    debit = np.flatnonzero(np.isin(holder[flows.beneficiary], sorted(ends)))
    out = Grouped.of(debit, keys(flows.originator[debit], flows.currency[debit]), len(flows))
    pair = numbered(flows.originator[at], flows.beneficiary[at], flows.currency[at])
    begin, end = out.span(keys(flows.beneficiary[at], flows.currency[at]), at, until(flows.time, at, span))
    shown, bringing = np.zeros(len(at), bool), dict[int, list[int]]()
    again = np.append(at, len(flows))[_next(pair)]
    for some in _paydays(flows, at, pair, begin < end):
        last, salary = int(some[-1]), int(flows.amount[at[some]].sum())
        upto = int(again[last])
        theirs = {payer := int(holder[flows.originator[at[last]]])} - {UNKNOWN} | pairs.get(payer, set())
        rows = [r for r in out.at[begin[last] : end[last]].tolist() if r < upto]
        rows = [r for r in rows if int(holder[flows.beneficiary[r]]) in theirs]
        total = sum(int(flows.amount[r]) for r in rows)
        (low, of_low), (high, of_high) = band
        shown[some] = bool(rows) and total * of_low >= salary * low and total * of_high <= salary * high
        bringing[last] = rows
    shown = _in_months(flows, at, pair, shown, months)
    found = {
        (row, int(flows.originator[at[i]]), int(flows.currency[at[i]])): int(at[i])
        for i in sorted(bringing)
        if shown[i]
        for row in bringing[i]
    }
    kept = np.array([(row, source) for (row, _, _), source in found.items()], np.int64).reshape(-1, 2)
    return shown, (kept[:, 0], kept[:, 1])


def _paydays(flows: Flows, at: Numbers, pair: Numbers, asked: Mask) -> list[Numbers]:
    """Places in `at` of the salaries that one account got of one payer on one day (UTC), if the last is asked for."""
    if not len(at):
        return []
    day = numbered(pair, flows.time[at] // DAY)
    order = np.argsort(day, kind="stable")
    first = np.flatnonzero(np.r_[True, np.diff(day[order]) > 0])
    end = np.append(first[1:], len(at))
    wanted = asked[order[end - 1]]
    return [order[a:b] for a, b in zip(first[wanted].tolist(), end[wanted].tolist(), strict=True)]


def _next(pair: Numbers) -> Numbers:
    """For every place the next one with the same number; how many there are where none follows."""
    order = np.argsort(pair, kind="stable")
    found = np.full(len(pair), len(pair))
    same = np.flatnonzero(pair[order[1:]] == pair[order[:-1]])
    found[order[same]] = order[same + 1]
    return found


def controllers(flows: Flows, control: float) -> dict[int, set[int]]:
    """For holders (by number) their directors and nominees, and who has enough of an interest in them."""
    names = flows.known["party.id"].names
    found: dict[int, set[int]] = {}
    graph = flows.graph
    if graph is None:
        return found
    roles = graph.ledger["roles"].filter(pl.col("kind").cast(pl.String).is_in(_CONTROL))
    pairs = [roles.select(who="party", what="of")]
    interests = graph.ledger.interests
    if "share_max" in interests.columns:
        held = interests.filter(pl.col("share_max") >= control)
        pairs.append(held.select(who="owner", what="owned"))
    told = pl.concat(pairs)
    for who, what in zip(*(names.numbers(told[end]).tolist() for end in ("who", "what")), strict=True):
        if who >= 0 and what >= 0:
            found.setdefault(what, set()).add(who)
    return found


def numbered(*columns: NDArray[np.integer]) -> Numbers:
    """A number for every row, equal where all columns are. Cost: one sort, or two where the columns are large."""
    found, many = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        own = column.astype(np.int64) - int(column.min(initial=0))
        span = int(own.max(initial=0)) + 1
        if many * span > _LARGEST:
            found, many = _dense(found)
        if many * span > _LARGEST:
            own, span = _dense(own)
        found, many = found * span + own, many * span
    return _dense(found)[0]


def _dense(numbers: Numbers) -> tuple[Numbers, int]:
    """The same numbers from 0 on without gaps, and how many there are."""
    seen, found = np.unique(numbers, return_inverse=True)
    return found.astype(np.int64), max(1, len(seen))


def _months(flows: Flows, at: Numbers) -> Numbers:
    return flows.time[at].astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)


def _in_months(flows: Flows, at: Numbers, group: Numbers, among: Mask, months: int) -> Mask:
    """Which of these rows are of a group that has such rows in enough calendar months."""
    month = _months(flows, at[among])
    span = int(month.max(initial=0)) - int(month.min(initial=0)) + 1
    pairs = np.unique(group[among] * span + month - int(month.min(initial=0)))
    return among & (np.bincount(pairs // span, minlength=len(at) + 1)[group] >= months)
