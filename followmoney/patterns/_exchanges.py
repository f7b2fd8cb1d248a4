"""Which transactions come from, or go to, an exchange of crypto; which accounts are wallets or an exchange's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._context import UNKNOWN, WALLETS
from followmoney.patterns._sectors import divisions

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

FINANCE = frozenset({"64", "65", "66"})
"""NACE divisions; exchanges of crypto have no class of their own."""

Mask = NDArray[np.bool_]


def exchanges(flows: Flows) -> tuple[Mask, Mask, Mask]:
    """Transactions from an exchange, transactions to one, and accounts that are wallets or an exchange's."""
    scheme, channel = flows.known["account.scheme"], flows.known["channel"]
    wallet = scheme.values == scheme.number("wallet")
    those = wallet | ((flows.known[WALLETS].values != UNKNOWN) & divisions(flows, FINANCE))
    crypto = channel.values == channel.number("crypto")
    return crypto | those[flows.originator], crypto | those[flows.beneficiary], those
