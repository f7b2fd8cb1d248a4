"""What a pattern asks about the holder of an account: kind, sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._context import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit


def nace(sector: str) -> str:
    """The division of a NACE code as sources write them: 52 of "52.29", "H52.29", "H 5229"."""
    return "".join(c for c in sector if c.isdigit())[:2]


def divisions(flows: Flows, wanted: Collection[str]) -> NDArray[np.bool_]:
    """Which accounts have a holder in one of these divisions of NACE."""
    known = flows.known["party.sector"]
    among = np.array([nace(name) in wanted for name in known.names] or [False], bool)
    return (known.values != UNKNOWN) & among[known.values]


def kinds(flows: Flows, *wanted: str) -> NDArray[np.bool_]:
    """Which accounts have a holder of one of these kinds."""
    known = flows.known["party.kind"]
    return np.isin(known.values, [known.number(name) for name in wanted])


def kind(hit: Hit, vertex: int) -> str | None:
    """The kind of the holder of one account."""
    return _said(hit, "party.kind", vertex)


def division(hit: Hit, vertex: int) -> str:
    """The division of NACE of the holder of one account; empty where unknown."""
    return nace(_said(hit, "party.sector", vertex) or "")


def of_trade(hit: Hit, vertex: int, trades: Mapping[str, str]) -> str | None:
    """What the holder of one account is by trade, with the sector as the ledger writes it; `trades` by digits of NACE.

    {"691": "a notary or lawyer"} says "a notary or lawyer (sector 69.10)" of "69.10" and "M69.10".
    """
    sector = _said(hit, "party.sector", vertex) or ""
    digits = "".join(c for c in sector if c.isdigit())
    return next((f"{what} (sector {sector})" for code, what in trades.items() if digits.startswith(code)), None)


def _said(hit: Hit, column: str, vertex: int) -> str | None:
    known = hit.flows.known[column]
    number = int(known.values[vertex])
    return None if number == UNKNOWN else known.names[number]
