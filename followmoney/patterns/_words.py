"""The words that the sentence of a finding is made of, each computed from its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from followmoney.patterns._pattern import Pattern
from followmoney.patterns._spoken import many as _many
from followmoney.schema.clock import DAY, HOUR, MINUTE
from followmoney.schema.codes import money

_COMMISSION = (3, 10)  # per cent

WORDS = (
    "subject", "count", "transactions", "amount", "smallest", "largest", "came", "gone", "part", "payers", "payees",
    "much", "through", "reached", "links", "slices", "exits", "rest", "mules", "begin", "end", "span", "goal",
    "reaching", "receiving", "within",
)  # fmt: skip
"""What a template may use, beside the names of the pattern's thresholds."""


@dataclass(frozen=True)
class Words:
    """Looks a word of a template up for one finding, whose measures are given."""

    pattern: Pattern
    seen: Mapping[str, Any]

    def __getitem__(self, word: str) -> str:
        """The word as text."""
        if word in WORDS:
            return getattr(self, f"_{word}")()
        if word in self.seen["more"]:
            return str(self.seen["more"][word])
        value = getattr(self.pattern, word)
        currency = self.seen["currency"]
        return f"{currency} {self._at(word, currency):,}" if isinstance(value, dict) else f"{value:,}"

    def _at(self, word: str, currency: str) -> int:
        return self.pattern.at(word, currency, self.seen["begin"])

    def _money(self, measure: str) -> str:
        amount, currency = self.seen[measure], self.seen[f"currency_of_{measure}"]
        return "several currencies" if currency is None else money(amount, currency)

    def _subject(self) -> str:
        return self.seen["name"]

    def _count(self) -> str:
        return f"{self.seen['count']:,}"

    def _transactions(self) -> str:
        return _many(self.seen["transactions"], "transaction")

    def _amount(self) -> str:
        return self._money("amount")

    def _smallest(self) -> str:
        return self._money("smallest")

    def _largest(self) -> str:
        return self._money("largest")

    def _came(self) -> str:
        return self._money("came")

    def _gone(self) -> str:
        return self._money("gone")

    def _part(self) -> str:
        """What left over what came in, rounded; 100 % only where nothing is missing."""
        gone, came = self.seen["gone"], self.seen["came"]
        rounded = (200 * gone // came + 1) // 2
        return f"{min(rounded, 99) if gone < came else max(rounded, 100)} %"

    def _much(self) -> str:
        return "more than came in" if self.seen["gone"] > self.seen["came"] else f"{self._part()} of it"

    def _payers(self) -> str:
        return _many(self.seen["payers"], "payer")

    def _payees(self) -> str:
        return _many(self.seen["payees"], "payee")

    def _through(self) -> str:
        *others, last = self.seen["through"]
        return f"{', '.join(others)} and {last}" if others else last

    def _reached(self) -> str:
        return self.seen["reached"]

    def _links(self) -> str:
        return _many(self.seen["links"], "transaction")

    def _slices(self) -> str:
        return _many(self.seen["count"], "slice")

    def _exits(self) -> str:
        """How much of it left otherwise than from bank to bank."""
        code, ways = (
            self.seen["currency_of_gone"],
            {"in cash": self.seen["in_cash"], "in crypto": self.seen["in_crypto"]},
        )
        said = [f"{money(amount, code)} of it {way}" for way, amount in ways.items() if amount and code]
        return ", ".join([f"to {self._payees()}", *said])

    def _rest(self) -> str:
        """What stayed, where that is what somebody gets for lending an account."""
        part = 100 * (self.seen["came"] - self.seen["gone"])
        if not _COMMISSION[0] * self.seen["came"] <= part <= _COMMISSION[1] * self.seen["came"]:
            return ""
        return f"; the rest, {(2 * part // self.seen['came'] + 1) // 2} %, matches a commission"

    def _mules(self) -> str:
        return _many(self.seen["mules"], "account")

    def _goal(self) -> str:
        first, *others = self.seen["goal"]
        return f"{first} and {_many(len(others), 'other account')}" if others else first

    def _reaching(self) -> str:
        return _many(self.seen["reaching"], "account")

    def _receiving(self) -> str:
        return _many(self.seen["receiving"], "account")

    def _begin(self) -> str:
        return day(self.seen["begin"])

    def _end(self) -> str:
        return day(self.seen["end"])

    def _span(self) -> str:
        return length(self.seen["begin"], self.seen["end"])

    def _within(self) -> str:
        """How long it took; of a single transaction its day."""
        single = self.seen["transactions"] == 1
        return f"on {self._begin()}" if single else f"within {self._span()}"


def day(time: int) -> str:
    """The day of an instant, as 2024-06-30."""
    return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time):%Y-%m-%d}"


def length(begin: int, end: int) -> str:
    """How long it took, rounded up; where only days are known, the calendar days it touched."""
    span = end - begin
    if begin % DAY == end % DAY == 0:
        return _many(span // DAY + 1, "day")
    for unit, size, below in (("minute", MINUTE, HOUR), ("hour", HOUR, 2 * DAY)):
        if span <= below:
            return _many(max(-(-span // size), 1), unit)
    return _many(-(-span // DAY), "day")
