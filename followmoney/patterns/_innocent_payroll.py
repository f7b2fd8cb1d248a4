"""Innocent explanations of salaries that end at one place: each a sentence why it fits a hit, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_COUPLE = 2
_ADVANCE = ("advance", "loan", "anticipo", "prestamo", "préstamo", "vorschuss", "darlehen", "avance", "prêt", "rent")


def couple(hit: Hit) -> str | None:
    """Two persons with accounts of their own got one salary a month each and nothing came back: so couples live."""
    import numpy as np

    rows = hit.rows("out")
    accounts = np.unique(hit.flows.beneficiary[rows])
    people = {hit.holder(int(v)) for v in accounts}
    pairs = list(zip(hit.flows.beneficiary[rows].tolist(), hit.months(rows).tolist(), strict=True))
    if len(accounts) != _COUPLE or len(people) != _COUPLE or None in people or len(hit.rows("link")):
        return None
    return (
        "It is two people with one account and one salary each, as of a couple."
        if len(pairs) == len(set(pairs))
        else None
    )


def lives_of_their_own(hit: Hit) -> str | None:
    """The accounts pay different payees, most of them, as people with lives of their own do."""
    import numpy as np

    accounts = np.unique(hit.flows.beneficiary[hit.rows("out")])
    payees = [set(hit.flows.beneficiary[hit.graph.out.of(int(v))].tolist()) for v in accounts]
    if len(accounts) < _COUPLE or not all(payees):
        return None
    every = [p for some in payees for p in some]
    shared = sum(every.count(p) > 1 for p in set(every))
    if 2 * shared > len(set(every)):
        return None
    return f"The {len(accounts)} accounts pay mostly different payees, as people with lives of their own do."


def repaid_advance(hit: Hit) -> str | None:
    """The purposes of what came back name an advance, a loan or a rent."""
    said = [str(p).casefold() for p in hit.column("purpose", hit.rows("link"))]
    named = sum(any(word in p for word in _ADVANCE) for p in said)
    if not said or 2 * named < len(said):
        return None
    return f"{named} of the {len(said)} payments that came back name an advance, a loan or a rent."
