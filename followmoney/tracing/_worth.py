"""What assets are worth now for every unit they cost, where the records say both in one currency."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from followmoney.graph import FlowGraph


def worth(graph: FlowGraph) -> dict[str, Fraction]:
    """Asset → its value for every minor unit that all transactions in the records paid for it.

    Left out: assets without a value, without a cost, or where value and cost are in different currencies; and assets
    that were paid for together with others, because their cost is not divided.
    """
    paid = graph.ledger.purchases().rename({"transaction": "id"})
    if not len(paid):
        return {}
    bought = graph.located(paid["id"]).join(paid, on="id")
    columns, at = graph.columns, bought["at"].to_numpy()
    costs = bought.select(
        "assets", "asset", cost=pl.Series(columns.received[at]), code=pl.Series(columns.currency_received[at])
    )
    shared = {asset for assets in costs.filter(pl.col("assets").list.len() > 1)["assets"] for asset in assets}
    cost: dict[str, int] = {}
    codes: dict[str, set[int]] = {}
    for asset, money, code in costs.select("asset", "cost", "code").iter_rows():
        cost[asset] = cost.get(asset, 0) + money
        codes.setdefault(asset, set()).add(code)
    found: dict[str, Fraction] = {}
    for asset, value, currency in graph.ledger.assets.select("id", "value", "currency").iter_rows():
        names = {graph.currencies[code] for code in codes.get(asset, ())}
        if value is not None and cost.get(asset) and names == {str(currency)} and asset not in shared:
            found[asset] = Fraction(value, cost[asset])
    return found
