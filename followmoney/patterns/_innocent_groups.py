"""Innocent explanations of groups: client accounts, groups of companies, wholesale, a common landlord."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_AGENTS = {
    "64": "finance", "65": "insurance", "66": "finance", "68": "real estate", "69": "law and accounting",
    "52": "forwarding", "79": "travel",
}  # fmt: skip
_WEEKS, _SEVERAL, _MONTHS, _MANY = 8, 3, 2, 10


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


def payee_of_many(hit: Hit) -> str | None:
    """Who got it in the end is paid by many others in the same days, as a landlord, a shop or a tax office is."""
    import numpy as np

    flows, last = hit.flows, hit.rows("in")
    several = len(np.unique(flows.originator[last]))
    since, until = np.searchsorted(flows.time, flows.time[hit.at[[0, -1]]] + np.array([0, 1]))
    for account in np.unique(flows.beneficiary[last]):
        rows = hit.graph.into.of(int(account))
        payers = np.unique(flows.originator[rows[(rows >= since) & (rows < until)]])
        if len(payers) < _MANY * several:
            return None
    return f"Who got it in the end was paid by {_MANY} times as many others in these days, as a shop or a landlord is."


def usual_dealings(hit: Hit) -> str | None:
    """Most of those who pay each other here did so in earlier months too, as in trade."""
    import numpy as np

    flows = hit.flows
    pairs = {(int(a), int(b)) for a, b in zip(flows.originator[hit.at], flows.beneficiary[hit.at], strict=True)}
    start = hit.months(hit.at[:1])[0]
    known = 0
    for a, b in sorted(pairs):
        before = hit.graph.out.of(a)
        before = before[(flows.beneficiary[before] == b) & (before < hit.at[0])]
        known += len(np.unique(hit.months(before)[hit.months(before) < start])) >= _MONTHS
    if 2 * known < len(pairs):
        return None
    some = f"{known} of the {len(pairs)} pairs"
    return f"{some} dealt with each other in at least {_MONTHS} earlier months too, as in trade."


def known_companies(hit: Hit) -> str | None:
    """All of them are companies that also deal with many others, as firms that trade do."""
    import numpy as np

    from followmoney.patterns._register import kinds

    flows = hit.flows
    ends = np.unique(np.r_[flows.originator[hit.at], flows.beneficiary[hit.at]])
    kind = flows.once(kinds)
    if any(kind.get(hit.holder(int(v)) or hit.graph.vertices["id"][int(v)]) != "company" for v in ends):
        return None
    others = [
        len(np.unique(np.r_[flows.beneficiary[hit.graph.out.of(int(v))], flows.originator[hit.graph.into.of(int(v))]]))
        for v in ends
    ]
    if min(others) < _MANY + len(ends):
        return None
    return f"All of them are companies that deal with {_MANY} others or more, as firms that trade do."


def payers_of_many(hit: Hit) -> str | None:
    """Each payer pays many others in the same days, as a payroll or an agency does."""
    import numpy as np

    flows = hit.flows
    since, until = np.searchsorted(flows.time, flows.time[hit.at[[0, -1]]] + np.array([0, 1]))
    payees = len(np.unique(flows.beneficiary[hit.at]))
    for payer in np.unique(flows.originator[hit.at]):
        rows = hit.graph.out.of(int(payer))
        if len(np.unique(flows.beneficiary[rows[(rows >= since) & (rows < until)]])) < _MANY * payees:
            return None
    return f"Each of the payers paid {_MANY} times as many accounts in these days, as a payroll or an agency does."
