"""The caption of a flow picture: what is drawn of what there is, to the cent, and what is not drawn, by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followmoney.languages import count, say
from followmoney.reports._flow_boxes import Box
from followmoney.reports._flow_links import Link
from followmoney.reports._money import many, sums, total, within

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_NAMED = 3


def returns(links: Sequence[Link], boxes: Sequence[Box]) -> list[str]:
    """Flows that turn back, one sentence each, in order of time."""
    called = {b.key: f"{b.title} ({b.detail})" for b in boxes}
    return [
        say(
            "{source} → {target}: {amount} in {transactions}, of which claim money {claim}.",
            source=called[k.source], target=called[k.target], amount=sums(k.amount),
            transactions=many(len(k.rows), "transaction"), claim=sums(k.claim),
        )
        for k in links
    ]  # fmt: skip


def caption(trace: Trace, boxes: Sequence[Box], drawn: Sequence[Link], left: Sequence[Link], home: str) -> str:
    """One paragraph: how to read the picture, and drawn x of y, n of N."""
    every = [*drawn, *left]
    there = total((c, a) for k in every for c, a in k.amount.items())
    shown = dict.fromkeys(there, 0) | total((c, a) for k in drawn for c, a in k.amount.items())
    rows, number = sum(len(k.rows) for k in drawn), sum(len(k.rows) for k in every)
    several = {c for k in every for r in k.rows for c in (r["currency"], r["currency_received"])} != {home}
    said = [
        say(
            "Dark: claim money (rule {rule}); light: other money in the same transactions. Height in proportion to the "
            "amount.",
            rule=trace.rule,
        ),
        within(home, marked=bool(several)),
        count(
            len(left),
            "Drawn {amounts} of {all} in {drawn} of {there} transactions; {n} return flow listed below.",
            "Drawn {amounts} of {all} in {drawn} of {there} transactions; {n} return flows listed below.",
            amounts=sums(shown), all=sums(there), drawn=rows, there=number,
        ),
    ]  # fmt: skip
    if any(b.others for b in boxes):
        said.append(say("Accounts of one holder at the same step are one bar; “all others” is the rest of a step."))
    if several:
        said.append(say("Currencies are drawn at the rates of the conversions in this trace."))
    named = returns(left, boxes)
    if named:
        said.append(
            count(
                len(named),
                "Not drawn, because it turns back: {flows}",
                "Not drawn, because they turn back: {flows}",
                flows=" ".join(named[:_NAMED]),
            )
        )
    if len(named) > _NAMED:
        said.append(say("And {more} more.", more=len(named) - _NAMED))
    return " ".join(said)
