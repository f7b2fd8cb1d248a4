"""What `fan_in` and `fan_out` share: windows in which most new others came, seen from either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from followmoney.graph._kernels import fit
from followmoney.patterns._hits import IN, Hits
from followmoney.patterns._kernels_fan_in import gathered
from followmoney.patterns._threshold import exact, micros

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns.fan_in import FanIn
    from followmoney.patterns.fan_out import FanOut


def fans(p: FanIn | FanOut, flows: Flows, others: int, role: int) -> Hits:
    """For every account and currency the busiest window of new payers (role IN) or payees (OUT), of so many others."""
    into = flows.into, flows.originator, flows.beneficiary, flows.currency_received, flows.received
    out = flows.out, flows.beneficiary, flows.originator, flows.currency, flows.amount
    rows, other, account, currency, amount = into if role == IN else out
    hit = fit(gathered, len(flows))(
        rows.ptr, rows.row, other, account, flows.outside, currency, amount, flows.time, flows.minor(p.least),
        flows.start + micros(p.history, "days"), micros(p.days, "days"), others, *exact(p.share),
    )  # fmt: skip
    at = np.flatnonzero(hit >= 0)
    return Hits.grouped(account[at], hit[at], at, role)
