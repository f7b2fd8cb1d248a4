"""Who moved money to whom inside a network, and what came in and went out through each member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.reports._drawing import Drawing
from followmoney.reports._money import many
from followmoney.reports._network_plan import Plan, plan
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.communities import Network

MOST = 24


def draw(network: Network, *, ax: Axes | None = None, most: int = MOST) -> Axes:
    """Draw a network; returns the matplotlib Axes.

    One dot a member, around an oval in the order in which money runs; one arrow from payer to payee, wider for more.
    Beside each: name, roles, and what came from and went outside the network. With more than `most` members those
    through whom most money moved are drawn; the caption says how much is left out.

    Args:
        network: One of those that `followmoney.cluster` returns.
        ax: Axes to draw on; a new figure of the right size if not given.
        most: How many members to draw at most.
    """
    return drawing(network, most=most).draw(ax)


def drawing(network: Network, *, most: int = MOST) -> Drawing:
    """The picture before it is painted, with what it leaves out."""
    everyone = network.members
    flow = sum((pl.col(c) for c in ("paid", "incoming", "outgoing")), pl.col("received"))
    drawn = everyone.with_row_index("n").sort(flow, "n", descending=[True, False]).head(most).sort("n")
    currency = everyone["currency"][0]
    rows = network.rows()
    usual = rows.filter(pl.col("currency").cast(pl.String) == currency)
    ids = drawn["vertex"].implode()
    shown = usual.filter(pl.col("originator").is_in(ids) & pl.col("beneficiary").is_in(ids))
    place = {vertex: n for n, vertex in enumerate(drawn["vertex"])}
    sums = shown.group_by("originator", "beneficiary").agg(pl.col("amount").sum(), pl.len().alias("many"))
    paid = {(place[a], place[b]): (amount, number) for a, b, amount, number in sums.iter_rows()}
    placed = plan(drawn.drop("n").rows(named=True), paid, currency)
    omitted = _omitted(network, len(drawn), len(rows) - len(shown))

    def paint(canvas: Any) -> None:  # noqa: ANN401
        from followmoney.reports import _plots_network

        _plots_network.paint(canvas, placed)

    amounts = [money(int(frame["amount"].sum()), currency) for frame in (shown, usual)]
    text = (
        f"{network.label}. Drawn {amounts[0]} of {amounts[1]} in {len(shown):,} of {many(len(rows), 'transaction')}, "
        f"between {len(drawn):,} of {many(network.size, 'member')}. Wider arrows: more. Beside a name: roles, and what "
        f"came in from and went out to others ({currency}). {' '.join(omitted)}"
    )
    return Drawing(
        wide=placed.wide, tall=placed.tall, paint=paint, caption=text.strip(),
        alt=f"Network of {network.label}: {many(len(drawn), 'member')}, {many(len(placed.arrows), 'arrow')}. "
        f"{network.explanation}",
        omitted=omitted, shown=shown, titles=_titles(placed, currency),
    )  # fmt: skip


def _omitted(network: Network, drawn: int, transactions: int) -> tuple[str, ...]:
    found: list[str] = []
    if left := network.size - drawn:
        found.append(f"{many(left, 'member')} through whom less moved, not drawn.")
    if transactions:
        found.append(f"{many(transactions, 'transaction')} with them or in other currencies, not drawn.")
    return tuple(found)


def _titles(placed: Plan, currency: str) -> dict[str, str]:
    names = [str(spot.member["label"]) for spot in placed.spots]
    return {
        f"arrow-{n}": f"{names[a.source]} to {names[a.target]}: {money(a.amount, currency)} "
        f"in {many(a.transactions, 'transaction')}"
        for n, a in enumerate(placed.arrows)
    }
