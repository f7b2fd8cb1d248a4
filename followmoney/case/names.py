"""What parties are called, and which thing each transaction paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.ledger import Ledger


def names(ledger: Ledger) -> dict[str, str]:
    """The name of every party that has one."""
    return {party: name for party, name in ledger.parties.select("id", "name").iter_rows() if name}


def bought(ledger: Ledger) -> dict[str, str]:
    """Which asset each transaction paid for (the first by identifier, where one paid for several)."""
    found: dict[str, str] = {}
    for asset, transactions in ledger.assets.sort("id").select("id", "acquired_by").iter_rows():
        for transaction in transactions or ():
            found.setdefault(transaction, asset)
    return found
