"""Who works at a port or in transport, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.patterns._context import UNKNOWN
from followmoney.patterns._sectors import division, divisions, kinds, nace
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit

TRADES = {
    "49": "land transport", "50": "water transport", "51": "air transport", "52": "warehousing and port services",
    "53": "post and courier services",
}  # fmt: skip
"""Divisions of NACE in section H."""

_AT_PORTS = {"50", "52"}
"""Of companies only these: many strangers pay every haulier and courier."""

_YEAR = 365 * DAY


def workers(flows: Flows, turnover: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Accounts of persons in transport, or with a role at a company in transport, and of micro-firms at ports."""
    inside, person = divisions(flows, TRADES), kinds(flows, "person")
    holder = flows.known["party.id"]
    staff = np.append(holder.names.series.is_in(sorted(_staff(flows))).to_numpy(), False)
    inside &= person | divisions(flows, _AT_PORTS)
    found = (inside | ((holder.values != UNKNOWN) & staff[holder.values] & person)) & ~flows.outside
    firm = inside & ~person
    at = np.flatnonzero(firm[flows.beneficiary])
    years = -(-int(flows.time[-1] - flows.time[0]) // _YEAR) or 1 if len(flows) else 1
    for code in np.unique(flows.currency_received[at]).tolist():
        rows = at[flows.currency_received[at] == code]
        total = np.zeros(len(flows.outside), np.int64)
        np.add.at(total, flows.beneficiary[rows], flows.received[rows])
        if turnover[code] > 0:
            found &= ~firm | (total <= turnover[code] * years)
    return found


def employers(flows: Flows, payer: NDArray[np.int64], payee: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which payers are the payee's holder, or a company at which it has a role."""
    holder = flows.known["party.id"]
    size, ends = len(holder.names), pl.DataFrame(_roles(flows), schema={"a": pl.String, "b": pl.String}, orient="row")
    a, b = (holder.names.numbers(ends[end]) for end in ("a", "b"))
    pairs = (a * size + b)[(a >= 0) & (b >= 0)]
    a, b = holder.values[payee], holder.values[payer]
    known = (a != UNKNOWN) & (b != UNKNOWN)
    return known & ((a == b) | np.isin(a * size + b, pairs))


def trade_of(hit: Hit) -> str:
    """The NACE division of the subject."""
    return division(hit, hit.subject)


def firms(hit: Hit) -> str:
    """The companies in transport at which the subject has a role."""
    holder = hit.flows.known["party.id"]
    number = int(holder.values[hit.subject])
    own = holder.names[number] if number != UNKNOWN else None
    inside = _inside(hit.flows)
    return " and ".join(sorted(inside[b] for a, b in _roles(hit.flows) if a == own and b in inside))


def _roles(flows: Flows) -> list[tuple[str, str]]:
    return [] if flows.graph is None else sorted(set(flows.graph.ledger["roles"].select("party", "of").iter_rows()))


def _staff(flows: Flows) -> set[str]:
    inside = _inside(flows)
    return {a for a, b in _roles(flows) if b in inside}


def _inside(flows: Flows) -> dict[str, str]:
    """Companies in transport at which someone has a role, with their names."""
    if flows.graph is None or "sector" not in flows.graph.ledger["parties"].columns:
        return {}
    ends = {of for _, of in _roles(flows)}
    parties = flows.graph.ledger["parties"]
    some = parties.filter(parties["id"].is_in(list(ends)))
    return {r["id"]: r.get("name") or r["id"] for r in some.iter_rows(named=True) if nace(r["sector"] or "") in TRADES}
