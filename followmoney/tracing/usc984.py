"""Fungible property in the same account within one year (`usc984`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import ClassVar

import numpy as np

from followmoney.errors import SettingsError
from followmoney.ledger.when import micros
from followmoney.tracing._brought import brought
from followmoney.tracing._shared import Money, shared
from followmoney.tracing._tape import Outcome, Tape
from followmoney.tracing.rule import Settlement


@dataclass(frozen=True)
class Usc984(Settlement):
    """Within one year, money in the same account counts as the claim money; after it, only what can be traced.

    In every account: the smaller of the balance and the claim money that came in during the year before the action, but
    never less than `lowest_balance` traces there. The day claim money came in counts as the day of the offence.

    Favours: the State, if it acts within a year.
    Source: 18 USC 984(a)(2) and (b).
    Mistakes: accounts between banks (excluded unless the holder knew); property other than cash, deposits, bearer
    instruments and precious metals; counting the year from discovery.
    """

    action: date | None = None
    """Day of the action; None: of the last transaction."""

    name: ClassVar[str] = "usc984"
    conserving: ClassVar[bool] = False
    between: ClassVar[str] = "lowest_balance"

    def __post_init__(self) -> None:
        if self.action is not None and not isinstance(self.action, date):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise SettingsError(f"The day of the action is a date, like date(2024, 6, 30); got {self.action!r}.")

    def settle(self, tape: Tape, drawn: Sequence[Outcome]) -> Sequence[Money]:
        """What came in during the year, up to the balance, or what can be traced if that is more."""
        since = self._since(tape)
        return shared(drawn[0].balance, [np.maximum(brought(tape, outcome, since), outcome.claim) for outcome in drawn])

    def _since(self, tape: Tape) -> int | None:
        if tape.time is None or not len(tape):
            return None
        last = datetime.fromtimestamp(int(tape.time[-1]) // 1_000_000, UTC).date()
        return micros(datetime.combine(a_year_before(self.action or last), time(), UTC))


def a_year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def recoverable(offence: int, balance: int, traced: int, *, committed: date, action: date) -> int:
    """The figure for one account and one offence: amounts in minor units, the days of the offence and of the action."""
    within = a_year_before(action) <= committed
    return max(traced, min(balance, offence)) if within else traced
