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
