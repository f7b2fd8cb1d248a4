"""How good alerts are, at three levels: whole schemes, transactions, accounts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import reduce

import numpy as np

from .alerts import Alert, Alerts
from .labelled import Labelled

HALF = 2
"""A finding covers a scheme if at least one in so many of the accounts in either are in both (Jaccard 1/2)."""


@dataclass(frozen=True)
class Rate:
    """Of what was flagged, the share that is right; of what was to be found, the share that was flagged."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Score:
    """The rates of some alerts; `alerts` and `schemes` say how many they are made from."""

    alerts: int
    schemes: int
    finding: Rate
    transaction: Rate
    account: Rate


def judged(data: Labelled, pattern: str, half: int, alert: Alert) -> tuple[bool, frozenset[int]]:
    """Whether an alert is right, and which schemes of the pattern it covers.

    It covers a scheme with which it shares a transaction and at least half of the accounts of both. It is right if it
    covers a scheme of any kind, or if at least half of its transactions are of one: part of a scheme is no false alarm.
    It is no false alarm either where the scheme began in the other half, but that is not counted as found.
    """
    shown = Counter(int(s) for s in data.scheme[alert] if s >= 0 and data.laundering[s])
    if not shown:
        return False, frozenset()
    accounts = data.accounts(alert)
    covered = [s for s in shown if HALF * len(accounts & data.members[s]) >= len(accounts | data.members[s])]
    right = bool(covered) or HALF * max(shown.values()) >= len(alert)
    return right, frozenset(s for s in covered if data.shows(s) == pattern and data.half[s] == half)


def cutoff(data: Labelled, pattern: str, half: int, alerts: Alerts) -> tuple[float, float]:
    """The value down to which alerts are best taken, and the F1 of findings there."""
    total = len(data.of(pattern, half))
    best, at, right, covered = 0.0, float("inf"), 0, set[int]()
    for n, (rows, value) in enumerate(zip(alerts.rows, alerts.value, strict=True), 1):
        good, schemes = judged(data, pattern, half, rows)
        right += good
        covered |= schemes
        if n < len(alerts.value) and alerts.value[n] == value:
            continue
        f1 = Rate(right / n, len(covered) / total if total else 0.0).f1
        if f1 > best:
            best, at = f1, value
    return at, best


def best_cutoff(data: Labelled, pattern: str, half: int, alerts: Alerts) -> tuple[float, float]:
    """The same cut-off, and how good it is at all three levels: schemes are few, so theirs alone leaves many equal."""
    at, f1 = cutoff(data, pattern, half, alerts)
    if not f1:
        return at, 0.0
    seen = score(data, pattern, half, alerts.down_to(at))
    return at, f1 + (seen.transaction.f1 + seen.account.f1) / 2


def score(data: Labelled, pattern: str, half: int, alerts: Alerts) -> Score:
    """The rates at all three levels; whatever belongs to a scheme of another kind is not counted as a false alarm."""
    wanted = data.of(pattern, half)
    any_ = [s for s in range(len(data.kinds)) if data.laundering[s]]
    verdicts = [judged(data, pattern, half, rows) for rows in alerts.rows]
    covered = set[int]().union(*(schemes for _, schemes in verdicts))
    rows = {int(r) for alert in alerts.rows for r in alert}
    accounts = reduce(frozenset[int].union, (data.accounts(alert) for alert in alerts.rows), frozenset[int]())
    return Score(
        len(alerts.rows),
        len(wanted),
        _rate(sum(good for good, _ in verdicts), len(verdicts), len(covered), len(wanted)),
        _sets(rows, {int(r) for s in any_ for r in data.rows[s]}, {int(r) for s in wanted for r in data.rows[s]}),
        _sets(accounts, {a for s in any_ for a in data.members[s]}, {a for s in wanted for a in data.members[s]}),
    )


def mean(rates: list[Rate]) -> Rate:
    """The mean of several."""
    return Rate(float(np.mean([r.precision for r in rates])), float(np.mean([r.recall for r in rates])))


def _sets(flagged: set[int] | frozenset[int], any_: set[int], wanted: set[int]) -> Rate:
    return _rate(len(flagged & any_), len(flagged), len(flagged & wanted), len(wanted))


def _rate(right: int, flagged: int, hit: int, wanted: int) -> Rate:
    return Rate(right / flagged if flagged else 0.0, hit / wanted if wanted else 0.0)
