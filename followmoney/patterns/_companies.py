"""Companies behind a hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit


def members(hit: Hit) -> list[str]:
    """The holders of all accounts in the evidence, sorted."""
    ends = (*hit.flows.originator[hit.at].tolist(), *hit.flows.beneficiary[hit.at].tolist())
    return sorted({party for v in ends if (party := hit.party(v)) is not None})
