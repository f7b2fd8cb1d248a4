"""How often each pattern was right and how much it missed on labelled ledgers, as measured when this was released."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

FILE = "error_rates.json"
_WAYS = {
    "as shipped": "the pattern with its default thresholds",
    "unexplained": "as shipped, without findings that an innocent explanation fits",
    "tuned": "the pattern with thresholds set on the first half of the schemes",
    "one number": "no pattern, but the best rule on a single number of an account, set on the first half",
    "counterparties": "no pattern, but the number of counterparties alone",
    "chance": "alerts drawn at random",
}
LEVELS = ("finding", "transaction", "account")
_NOTHING = dict.fromkeys(f"{level}_precision" for level in LEVELS)
CAUTION = "Measured on labelled data, not on this case: how often a pattern is right here may be quite different."


@dataclass(frozen=True)
class ErrorRates:
    """Rates by pattern and labelled ledger, what the ledgers are, and how it was counted."""

    rows: tuple[dict[str, Any], ...]
    data: dict[str, str]
    """Ledger by name: what it is, whose, under which licence, what must be known of it."""
    how: tuple[str, ...]
    """How it was counted, in sentences."""
    measured: str
    """The day."""
    version: str
    """The version of followmoney that was measured."""

    @property
    def frame(self) -> pl.DataFrame:
        """A row a pattern, ledger and way to raise alerts; rates from 0 to 1, null of nothing raised.

        `way` is one of `ways`, which say what each means.
        """
        import polars as pl

        texts = dict.fromkeys(("data", "pattern", "way", "how"), pl.String)
        counts = dict.fromkeys(("schemes", "alerts", "budget"), pl.Int64)
        rates = {f"{level}_{rate}": pl.Float64 for level in LEVELS for rate in ("precision", "recall", "f1")}
        return pl.DataFrame(list(self.rows), schema={**texts, **counts, **rates})

    @property
    def ways(self) -> dict[str, str]:
        """The ways to raise alerts that were measured side by side, and what each is."""
        return dict(_WAYS)

    def sentences(self) -> tuple[str, ...]:
        """What must be known to read the rates."""
        return (f"{CAUTION} Version {self.version}, {self.measured}.", *self.how)

    def of(self, pattern: str, way: str = "as shipped") -> list[dict[str, Any]]:
        """The rates of one pattern, a row a ledger."""
        return [r for r in self.rows if r["pattern"] == pattern and r["way"] == way]


@cache
def error_rates() -> ErrorRates:
    """How often each pattern was right and how much it missed, on labelled ledgers (not on yours).

    Shipped with the package and measured by `python -m benchmarks.quality`, on schemes that begin after those that
    anything was tuned on.
    """
    text = (files("followmoney.patterns") / FILE).read_text(encoding="utf-8")
    given = json.loads(text)
    rows = tuple(row if row["alerts"] else row | _NOTHING for row in given["rates"])
    return ErrorRates(rows, given["data"], tuple(given["how"]), given["measured"], given["version"])
