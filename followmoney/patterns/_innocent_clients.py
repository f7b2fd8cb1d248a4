"""Innocent explanation of money that goes on at once: a business that holds the money of its clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.patterns._sectors import of_trade

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_CLIENTS = {
    "691": "a notary or lawyer",
    "5229": "a customs or freight agent",
    "5226": "a customs or freight agent",
    "5231": "a customs or freight agent",
    "66": "a financial auxiliary",
}
"""NACE Rev. 2 (52.29) and 2.1 (52.26, 52.31)."""


def clients_money(hit: Hit) -> str | None:
    """The holder passes on clients' money by trade: notary, lawyer, customs agent, financial auxiliary."""
    what = of_trade(hit, hit.subject, _CLIENTS)
    return f"The holder is {what}, who passes on clients' money by trade." if what else None
