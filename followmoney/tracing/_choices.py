"""Which rule decided in which account, and why: the law in half a sentence beside who asserted what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.tracing import statuses
from followmoney.tracing.by_status import ByStatus

if TYPE_CHECKING:
    from followmoney.tracing.assertions import Assertion
    from followmoney.tracing.traced import Trace

SCHEMA = {name: pl.String() for name in ("account", "name", "status", "rule", "reason")}
ASKED = {"left": "what is left of the claim", "bought": "what the claim money bought"}
_AGAINST_A_WRONGDOER = {
    "left": "the holder is presumed to spend his own money first, and what he pays in later does not refill the claim",
    "bought": "claim money is presumed to pay first; compare oatway_election, which chooses over the whole ledger",
}
_NOT_ASSERTED = "no status asserted: treated like the wrongdoer's, a presumption that must be checked"
_LAW = {
    "innocent": "an innocent volunteer ranks equally with the claimant, so every debit takes in proportion",
    "fiduciary": "the victims rank equally, so every debit takes in proportion; compare pari_passu and libr_cap",
}


def reason(trace: Trace) -> str:
    """See `Trace.reason`."""
    asked = f" The question asked is {ASKED[trace.question]}." if trace.question else ""
    if isinstance(trace.chosen, ByStatus):
        how = "was named" if trace.named else "is followed because no rule was named"
        return (
            f"{trace.rule} {how}: in every account the status of its holder and the question "
            f"{ASKED[trace.chosen.question]} decide."
        )
    if not trace.named:
        return f"{trace.rule} is the default for what is left in an account of a wrongdoer; no rule was named.{asked}"
    return (
        f"{trace.rule} was named, by whoever asked, in the settings or in the journal; it is followed in every "
        f"account.{asked}"
    )


def choices(trace: Trace) -> pl.DataFrame:
    """See `Trace.choices`."""
    said = statuses.said(trace.graph, trace.record.assertions)
    vertices, names = trace.graph.vertices, dict(trace.graph.ledger.parties.select("id", "name").iter_rows())
    holder = vertices["holder"] if "holder" in vertices.columns else pl.Series([None] * len(vertices), dtype=pl.String)
    rows = [
        (account, names.get(holder[at]), *_decided(trace, said.get(account)))
        for at in reached(trace) if (account := vertices["id"][at])
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def reached(trace: Trace) -> list[int]:
    """Accounts that held claim money, or a debt it paid off, or where it ended in good faith; first come first."""
    tape, flows, stops = trace.record.tape, trace.flows, trace.record.stops
    held = flows.at[(flows.given > 0) | (flows.discharged > 0)]
    ended = np.array([at for at in flows.left_at.tolist() if stops.get(at) == "good_faith"], np.int64)
    inside = held[~tape.outside[tape.got[held]]]
    accounts = trace.record.purses.account[tape.got[np.sort(np.concatenate([inside, ended]))]]
    return list(dict.fromkeys(accounts.tolist()))


def _decided(trace: Trace, its: Assertion | None) -> tuple[str | None, str | None, str]:
    """The status of an account, the rule that decided there, and why."""
    rule = trace.chosen
    status = its.kind if its else None
    if its and status == "good_faith":
        return status, None, f"{statuses.words(its)}; the claim ends there."
    who = statuses.words(its) if its else _NOT_ASSERTED if isinstance(rule, ByStatus) else "no status asserted"
    if not isinstance(rule, ByStatus):
        return status, trace.rule, f"{who}; {trace.rule} is followed in every account, whoever holds it."
    law = _LAW.get(status or "", _AGAINST_A_WRONGDOER[rule.question])
    return status, rule.deciding(status or "").name, f"{who}; {law}."
