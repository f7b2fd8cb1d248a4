"""Where claim money went, as ribbons between accounts: dark the claim money, light the other money beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followmoney.languages import say
from followmoney.reports._carried import carried, ends
from followmoney.reports._drawing import Drawing
from followmoney.reports._flow_boxes import Box, boxes
from followmoney.reports._flow_caption import caption, returns
from followmoney.reports._flow_links import Link, links
from followmoney.reports._flow_plan import plan
from followmoney.reports._money import many, scales, sums, total

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.tracing import Trace

MOST = 40
_NAMED = 5


def draw(trace: Trace, *, ax: Axes | None = None, most: int = MOST) -> Axes:
    """Draw where the claim money of a trace went; returns the matplotlib Axes.

    One bar an account, cash end or asset; one ribbon a pair of them, as high as its transactions with claim money.
    Columns go by the longest way from the start. With more than `most` bars, accounts of one holder at the same step
    are one bar and the least of each step are one bar "all others": the sums stay whole. Ribbons that would turn back
    are not drawn; the caption counts and names them.

    Args:
        trace: What `followmoney.trace` returns.
        ax: Axes to draw on; a new figure of the right size if not given.
        most: How many bars to draw at most.
    """
    return drawing(trace, most=most).draw(ax)


def drawing(trace: Trace, *, most: int = MOST) -> Drawing:
    """The picture before it is painted, with what it leaves out."""
    rows = carried(trace)
    if not len(rows):
        return Drawing.empty(say("Nothing to draw: no transaction carries claim money."))
    keys = set(rows["source_end"]) | set(rows["target_end"])
    known = ends(trace, keys)
    found = boxes(known, rows, most)
    box = {f"{e.kind}|{e.key[1]}": b.key for b in found for e in b.ends}
    home = next(iter(sorted(trace.claimed)), "EUR")
    scale = scales(rows.select("currency", "amount", "currency_received", "received").rows(), home)
    every = links(rows, box, scale)
    placed = plan(found, every, home)
    drawn = [r.link for r in placed.ribbons]
    text = caption(trace, found, drawn, placed.returns, home)

    def paint(canvas: Any) -> None:  # noqa: ANN401
        from followmoney.reports import _plots_flow

        _plots_flow.paint(canvas, placed)

    return Drawing(
        wide=placed.wide, tall=placed.foot, paint=paint, caption=text, alt=_alt(trace, len(found), drawn),
        omitted=tuple(returns(placed.returns, found)), shown=rows, titles=_titles(drawn, found),
    )  # fmt: skip


def _titles(drawn: list[Link], found: list[Box]) -> dict[str, str]:
    said = returns(drawn, found)
    return {f"ribbon-{n}{part}": text for n, text in enumerate(said) for part in ("", "-rest")}


def _alt(trace: Trace, bars: int, drawn: list[Link]) -> str:
    amount = total((c, a) for k in drawn for c, a in k.amount.items())
    number = sum(len(k.rows) for k in drawn)
    ids = ", ".join(trace.claim[:_NAMED])
    return say(
        "Flow of {claimed} claimed from {ids}: {bars}, {transactions} of {amount}. Schedule A lists each of them.",
        claimed=sums(dict(trace.claimed)),
        ids=ids if len(trace.claim) <= _NAMED else say("{names} and others", names=ids),
        bars=many(bars, "bar"), transactions=many(number, "transaction"), amount=sums(amount),
    )  # fmt: skip
