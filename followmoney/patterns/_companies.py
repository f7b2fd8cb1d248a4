"""Companies behind a hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit


def members(hit: Hit) -> list[str]:
    """The holders of all accounts in the evidence, sorted."""
    ends = (*hit.flows.originator[hit.at].tolist(), *hit.flows.beneficiary[hit.at].tolist())
    return sorted({party for v in ends if (party := hit.party(v)) is not None})


def too_few(flows: Flows, asked: Mapping[str, tuple[int, str]]) -> list[str]:
    """Of conditions that so many companies do something, by threshold, those that so few cannot meet, in words."""
    import polars as pl

    if flows.graph is None:
        return []
    kind = flows.graph.ledger.parties["kind"].cast(pl.String)
    known = int(kind.is_in(["company", "trust"]).sum())
    return [
        f"that {many:,} companies {what} (`{name}`) was not examined, because the ledger knows {known:,}"
        for name, (many, what) in asked.items()
        if known < many
    ]
