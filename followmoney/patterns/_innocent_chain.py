"""Innocent explanations of money that is handed on from account to account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_MONTHS, _MANY = 2, 200


def one_group(hit: Hit) -> str | None:
    """All accounts on the way belong to one group of companies, as in its treasury."""
    import numpy as np

    ends = np.unique(np.r_[hit.flows.originator[hit.at], hit.flows.beneficiary[hit.at]])
    holders = {hit.holder(int(v)) for v in ends}
    if None in holders or len(holders) == 1:
        return None
    tops = {_top(hit.flows.owners, str(holder)) for holder in holders}
    if len(tops) > 1:
        return None
    return "All accounts on the way belong to one group of companies: the same party owns most of each in the end."


def regular_trade(hit: Hit) -> str | None:
    """Each pays the next in other months too, as customers pay their suppliers."""
    import numpy as np

    flows = hit.flows
    for at in hit.at:
        paid = hit.graph.out.of(int(flows.originator[at]))
        paid = paid[flows.beneficiary[paid] == flows.beneficiary[at]]
        if len(np.setdiff1d(hit.months(paid), hit.months(hit.at))) < _MONTHS:
            return None
    return f"Each paid the next in at least {_MONTHS} other months too, as customers pay their suppliers."


def both_ways(hit: Hit) -> str | None:
    """Those on the way pay each other the other way round too, and as often besides, as firms that trade do."""
    import numpy as np

    flows, graph = hit.flows, hit.graph
    payers, payees = flows.originator[hit.at], flows.beneficiary[hit.at]
    ends = np.unique(np.r_[payers, payees])
    rows = np.concatenate([graph.out.of(int(v)) for v in ends])
    besides = np.setdiff1d(rows[np.isin(flows.beneficiary[rows], ends)], hit.at)
    pairs = {(int(a), int(b)) for a, b in zip(flows.originator[besides], flows.beneficiary[besides], strict=True)}
    back = sum((int(b), int(a)) in pairs for a, b in zip(payers, payees, strict=True))
    if 2 * back < len(hit.at) or len(besides) < len(hit.at):
        return None
    return f"They paid each other {len(besides):,} times besides, also the other way round, as firms that trade do."


def busy_on_the_way(hit: Hit) -> str | None:
    """An account on the way deals with so many others that the money may have been changed or pooled there."""
    import numpy as np

    flows, graph = hit.flows, hit.graph
    ends = np.unique(np.r_[flows.originator[hit.at], flows.beneficiary[hit.at]])
    most, busiest = max(
        (len(np.union1d(flows.beneficiary[graph.out.of(v)], flows.originator[graph.into.of(v)])), -v)
        for v in ends.tolist()
    )
    if most < _MANY:
        return None
    name = graph.vertices["id"][-busiest]
    return f"{name} deals with {most:,} other accounts, as an exchange or a payment agent does: its money is mixed."


def _top(owners: Mapping[str, str], party: str) -> str:
    """Who owns more than half of who owns more than half of it, and so on; of a circle the first by name."""
    seen = [party]
    while (above := owners.get(seen[-1])) is not None:
        if above in seen:
            return min(seen[seen.index(above) :])
        seen.append(above)
    return seen[-1]
