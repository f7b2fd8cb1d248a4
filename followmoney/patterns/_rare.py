"""Rare dealings: transactions of two that have hardly anything else to do with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows


def rare(flows: Flows, seen: int) -> NDArray[np.bool_]:
    """True for transactions of a pair with at most `seen` in this direction in these columns, between two accounts.

    Cash, unknown ends and transfers of an account to itself are left out. More than 254 means any number. Cost: one
    pass, 1 byte a transaction.
    """
    from followmoney.graph._kernels import fit
    from followmoney.patterns._kernels_pairs import MANY, repeated

    few = fit(repeated, len(flows))(flows.out.ptr, flows.out.row, flows.beneficiary, len(flows)) <= seen
    if seen >= MANY:
        few[:] = True
    if flows.outside.any():
        few &= ~flows.outside[flows.originator] & ~flows.outside[flows.beneficiary]
    few &= flows.originator != flows.beneficiary
    return few
