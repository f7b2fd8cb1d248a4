"""Innocent explanations of groups: client accounts, groups of companies, wholesale, a common landlord."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_AGENTS = {
    "64": "finance", "65": "insurance", "66": "finance", "68": "real estate", "69": "law and accounting",
    "52": "forwarding", "79": "travel",
}  # fmt: skip
_WEEKS, _SEVERAL = 8, 3


def client_account(hit: Hit) -> str | None:
    """The holder is in a trade that handles money of others, such as law, real estate, travel or forwarding."""
    holder = hit.holder(hit.subject) or hit.graph.vertices["id"][hit.subject]
    parties = hit.graph.ledger["parties"]
    if "sector" not in parties.columns:
        return None
    import polars as pl

    sectors = parties.filter(pl.col("id") == holder)["sector"].cast(pl.String).drop_nulls().to_list()
    trades = [_AGENTS[s.strip()[:2]] for s in sectors if s.strip()[:2] in _AGENTS]
    return f"The holder is in {trades[0]}, a trade that handles money of others." if trades else None


def every_week(hit: Hit) -> str | None:
    """Several pay in and several are paid in most weeks, as on a marketplace or a client account."""
    import numpy as np

    came, gone = hit.graph.into.of(hit.subject), hit.graph.out.of(hit.subject)
    first = int(min(hit.weeks(came[:1])[0], hit.weeks(gone[:1])[0]))
    last = int(max(hit.weeks(came[-1:])[0], hit.weeks(gone[-1:])[0]))
    busy = np.ones(last - first + 1, bool)
    for rows, ends in ((came, hit.flows.originator), (gone, hit.flows.beneficiary)):
        pairs = np.unique((hit.weeks(rows) - first) * len(hit.flows.outside) + ends[rows])
        busy &= np.bincount(pairs // len(hit.flows.outside), minlength=len(busy)) >= _SEVERAL
    if len(busy) < _WEEKS or 4 * int(busy.sum()) < 3 * len(busy):
        return None
    some = f"At least {_SEVERAL} paid in and at least {_SEVERAL} were paid"
    return f"{some} in {int(busy.sum())} of {len(busy)} weeks, as on a marketplace."


def one_holder_of_all(hit: Hit) -> str | None:
    """All accounts have the same holder, as in cash pooling."""
    import numpy as np

    ends = np.unique(np.r_[hit.flows.originator[hit.at], hit.flows.beneficiary[hit.at]])
    holders = {hit.holder(int(v)) for v in ends}
    return "All accounts have the same holder." if len(holders) == 1 and None not in holders else None
