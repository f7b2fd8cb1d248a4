"""An innocent explanation of a company that changed hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit


def price_paid(hit: Hit) -> str | None:
    """The new owner paid the owner before him, as the buyer of a company does."""
    import numpy as np

    from followmoney.patterns._holders import Holders
    from followmoney.patterns._register import Register
    from followmoney.schema.clock import DAY

    flows, holders, register = hit.flows, hit.flows.once(Holders), hit.flows.once(Register)
    owners = register.owners.of(hit.party(hit.subject) or "")
    day = int(flows.time[hit.at[0]]) // DAY
    new = [who for who, since, until in owners if since <= day < until]
    old = [who for who, _, until in owners if until <= day]
    if not new or not old:
        return None
    buyers, sellers = (np.concatenate([holders.of(who) for who in sorted(side)]) for side in (new, old))
    rows = holders.paid(buyers)
    rows = rows[np.isin(flows.beneficiary[rows], sellers)]
    if not len(rows):
        return None
    price = int(flows.amount[rows].max())
    from followmoney.schema.codes import money

    paid = money(price, flows.currencies[flows.currency[rows[int(flows.amount[rows].argmax())]]])
    return f"The new owner paid the owner before him {paid}, as the buyer of a company does."
