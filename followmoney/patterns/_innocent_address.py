"""Innocent explanations of companies that have an address in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit


def own_directors(hit: Hit) -> str | None:
    """The companies at the address have directors of their own, as in a business centre or an incubator."""
    from followmoney.patterns._innocent_companies import managed
    from followmoney.patterns._mass import Crowds
    from followmoney.patterns._register import Register
    from followmoney.schema.clock import DAY

    flows, least = hit.flows, int(getattr(hit.pattern, "neighbours", 1))
    address, _ = flows.once(Crowds).widest(least, hit.at)
    return managed(flows.once(Register), address, int(flows.time[hit.at[0]]) // DAY)


def host(hit: Hit) -> str | None:
    """Most payments go to one company that pays none of the others, as to who lets the offices or runs the seats."""
    import numpy as np

    from followmoney.patterns._holders import Holders

    key = hit.flows.once(Holders).key
    payer, payee = key[hit.flows.originator[hit.at]], key[hit.flows.beneficiary[hit.at]]
    number, times = np.unique(payee, return_counts=True)
    most = int(times.argmax())
    if 5 * int(times[most]) < 4 * len(hit.at) or number[most] in payer:
        return None
    at = int(hit.at[payee == number[most]][0])
    name = hit.label(int(hit.flows.beneficiary[at]))
    return (
        f"{int(times[most])} of the {len(hit.at)} payments went to {name}, which paid none of the others, as to who "
        "lets the offices."
    )


def one_owner(hit: Hit) -> str | None:
    """All of them have, by the register, one owner of half or more, as the companies of one group."""
    from followmoney.patterns._companies import members
    from followmoney.patterns._owners_at import OwnersAt, day_of

    owners, day = hit.flows.once(OwnersAt), day_of(int(hit.flows.time[hit.at[0]]))
    first, *others = members(hit)
    same = owners.of(first, day, 0.5)
    for company in others:
        same &= owners.of(company, day, 0.5)
    if not same:
        return None
    return "By the register they all belong to one owner, as the companies of one group, which need not hide it."
