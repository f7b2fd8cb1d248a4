"""What a claim on a substitute asset is worth (`foskett`): a share of it, or a charge on it for what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl

from followmoney.tracing.statuses import of_assets

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_COLUMNS = {
    "asset": pl.String, "currency": pl.String, "cost": pl.Int64, "claim": pl.Int64, "share": pl.Float64,
    "value": pl.Int64, "proportionate": pl.Int64, "lien": pl.Int64, "election": pl.Int64, "status": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Substitute:
    """An asset bought in part with claim money; amounts in minor units, `proportionate` exact."""

    share: Fraction
    """Part of the cost that was claim money."""
    proportionate: Fraction
    """That share of the value now."""
    lien: int
    """A charge for the claim money put in, up to the value now."""
    election: Fraction
    """What the claimant can choose: against a wrongdoer the better of the two, against an innocent holder the share."""


def substitute(claim: int, cost: int, value: int, *, wrongdoer: bool = True) -> Substitute:
    """Value a claim on an asset: `claim` of its `cost` was claim money, and it is worth `value` now.

    Favours: the claimant if the value rose (the share), and still if it fell (the charge), against a wrongdoer.
    Source: Foskett v McKeown [2001] 1 AC 102; between innocents gain and loss are shared.
    Mistakes: the charge against an innocent holder; a cost without instalments and improvements paid later.
    """
    share = Fraction(claim, cost) if cost else Fraction(0)
    proportionate = share * value
    lien = min(claim, value)
    return Substitute(share, proportionate, lien, max(proportionate, Fraction(lien)) if wrongdoer else proportionate)


def foskett(trace: Trace, *, wrongdoer: bool | None = None) -> pl.DataFrame:
    """Every asset that took claim money: its cost, the claim, the share, and, where a value is known, what it is worth.

    Shape: asset, currency, cost, claim, share, value, proportionate, lien, election, status; minor units, rounded down.
    `cost` is what the transactions in the records paid for it; `value` is null where none is stated in that currency.
    `status` is what is asserted of the holder, null where nothing is.

    Args:
        trace: A trace, with what is asserted of holders.
        wrongdoer: Whether every holder is one. None: by status: an innocent volunteer owes the share only, a purchaser
            in good faith nothing, and against everybody else the claimant elects.
    """
    said = of_assets(trace.graph, trace.record.assertions)
    bought = trace.record.assets
    cost: dict[tuple[str, str], int] = {}
    tape, purses = trace.record.tape, trace.record.purses
    for at, asset in bought.items():
        currency = trace.graph.currencies[int(purses.currency[tape.got[at]])]
        cost[asset, currency] = cost.get((asset, currency), 0) + int(tape.received[at])
    stated = trace.graph.ledger["assets"]
    values = {row["id"]: (row.get("value"), str(row.get("currency"))) for row in stated.iter_rows(named=True)}
    rows: list[tuple[object, ...]] = []
    for left in trace.exits().filter(pl.col("kind") == "asset").iter_rows(named=True):
        asset, currency, claim = str(left["to"]), str(left["currency"]), int(left["claim"])
        paid: int = cost.get((asset, currency), claim)
        status = said[asset].kind if asset in said else None
        value, unit = values.get(asset, (None, None))  # several bought with one payment have no row of their own
        if value is None or unit != currency:
            rows.append((asset, currency, paid, claim, claim / paid, None, None, None, None, status))
            continue
        its = substitute(claim, paid, value, wrongdoer=status != "innocent" if wrongdoer is None else wrongdoer)
        elected = 0 if wrongdoer is None and status == "good_faith" else int(its.election)
        rows.append((
            asset, currency, paid, claim, float(its.share), value, int(its.proportionate), its.lien, elected, status
        ))  # fmt: skip
    return pl.DataFrame(rows, schema=_COLUMNS, orient="row")
