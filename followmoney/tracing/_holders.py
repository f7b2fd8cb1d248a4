"""Holders and exits of a trace, beside what holds whichever rule is adopted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.tracing import _frames
from followmoney.tracing._ranges import Places, of_sets
from followmoney.tracing.backward import backward

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

By = Literal["account", "party", "country"]
_MOST_TRANSACTIONS, _MOST_ARCS = 500_000, 200_000  # beyond, the bounds are not there at once
_WORK = 5_000_000  # arcs times rows: about a second
_KEYS = ("kind", "id", "currency")


def holders(trace: Trace, by: str = "account") -> pl.DataFrame:
    """See `Trace.holders`."""
    if by not in get_args(By):
        raise SettingsError(unknown("way to group holders", by, get_args(By)))
    found = _frames.holders(trace)
    if by != "account":
        from followmoney.tracing._together import together

        return together(trace, found, by)
    keys = [("account", account, currency) for account, currency in found.select("account", "currency").iter_rows()]
    return _beside(trace, found, keys)


def exits(trace: Trace) -> pl.DataFrame:
    """See `Trace.exits`."""
    found = _frames.exits(trace)
    moved = backward(trace)
    apart = {its.to for its in moved} | {
        trace.graph.vertices["id"][int(trace.graph.beneficiary[its.at])] for its in moved
    }
    keys = [
        None if kind == "backward" or (kind in ("asset", "debt") and to in apart) else (kind, to, currency)
        for kind, to, currency in found.select("kind", "to", "currency").iter_rows()
    ]
    return _beside(trace, found, keys)


def notes(trace: Trace) -> tuple[str, ...]:
    """What to say where holders are shown without what holds under every rule."""
    shown = int((trace.outcome.claim > 0).sum())
    missing = shown - min(shown, most_rows(trace))
    if not missing:
        return ()
    which = "the holders" if missing == shown else f"{missing:,} of {shown:,} holders"
    return (f"The least and the most of {which} would take long here; ask bounds, or all_bounds for every place.",)


def most_rows(trace: Trace) -> int:
    """For how many rows the bounds are there at once."""
    if len(trace.record.tape) > _MOST_TRANSACTIONS:
        return 0
    arcs = len(trace.rule_free.named.network.cap)
    return 0 if arcs > _MOST_ARCS else _WORK // max(1, arcs)


def between(trace: Trace, sets: Iterable[Places]) -> list[tuple[int, int]]:
    """The least and the most in sets of places of one currency."""
    return of_sets(trace.rule_free.named, list(sets))


def _beside(trace: Trace, found: pl.DataFrame, keys: Sequence[tuple[str, str, str] | None]) -> pl.DataFrame:
    """The same rows with the least and the most after the claim."""
    asked = [key for key in keys[: most_rows(trace) if keys else 0] if key is not None]
    known = trace.rule_free.known
    missing = {key: None for key in asked if key not in known}
    if missing:
        places = trace.rule_free.named.places.with_row_index("place")
        rows: dict[tuple[str, str, str], list[int]] = {key: [] for key in missing}
        for *key, place in places.select(*_KEYS, "place").iter_rows():
            if (name := (key[0], key[1], key[2])) in rows:
                rows[name].append(place)
        some = [np.array(rows[key], np.int64) for key in missing]
        known.update(zip(missing, between(trace, [Places(its, its) for its in some]), strict=True))
    ends = [known.get(key) if key is not None and key in known else None for key in keys]
    low, high = ([None if end is None else end[n] for end in ends] for n in (0, 1))
    columns = found.columns
    at = columns.index("claim") + 1
    return found.with_columns(least=pl.Series(low, dtype=pl.Int64), most=pl.Series(high, dtype=pl.Int64)).select(
        *columns[:at], "least", "most", *columns[at:]
    )
