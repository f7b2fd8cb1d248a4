"""Which payments went to a country that the FATF listed on the day they were made."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._context import UNKNOWN
from followmoney.patterns._spoken import many
from followmoney.schema.clock import DAY
from followmoney.schema.listed import covered, listed

if TYPE_CHECKING:
    from datetime import date

    from followmoney.patterns._flows import Flows


def countries(flows: Flows) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """For every account its country by number: where it is kept, else where its holder is; -1 where unknown."""
    kept, holder = flows.known["account.country"], flows.known["party.country"]
    names = tuple(sorted({*kept.names, *holder.names}))
    first, second = (np.array([names.index(n) for n in column.names], np.int64) for column in (kept, holder))
    other = np.where(holder.values == UNKNOWN, UNKNOWN, second[holder.values])
    return np.where(kept.values == UNKNOWN, other, first[kept.values]), names


def abroad(flows: Flows) -> NDArray[np.bool_]:
    """Payments from one country, or an unknown one, to another that was listed on the day (UTC) they were booked."""
    number, names = countries(flows)
    payee, payer = number[flows.beneficiary], number[flows.originator]
    found = np.zeros(len(flows), bool)
    for x in listed():
        if x.place in names:
            low, high = np.searchsorted(flows.time, [micros(x.since), 2**62 if x.until is None else micros(x.until)])
            found[low:high] |= payee[low:high] == names.index(x.place)
    return found & (payee != payer)


def named(place: str, moment: int) -> str:
    """A country with the list it was on: IR (FATF call for action, since 2020-02-21)."""
    day = datetime.fromtimestamp(moment // 1_000_000, UTC).date()
    on = " and ".join(f"FATF {x.list}, since {x.since}" for x in listed(place, on=day))
    return f"{place} ({on})"


def micros(day: date) -> int:
    """Midnight (UTC) of a day in microseconds since 1970."""
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1_000_000


def unknown(flows: Flows) -> list[str]:
    """What the lists do not cover, in words."""
    if not len(flows):
        return []
    first, last = covered()
    said: list[str] = []
    if int(flows.time[0]) < micros(first):
        said.append(f"what was paid before {first} was not examined: the table of listed countries begins there")
    beyond = len(flows) - int(np.searchsorted(flows.time, micros(last) + DAY))
    if beyond:
        said.append(
            f"{many(beyond, 'transaction')} after {last}, the last plenary in the table of listed countries, "
            f"{'was' if beyond == 1 else 'were'} examined by the lists of that day: later changes are not known"
        )
    return said
