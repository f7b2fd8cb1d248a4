"""A trace in sentences."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import polars as pl

from followmoney.schema.codes import money
from followmoney.tracing._catalogue import catalogue
from followmoney.tracing._own import own
from followmoney.tracing._said import count, some
from followmoney.tracing.by_status import ByStatus

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_SHOWN = 5
_KINDS = {"cash": "in cash", "unknown": "to unknown accounts", "asset": "into assets", "debt": "to pay off debts",
          "fee": "in fees", "good_faith": "to holders in good faith, where the claim ends",
          "pooled": "into pooled accounts", "backward": "into debts made for purchases"}  # fmt: skip

_AT_MOST = {"=": "", "<=": "at most "}


def amounts(sums: dict[str, int]) -> str:
    """Money in several currencies: "EUR 1.00 and GBP 2.00"."""
    return " and ".join(money(amount, currency) for currency, amount in sorted(sums.items())) or "nothing"


def line(trace: Trace) -> str:
    """One line on what it is."""
    until = f", until {trace.until:%Y-%m-%d %H:%M}" if trace.until else ""
    return (
        f"Trace({amounts(trace.claimed)} by {trace.rule}{until}: "
        f"{count(int((trace.outcome.claim[~trace.record.in_hand] > 0).sum()), 'account')} hold some)"
    )


def explain(trace: Trace) -> str:
    """See `Trace.explain`."""
    rule = (catalogue()[trace.rule].__doc__ or "").strip().splitlines()[0] if trace.rule in catalogue() else ""
    until = f" up to {trace.until:%Y-%m-%d %H:%M} UTC" if trace.until else ""
    moved, within = len(trace.flows.at), int(own(trace).sum())
    said = [
        f"{_being(trace.claimed)} claimed, from {count(len(trace.claim), 'transaction')} ({some(trace.claim)}).",
        f"It is followed{until} by the rule {trace.rule}: {rule}",
        f"Why this rule: {trace.reason}",
        *_decided(trace),
    ]
    if within:
        said.append(f"It moved in {count(moved, 'payment')}; {within:,} of these are between accounts of one holder.")
    holders, exits = trace.holders(), trace.exits()
    held = _sums(holders)
    if held:
        top = [
            f"{row['account']}{' (' + row['name'] + ')' if row['name'] else ''} "
            f"{_AT_MOST[row['bound']]}{money(row['claim'], row['currency'])}"
            for row in holders.iter_rows(named=True)
        ]
        most = _most(holders)
        said.append(f"{most}{_being(held)} now in {count(len(holders), 'account')}: {some(top)}.")
    else:
        said.append("None of it is in an account now.")
    for kind, phrase in _KINDS.items():
        gone = exits.filter(pl.col("kind") == kind)
        if len(gone):
            to = "" if kind in ("cash", "unknown") else f": {some(gone['to'].unique(maintain_order=True).to_list())}"
            most, much = _most(gone), amounts(_sums(gone))
            said.append(f"{most}{much} left {phrase}{to}.")
    odd = trace.reconciliation().filter(pl.col("difference") != 0)
    said.append("Every unit is accounted for." if not len(odd) else f"It does not reconcile: {odd.to_dicts()}.")
    return "\n".join([*said, *trace.notes])


def _decided(trace: Trace) -> list[str]:
    """By status: how many accounts each rule decided, and what was presumed."""
    if not isinstance(trace.chosen, ByStatus):
        return []
    decided = trace.choices().filter(pl.col("rule").is_not_null())
    by_rule = decided.group_by("rule").len().sort("rule").iter_rows()
    parts = [f"{rule} decided in {count(number, 'account')}" for rule, number in by_rule]
    said = [f"Of the accounts that held claim money, {' and '.join(parts)}."] if parts else []
    if presumed := decided.filter(pl.col("status").is_null())["account"].to_list():
        said.append(
            f"No status is asserted for {count(len(presumed), 'account')} of these ({some(presumed)}): treated like "
            "the wrongdoer's, a presumption that must be checked."
        )
    return said


def html(trace: Trace) -> str:
    """For notebooks: the sentences and the first holders and exits."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in explain(trace).splitlines())
    tables = (trace.holders().head(_SHOWN), trace.exits().head(_SHOWN), trace.reconciliation())
    return said + "".join(frame._repr_html_() for frame in tables)  # pyright: ignore[reportPrivateUsage]


def _being(sums: dict[str, int]) -> str:
    return f"{amounts(sums)} {'are' if len(sums) > 1 else 'is'}"


def _most(frame: pl.DataFrame) -> str:
    """What comes before a sum of which a part is an upper bound."""
    return _AT_MOST["<="].capitalize() if (frame["bound"] == "<=").any() else ""


def _sums(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by("currency").agg(pl.col("claim").sum()).iter_rows())
