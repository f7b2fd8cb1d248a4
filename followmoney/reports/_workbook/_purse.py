"""What a purse is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from followmoney.case.names import names
from followmoney.tracing._opening import unstated

if TYPE_CHECKING:
    from followmoney.reports._workbook._plan import Plan


@dataclass(frozen=True)
class Purse:
    """An account in one currency."""

    account: str
    name: str
    currency: str
    unstated: bool
    """Whether nobody states what it began with."""


def purses(plan: Plan) -> dict[int, Purse]:
    """By number, in order of the plan."""
    seen = plan.trace.record
    nobody = unstated(seen.graph, seen.purses)
    at = np.array(plan.purses, np.intp)
    accounts = seen.graph.vertices[seen.purses.account[at]]
    nameless: list[str | None] = [None] * len(accounts)
    holder: list[str | None] = accounts["holder"].to_list() if "holder" in accounts.columns else nameless
    called = names(seen.graph.ledger)
    ids: list[str] = accounts["id"].to_list()
    return {
        purse: Purse(
            account, called.get(who, who) if who else "", str(seen.graph.currencies[int(seen.purses.currency[purse])]),
            bool(nobody[purse]),
        )
        for purse, account, who in zip(plan.purses, ids, holder, strict=True)
    }  # fmt: skip
