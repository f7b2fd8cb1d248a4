"""The finding in one paragraph: what was claimed, and where all of it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from followmoney.errors import ReconcileError
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_LEFT = {"cash": "left as cash", "unknown": "left to where no source follows", "debt": "paid debts",
         "backward": "paid debts made for purchases", "fee": "went in fees",
         "pooled": "went into pooled accounts (it is not followed beyond them)"}  # fmt: skip
_NAMED = 3


def sentence(trace: Trace | None, assets: pl.DataFrame, ended: pl.DataFrame) -> str:
    """See `Case.sentence`."""
    if trace is None:
        return "No money was traced, so nothing can be said of where it is."
    _check(trace, assets)
    accounts = assets.filter(pl.col("kind") == "account")
    things = assets.filter(pl.col("kind") == "asset")
    exits = trace.exits()
    held = _number(accounts["id"].n_unique(), "account") if len(accounts) else ""
    parts = [f"{_sums(accounts)} is still held in {held}"] if held else ["nothing is still held in an account"]
    if len(things):
        parts.append(f"{_sums(things)} is in {_number(things['id'].n_unique(), 'asset')} ({_some(things)})")
    if len(ended):
        where = _number(ended["id"].n_unique(), "place")
        parts.append(f"{_sums(ended)} is in {where} held in good faith (the claim ends there)")
    for kind, words in _LEFT.items():
        gone = exits.filter(pl.col("kind").cast(pl.String) == kind)
        if len(gone.filter(pl.col("claim") != 0)):
            parts.append(f"{_sums(gone)} {words}")
    lost = trace.reconciliation().select("currency", pl.col("lost").alias("claim")).filter(pl.col("claim") != 0)
    if len(lost):
        parts.append(f"{_sums(lost)} was lost in conversion")
    claimed = _text((c, a) for c, a in trace.claimed.items())
    until = f", until {trace.until:%Y-%m-%d}" if trace.until is not None else ""
    asked = {"left": ", what is left", "bought": ", what was bought"}.get(trace.question or "", "")
    number = _number(len(trace.claim), "transaction")
    body = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"Of {claimed} claimed in {number} (rule {trace.rule}{asked}{until}), {body}.{_converted(trace)}"


def _converted(trace: Trace) -> str:
    turned = _by_currency(trace.reconciliation().select("currency", claim="converted"))
    if not turned:
        return ""
    parts = [
        f"{money(abs(a), c)} {'of claim money came from' if a > 0 else 'of it went into'} conversion"
        for c, a in turned.items()
    ]
    return f" Currencies were changed on the way: {', '.join(parts)}."


def _check(trace: Trace, assets: pl.DataFrame) -> None:
    totals = trace.reconciliation()
    bad = totals.filter(pl.col("difference") != 0)
    if len(bad):
        raise ReconcileError(
            f"The trace does not reconcile: {bad.to_dicts()}. Please report this as a mistake of followmoney."
        )
    held = _by_currency(totals.select("currency", claim="held"))  # of all claimants
    shown = _by_currency(assets.filter(pl.col("kind") == "account"))
    if held != shown:
        raise ReconcileError(f"The assets of the case show {shown} in accounts, the trace {held}. Please report this.")


def _by_currency(frame: pl.DataFrame) -> dict[str, int]:
    sums = frame.group_by(pl.col("currency").cast(pl.String)).agg(pl.col("claim").sum()).sort("currency")
    return {c: a for c, a in sums.iter_rows() if a}


def _sums(frame: pl.DataFrame) -> str:
    return _text(_by_currency(frame).items())


def _text(amounts: Iterable[tuple[str, int]]) -> str:
    return " and ".join(money(a, c) for c, a in sorted(amounts))


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _some(things: pl.DataFrame) -> str:
    named = things["description"].unique(maintain_order=True).to_list()
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more
