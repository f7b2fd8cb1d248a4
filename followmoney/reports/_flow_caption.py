"""The caption of a flow picture: what is drawn of what there is, to the cent, and what is not drawn, by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followmoney.reports._flow_boxes import Box
from followmoney.reports._flow_links import Link
from followmoney.reports._money import many, sums, total

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_NAMED = 3


def returns(links: Sequence[Link], boxes: Sequence[Box]) -> list[str]:
    """Flows that turn back, one sentence each, in order of time."""
    called = {b.key: f"{b.title} ({b.detail})" for b in boxes}
    return [
        f"{called[k.source]} → {called[k.target]}: {sums(k.amount)} in {many(len(k.rows), 'transaction')},"
        f" of which claim money {sums(k.claim)}."
        for k in links
    ]


def caption(trace: Trace, boxes: Sequence[Box], drawn: Sequence[Link], left: Sequence[Link], home: str) -> str:
    """One paragraph: how to read the picture, and drawn x of y, n of N."""
    every = [*drawn, *left]
    there = total((c, a) for k in every for c, a in k.amount.items())
    shown = dict.fromkeys(there, 0) | total((c, a) for k in drawn for c, a in k.amount.items())
    rows, number = sum(len(k.rows) for k in drawn), sum(len(k.rows) for k in every)
    several = {c for k in every for r in k.rows for c in (r["currency"], r["currency_received"])} != {home}
    text = (
        f"Dark: claim money (rule {trace.rule}); light: other money in the same transactions. "
        f"Height in proportion to the amount. Amounts in {home}{', unless marked' if several else ''}. "
        f"Drawn {sums(shown)} of {sums(there)} in {rows:,} of {number:,} transactions; "
        f"{many(len(left), 'return flow')} listed below."
    )
    if any(b.others for b in boxes):
        text += " Accounts of one holder at the same step are one bar; “all others” is the rest of a step."
    if several:
        text += " Currencies are drawn at the rates of the conversions in this trace."
    named = returns(left, boxes)
    if named:
        text += f" Not drawn, because {'it turns' if len(named) == 1 else 'they turn'} back: {' '.join(named[:_NAMED])}"
    if len(named) > _NAMED:
        text += f" And {len(named) - _NAMED} more."
    return text
