"""When claim money moved: accounts as lines, grouped by holder; each transaction an arrow on its date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from followmoney.languages import count, say
from followmoney.reports._carried import carried, ends
from followmoney.reports._chronology_lines import Move, bands, chosen, moves
from followmoney.reports._chronology_plan import plan
from followmoney.reports._drawing import Drawing
from followmoney.reports._money import many, scales, sums, total, within

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.tracing import Trace

ARROWS, LINES = 100, 40


def draw(trace: Trace, *, ax: Axes | None = None, most: int = ARROWS) -> Axes:
    """Draw when the claim money of a trace moved; returns the matplotlib Axes.

    A horizontal line is an account, a band its holder, an arrow one transaction on its day; the wider, the more money
    (by square root), and the dark part is claim money. It shows what a chart of links cannot: money that leaves before
    it arrives.

    Args:
        trace: What `followmoney.trace` returns.
        ax: Axes to draw on; a new figure of the right size if not given.
        most: How many transactions to draw at most: those that carry most claim money.
    """
    return drawing(trace, most=most).draw(ax)


def drawing(trace: Trace, *, most: int = ARROWS) -> Drawing:
    """The picture before it is painted, with what it leaves out."""
    rows = carried(trace)
    every = moves(rows)
    home = next(iter(sorted(trace.claimed)), "EUR")
    scale = scales(rows.select("currency", "amount", "currency_received", "received").rows(), home)
    drawn = chosen(every, scale, most, LINES)
    if not drawn:
        return Drawing.empty(say("Nothing to draw: no transaction between two accounts carries claim money."))
    known = ends(trace, set(rows["source_end"]) | set(rows["target_end"]))
    placed = plan(bands(drawn, known), drawn, scale, home)

    def paint(canvas: Any) -> None:  # noqa: ANN401
        from followmoney.reports import _plots_chronology

        _plots_chronology.paint(canvas, placed)

    amounts = (_sums(drawn), _sums(every))
    return Drawing(
        wide=placed.wide, tall=placed.foot, paint=paint,
        caption=_caption(trace, amounts, drawn, every, (home, placed.bare)),
        alt=say(
            "Chronology of {transactions} on {lines}, {amounts}. Schedule A lists each of them.",
            transactions=many(len(drawn), "transaction"), lines=many(len(placed.levels), "line"),
            amounts=sums(amounts[0]),
        ),
        omitted=_omitted(drawn, every), shown=rows, titles=_titles(drawn),
    )  # fmt: skip


def _sums(found: Sequence[Move]) -> dict[str, int]:
    return total((m.row["currency"], m.row["amount"]) for m in found)


def _caption(
    trace: Trace,
    amounts: tuple[dict[str, int], dict[str, int]],
    drawn: Sequence[Move],
    every: Sequence[Move],
    more: tuple[str, int],
) -> str:
    shown = dict.fromkeys(amounts[1], 0) | amounts[0]
    home, bare = more
    number = {"amounts": sums(shown), "all": sums(amounts[1]), "drawn": len(drawn), "there": len(every)}
    said = [
        say(
            "A line is an account, a band its holder, an arrow one transaction on its day (UTC); arrows of nearly the "
            "same time stand side by side. Dark: claim money (rule {rule}), with its share where it is not the whole.",
            rule=trace.rule,
        ),
        within(home, marked=set(shown) != {home}),
        say("Drawn {amounts} of {all} in {drawn} of {there} transactions.", **number)
        if len(drawn) == len(every)
        else say(
            "Drawn {amounts} of {all} in {drawn} of {there} transactions; the others are in Schedule A.", **number
        ),
    ]
    if bare:
        said.append(
            count(
                bare,
                "{n} arrow without a figure, for want of room.",
                "{n} arrows without a figure, for want of room.",
            )
        )
    return " ".join(said)


def _omitted(drawn: Sequence[Move], every: Sequence[Move]) -> tuple[str, ...]:
    kept = {m.row["id"] for m in drawn}
    left = [m for m in every if m.row["id"] not in kept]
    if not left:
        return ()
    claim = total((m.row["currency"], m.row["claim"]) for m in left)
    said = say(
        "{transactions} of {amounts}, claim money {claim}, for want of room.",
        transactions=many(len(left), "transaction"), amounts=sums(_sums(left)), claim=sums(claim),
    )  # fmt: skip
    return (said,)


def _titles(drawn: Sequence[Move]) -> dict[str, str]:
    found: dict[str, str] = {}
    for n, move in enumerate(drawn):
        row = move.row
        claim = sums({row["currency"]: row["claim"]})
        amount = sums({row["currency"]: row["amount"]})
        text = say(
            "{id}, {time}: {amount}, claim money {claim}",
            id=row["id"], time=f"{row['booked_at']:%Y-%m-%d %H:%M}", amount=amount, claim=claim,
        )  # fmt: skip
        found |= {f"arrow-{n}": text, f"arrow-{n}-rest": text}
    return found
