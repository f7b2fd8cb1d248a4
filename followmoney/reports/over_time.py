"""What stood on each account when, and how much of it was claim money: one small picture an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.languages import count, say
from followmoney.reports._drawing import Drawing
from followmoney.reports._money import many, sums, total
from followmoney.reports._over_time_lines import Line, lines
from followmoney.reports._over_time_plan import plan
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.tracing import Trace

MOST = 12


def draw(trace: Trace, *, ax: Axes | None = None, most: int = MOST) -> Axes:
    """Draw balance and claim of each account over time; returns the matplotlib Axes.

    The light area is the balance, the dark area the claim money in it, both in steps, each account on a scale of its
    own and all on the same days. At the right a bracket stands from the least to the most that the account can hold at
    the end whatever the rule, where that is known. A dot is a transaction that brought or took claim money.

    Args:
        trace: What `followmoney.trace` returns.
        ax: Axes to draw on; a new figure of the right size if not given.
        most: How many accounts to draw at most: those that hold most, then those through which most passed.
    """
    return drawing(trace, most=most).draw(ax)


def drawing(trace: Trace, *, most: int = MOST) -> Drawing:
    """The picture before it is painted, with what it leaves out."""
    found, every, held = lines(trace, most)
    if not found:
        return Drawing.empty(say("Nothing to draw: claim money came to no account."))
    placed = plan(found)
    drawn = total((line.currency, line.held) for line in found)
    there = dict.fromkeys(drawn, 0) | held
    marked, moved = sum(len(panel.dots) for panel in placed.panels), sum(len(line.moves) for line in found)
    text = say(
        "Light: balance; dark: claim money in it (rule {rule}); each account on a scale of its own, whose end stands "
        "above. Bracket: the least and the most at the end, whichever value-conserving rule is adopted. Drawn {amount} "
        "of {all} held at the end in {drawn} of {there} accounts that claim money came to; dots for {marked} of "
        "{moves} that moved claim money there.",
        rule=trace.rule, amount=sums(drawn), all=sums(there), drawn=len(found), there=every, marked=marked,
        moves=many(moved, "transaction"),
    )  # fmt: skip
    omitted = _omitted(every - len(found), dict(_less(there, drawn)), moved - marked)

    def paint(canvas: Any) -> None:  # noqa: ANN401
        from followmoney.reports import _plots_over_time

        _plots_over_time.paint(canvas, placed)

    ids = sorted({move.id for line in found for move in line.moves})
    return Drawing(
        wide=placed.wide, tall=placed.tall, paint=paint, caption=" ".join([text, *omitted]), alt=_alt(found),
        omitted=omitted, shown=trace.transactions().filter(pl.col("id").is_in(ids)), titles=placed.titles,
    )  # fmt: skip


def _less(there: dict[str, int], drawn: dict[str, int]) -> dict[str, int]:
    return {c: amount - drawn.get(c, 0) for c, amount in there.items() if amount != drawn.get(c, 0)}


def _alt(found: list[Line]) -> str:
    said = "; ".join(f"{line.name} {money(line.held, line.currency)}" for line in found)
    return say(
        "Balance and claim over time of {accounts}, claim held at the end: {held}.",
        accounts=many(len(found), "account"), held=said,
    )  # fmt: skip


def _omitted(accounts: int, held: dict[str, int], dots: int) -> tuple[str, ...]:
    found: list[str] = []
    if accounts > 0:
        found.append(
            count(
                accounts,
                "{n} account with less, which holds {amount} at the end: see Schedule B and ledgers.parquet.",
                "{n} accounts with less, which hold {amount} at the end: see Schedule B and ledgers.parquet.",
                amount=sums(held),
            )
        )
    if dots > 0:
        found.append(
            count(dots, "{n} smaller movement of claim money without a dot.",
                  "{n} smaller movements of claim money without a dot.")
        )  # fmt: skip
    return tuple(found)
