"""The finding in one paragraph: what was claimed, and where all of it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from followmoney.errors import ReconcileError
from followmoney.languages import count, listed, mark, retell, say
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_LEFT = {
    "cash": mark("{amounts} left as cash"), "unknown": mark("{amounts} left to where no source follows"),
    "debt": mark("{amounts} paid debts"), "backward": mark("{amounts} paid debts made for purchases"),
    "fee": mark("{amounts} went in fees"),
    "pooled": mark("{amounts} went into pooled accounts (it is not followed beyond them)"),
}  # fmt: skip
_ASKED = {"left": mark("what is left"), "bought": mark("what was bought")}
_NAMED = 3


def sentence(trace: Trace | None, assets: pl.DataFrame, ended: pl.DataFrame) -> str:
    """See `Case.sentence`."""
    if trace is None:
        return say("No money was traced, so nothing can be said of where it is.")
    _check(trace, assets)
    accounts = assets.filter(pl.col("kind") == "account")
    things = assets.filter(pl.col("kind") == "asset")
    exits = trace.exits()
    parts = [_held(accounts)]
    if len(things):
        there, some = _number(things["id"].n_unique(), "asset"), _some(things)
        parts.append(say("{amounts} is in {assets} ({some})", amounts=_sums(things), assets=there, some=some))
    if len(ended):
        there = _number(ended["id"].n_unique(), "place")
        parts.append(
            say(
                "{amounts} is in {places} held in good faith (the claim ends there)",
                amounts=_sums(ended), places=there,
            )
        )  # fmt: skip
    for kind, words in _LEFT.items():
        gone = exits.filter(pl.col("kind").cast(pl.String) == kind)
        if len(gone.filter(pl.col("claim") != 0)):
            parts.append(say(words, amounts=_sums(gone)))
    lost = trace.reconciliation().select("currency", pl.col("lost").alias("claim")).filter(pl.col("claim") != 0)
    if len(lost):
        parts.append(say("{amounts} was lost in conversion", amounts=_sums(lost)))
    asked = [say("rule {rule}", rule=trace.rule)]
    if trace.question in _ASKED:
        asked.append(say(_ASKED[trace.question]))
    if trace.until is not None:
        asked.append(say("until {day}", day=f"{trace.until:%Y-%m-%d}"))
    said = say(
        "Of {claimed} claimed in {transactions} ({asked}), {parts}.",
        claimed=_text((c, a) for c, a in trace.claimed.items()),
        transactions=_number(len(trace.claim), "transaction"), asked=", ".join(asked), parts=listed(parts),
    )  # fmt: skip
    return " ".join([said, *_converted(trace)])


def _held(accounts: pl.DataFrame) -> str:
    if not len(accounts):
        return say("nothing is still held in an account")
    there = _number(accounts["id"].n_unique(), "account")
    return say("{amounts} is still held in {accounts}", amounts=_sums(accounts), accounts=there)


def _converted(trace: Trace) -> list[str]:
    turned = _by_currency(trace.reconciliation().select("currency", claim="converted"))
    if not turned:
        return []
    parts = [
        say("{amount} of claim money came from conversion", amount=money(a, c))
        if a > 0
        else say("{amount} of it went into conversion", amount=money(-a, c))
        for c, a in turned.items()
    ]
    return [say("Currencies were changed on the way: {parts}.", parts=", ".join(parts))]


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
    found = [money(a, c) for c, a in sorted(amounts)]
    return say(" and ").join(found)


def _number(number: int, noun: str) -> str:
    return count(number, f"{{n}} {noun}", f"{{n}} {noun}s")


def _some(things: pl.DataFrame) -> str:
    named = [retell(name) for name in things["description"].unique(maintain_order=True)]
    shown = ", ".join(named[:_NAMED])
    return say("{names} and {more} more", names=shown, more=len(named) - _NAMED) if len(named) > _NAMED else shown
