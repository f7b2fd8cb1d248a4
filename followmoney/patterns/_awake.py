"""Why an account is new: it was opened a short while before, or woke up after a long silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from followmoney.patterns._context import NEVER
from followmoney.patterns._spoken import many
from followmoney.patterns._threshold import micros, whole_days
from followmoney.patterns._words import day
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit


def awake(hit: Hit, age: float, silence: float) -> Mapping[str, float | str | None]:
    """In words, and as a measure: how `old` the account was in the end, or how long `quiet` before it woke up.

    In microseconds of whole days; what does not apply is None. A silence has its end in the first movement of `silence`
    days or more without one before; where none came before, it lasts since the ledger begins.
    """
    flows, first = hit.flows, int(hit.rows("in")[0])
    now, opened = int(flows.time[first]), int(flows.known["account.opened"].values[hit.subject])
    if opened > NEVER and now - opened < micros(age, "days"):
        days = max(now - opened, 0) // DAY
        said = f"opened on {day(opened)}, {many(days, 'day')} before" if now >= opened else f"opened on {day(opened)}"
        return {"new": said, "old": days * DAY, "quiet": None}
    rows = np.unique(np.r_[hit.graph.into.of(hit.subject), hit.graph.out.of(hit.subject)]).astype(np.int64)
    rows = rows[(rows <= first) & (flows.originator[rows] != flows.beneficiary[rows])]
    since = np.r_[flows.start, flows.time[rows][:-1]]
    woke = int(np.flatnonzero(flows.time[rows] - since >= micros(silence, "days"))[-1])
    quiet, begin = int(flows.time[rows[woke]] - since[woke]), day(int(since[woke]))
    days = many(quiet // DAY, "day")
    said = f"silent for {days}, since {begin}" if woke else f"silent for {days}, since the ledger began on {begin}"
    return {"new": said, "old": None, "quiet": whole_days(quiet, silence)}
