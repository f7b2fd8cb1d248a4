"""Who moved money to whom inside a network, and what came in and went out through each member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.languages import count, retell, say
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
    label = retell(network.label)
    text = say(
        "{network}. Drawn {amount} of {all} in {drawn} of {transactions}, between {shown} of {members}. Wider arrows: "
        "more. Beside a name: roles, and what came in from and went out to others ({currency}).",
        network=label, amount=amounts[0], all=amounts[1], drawn=len(shown),
        transactions=many(len(rows), "transaction"), shown=len(drawn), members=many(network.size, "member"),
        currency=currency,
    )  # fmt: skip
    alt = say(
        "Network of {network}: {members}, {arrows}.",
        network=label, members=many(len(drawn), "member"), arrows=many(len(placed.arrows), "arrow"),
    )  # fmt: skip
    return Drawing(
        wide=placed.wide, tall=placed.tall, paint=paint, caption=" ".join([text, *omitted]),
        alt=f"{alt} {retell(network.explanation)}",
        omitted=omitted, shown=shown, titles=_titles(placed, currency),
    )  # fmt: skip


def _omitted(network: Network, drawn: int, transactions: int) -> tuple[str, ...]:
    found: list[str] = []
    if left := network.size - drawn:
        found.append(
            count(
                left,
                "{n} member through whom less moved, not drawn.",
                "{n} members through whom less moved, not drawn.",
            )
        )
    if transactions:
        found.append(
            count(
                transactions,
                "{n} transaction with them or in other currencies, not drawn.",
                "{n} transactions with them or in other currencies, not drawn.",
            )
        )
    return tuple(found)


def _titles(placed: Plan, currency: str) -> dict[str, str]:
    names = [str(spot.member["label"]) for spot in placed.spots]
    return {
        f"arrow-{n}": say(
            "{payer} to {payee}: {amount} in {transactions}",
            payer=names[a.source], payee=names[a.target], amount=money(a.amount, currency),
            transactions=many(a.transactions, "transaction"),
        )
        for n, a in enumerate(placed.arrows)
    }  # fmt: skip
