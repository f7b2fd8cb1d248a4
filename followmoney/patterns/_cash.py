"""What patterns of cash kept below a limit share: whose limit it is, and which deposits it applies to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from followmoney.errors import SettingsError, unknown
from followmoney.patterns._limits import INSTRUMENTS, CashLimit, binding
from followmoney.patterns._pattern import Pattern
from followmoney.patterns._spoken import many
from followmoney.patterns._threshold import MAJOR, threshold
from followmoney.schema.clock import DAY
from followmoney.schema.codes import minor

if TYPE_CHECKING:
    from typing import Self

    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Deposits(NamedTuple):
    """Cash paid in that stays below the limit, in order of transactions."""

    at: NDArray[np.int64]
    limit: NDArray[np.int64]
    """The limit for each, in minor units of its currency."""
    code: NDArray[np.int64]
    """The currency of each, by number."""

    def where(self, kept: NDArray[np.bool_]) -> Deposits:
        """Some of them."""
        return Deposits(self.at[kept], self.limit[kept], self.code[kept])


@dataclass(frozen=True, kw_only=True)
class BelowLimit(Pattern):
    """Cash paid in below a limit: a fixed amount by currency, or what the law of a country said on the day."""

    limits: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000}, "Amount that draws attention, by currency.", unit=MAJOR, low=1,
        source="EUR: Regulation (EU) 2024/1624 art 80; USD: 31 CFR 1010.311",
    )  # fmt: skip
    country: str = threshold(
        "", "Country whose limit on the day of the deposit counts instead; empty: `limits`.", unit="country code",
        source="`followmoney patterns --limits`",
    )  # fmt: skip
    instrument: str = threshold(
        "deposit", "Which of its limits: deposit, payment or border.", unit="kind of limit",
        source="`followmoney patterns --limits`",
    )  # fmt: skip

    def __post_init__(self) -> None:
        """Refuse also a country or an instrument of which no limit is known."""
        super().__post_init__()
        if self.instrument not in INSTRUMENTS:
            raise SettingsError(f"{self.name}: {unknown('kind of cash limit', self.instrument, INSTRUMENTS)}")
        if self.country:
            binding(self.country, self.instrument)

    @classmethod
    def in_country(cls, country: str, instrument: str = "deposit", **thresholds: Any) -> Self:  # noqa: ANN401
        """The pattern with the limits of a country, each deposit held against the limit in force on its day.

        Raises:
            SettingsError: No such limit is known for the country.
        """
        return cls(country=country, instrument=instrument, **thresholds)

    def at(self, threshold: str, currency: str, time: int) -> int:
        """The amount of `limits` in a currency; with a country, the one in force at that time."""
        law = self._law(currency, time) if threshold == "limits" else None
        return law.amount if law else super().at(threshold, currency, time)

    def kept_below(self, flows: Flows) -> Deposits:
        """Cash paid into accounts by others, each below its limit; what no limit is known for is left out."""
        import numpy as np

        paid_in = flows.cash & ~flows.outside[flows.beneficiary] & (flows.originator != flows.beneficiary)
        at = np.flatnonzero(paid_in)
        limit, top = self._limit(flows, at)
        found = Deposits(at, limit, flows.currency_received[at].astype(np.int64))
        return found.where((limit > 0) & (flows.received[at] < top))

    def more(self, hit: Hit) -> dict[str, int | str]:
        """Also what the deposits stayed below, in words."""
        first = int(hit.flows.time[hit.rows("in")[0]])
        currency = hit.flows.currencies[hit.currency]
        law = self._law(currency, first)
        amount = f"{currency} {self.at('limits', currency, first):,}"
        if law is None:
            return {"under": f"below {amount}"}
        return {"under": f"{'below' if law.inclusive else 'not above'} {amount} ({law.source})"}

    def notes(self, flows: Flows) -> list[str]:
        """With a country, what its law does not cover."""
        import numpy as np

        notes = super().notes(flows)
        if not self.country or self.lacking(flows):
            return notes
        cash = np.flatnonzero(flows.cash & ~flows.outside[flows.beneficiary])
        notes = [note for note in notes if "`limits`" not in note]
        if missing := int((self._limit(flows, cash)[0] < 0).sum()):
            why = f"no {self.instrument} limit of {self.country} is known for that day and currency"
            notes.append(f"{self.name}: {many(missing, 'cash deposit')} not examined, because {why}.")
        return notes

    def _limit(self, flows: Flows, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each transaction the limit in minor units (-1: none is known), and the least that is not below it."""
        import numpy as np

        code, time = flows.currency_received[at], flows.time[at]
        if not self.country:
            return (limit := flows.minor(self.limits)[code]), limit
        limit, top = np.full(len(at), -1), np.full(len(at), -1)
        for law in binding(self.country, self.instrument):
            if law.currency in flows.currencies:
                here = (time >= _micros(law.since)) & (time < _micros(law.until, 1) if law.until else True)
                here &= code == flows.currencies.index(law.currency)
                limit[here] = minor(str(law.amount), law.currency)
                top[here] = limit[here] + (not law.inclusive)
        return limit, top

    def _law(self, currency: str, time: int) -> CashLimit | None:
        if not self.country:
            return None
        day = (_EPOCH + timedelta(microseconds=time)).date()
        known = [w for w in binding(self.country, self.instrument) if w.currency == currency and w.on(day)]
        return known[0] if known else None


def _micros(day: date, later: int = 0) -> int:
    return (day - _EPOCH.date() + timedelta(days=later)).days * DAY
