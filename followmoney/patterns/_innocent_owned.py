"""Innocent explanations of loans and of money inside groups of companies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._hit import Hit


def returned(hit: Hit) -> NDArray[np.int64]:
    """What the borrower paid the lender after the first loan (the first row credited)."""
    from followmoney.patterns._holders import Holders

    holders, first = hit.flows.once(Holders), int(hit.rows("in")[0])
    lender, borrower = (int(holders.key[end[first]]) for end in (hit.flows.originator, hit.flows.beneficiary))
    later = holders.paid(holders.accounts(borrower), first + 1)
    return later[holders.key[hit.flows.beneficiary[later]] == lender]


def some_paid_back(hit: Hit) -> str | None:
    """The borrower has begun to pay the loan back."""
    from followmoney.patterns._spoken import many

    rows = returned(hit)
    rows = rows[hit.flows.currency_received[rows] == hit.currency]
    if not len(rows):
        return None
    back = hit.money(int(hit.flows.received[rows].sum()))
    return f"{back} came back from the borrower to the lender later, in {many(len(rows), 'payment')}."


def lender_had_means(hit: Hit) -> str | None:
    """The lender had taken in the money of the loan from others, as a lender by trade does."""
    import numpy as np

    from followmoney.patterns._holders import Holders

    flows, holders, first = hit.flows, hit.flows.once(Holders), int(hit.rows("in")[0])
    lender = int(holders.key[flows.originator[first]])
    got = holders.got(holders.accounts(lender), 0, first)
    sides = np.r_[lender, holders.key[flows.beneficiary[first]], holders.key[flows.originator[hit.rows("out")]]]
    got = got[~np.isin(holders.key[flows.originator[got]], sides) & ~flows.outside[flows.originator[got]]]
    got = got[flows.currency_received[got] == flows.currency[first]]
    if int(flows.received[got].sum()) < int(flows.amount[hit.rows("in")].sum()):
        return None
    return "The lender had taken in as much from others before, as a lender by trade does."


def group_abroad(hit: Hit) -> str | None:
    """What lies between is a company of the same owner, openly registered, as within a group."""
    from followmoney.patterns._owners_at import OwnersAt, day_of

    flows = hit.flows
    middle = {hit.party(int(v)) for v in flows.originator[hit.at[1:]]}
    owners, day, least = flows.once(OwnersAt), day_of(int(flows.time[hit.at[-1]])), getattr(hit.pattern, "owned", 1.0)
    end = owners.of(hit.party(hit.subject), day, least)
    if None in middle or not all(owners.of(party, day, least) & end for party in middle):
        return None
    return "All companies on the way are openly registered as the same owner's, as within a group."
