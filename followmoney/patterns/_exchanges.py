"""Which transactions come from, or go to, an exchange of crypto; which accounts are wallets or an exchange's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._context import UNKNOWN
from followmoney.patterns._holders import divisions

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

FINANCE = frozenset({"64", "65", "66"})
"""NACE divisions; exchanges of crypto have no class of their own."""

Mask = NDArray[np.bool_]


def exchanges(flows: Flows) -> tuple[Mask, Mask, Mask]:
    """Transactions from an exchange, transactions to one, and accounts that are wallets or an exchange's."""
    scheme, holder, channel = (flows.known[c] for c in ("account.scheme", "party.id", "channel"))
    wallet = scheme.values == scheme.number("wallet")
    owner = np.isin(holder.values, np.unique(holder.values[wallet])) & (holder.values != UNKNOWN)
    those = wallet | (owner & divisions(flows, FINANCE))
    crypto = channel.values == channel.number("crypto")
    return crypto | those[flows.originator], crypto | those[flows.beneficiary], those
