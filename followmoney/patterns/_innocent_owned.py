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
    """The lender had taken in the money of the loan from others, as a lender by trade does.

    Others: not of the owners of lender or borrower, not in the evidence, and not paid by the borrower or them before.
    """
    import numpy as np

    from followmoney.patterns._holders import Holders
    from followmoney.patterns._owners_at import OwnersAt, day_of

    flows, holders, first = hit.flows, hit.flows.once(Holders), int(hit.rows("in")[0])
    owners, day, least = flows.once(OwnersAt), day_of(int(flows.time[first])), getattr(hit.pattern, "owned", 1.0)
    lender, borrower = int(flows.originator[first]), int(flows.beneficiary[first])
    of_borrower = owners.of(holders.party(borrower), day, least)
    of_both = of_borrower | owners.of(holders.party(lender), day, least)
    side = [holders.accounts(int(holders.key[borrower])), *(holders.of(p) for p in sorted(of_borrower))]
    funded = flows.beneficiary[holders.paid(np.unique(np.concatenate(side)), 0, first)]
    near = np.r_[lender, borrower, flows.originator[hit.at], flows.beneficiary[hit.at], funded].astype(np.int64)
    got = holders.got(holders.accounts(int(holders.key[lender])), 0, first)
    got = got[(flows.currency_received[got] == flows.currency[first]) & ~flows.outside[flows.originator[got]]]
    got = got[~np.isin(holders.key[flows.originator[got]], holders.key[near])]
    kin = [v for v in np.unique(flows.originator[got]).tolist() if owners.of(holders.party(v), day, least) & of_both]
    got = got[~np.isin(flows.originator[got], kin)]
    if int(flows.received[got].sum()) < int(flows.amount[hit.rows("in")].sum()):
        return None
    return "The lender had taken in as much from others before, as a lender by trade does."
