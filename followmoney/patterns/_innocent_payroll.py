"""Innocent explanations of salaries that end at one place: each a sentence why it fits a hit, or None."""

from __future__ import annotations

from collections import Counter
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
    often = Counter(p for some in payees for p in some)
    if 2 * sum(times > 1 for times in often.values()) > len(often):
        return None
    return f"The {len(accounts)} accounts pay mostly different payees, as people with lives of their own do."


def repaid_advance(hit: Hit) -> str | None:
    """The purposes of what came back name an advance, a loan or a rent."""
    some = hit.saying(hit.rows("link"), _ADVANCE)
    return f"{some} payments that came back name an advance, a loan or a rent." if some else None
