"""Innocent explanations of how real estate was paid for: each a sentence why it fits a hit, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_SETTLERS = {"65", "68", "69"}
_YEAR = 365 * DAY


def legacy(hit: Hit) -> str | None:
    """In the year before, half of the price or more came from a notary, an insurer or a dealer in houses."""
    came = _came(hit, _SETTLERS)
    if 2 * came < _paid(hit):
        return None
    who = "notaries, insurers or house dealers"
    return f"{_money(hit, came)} had come from {who} within a year, as from a legacy or a house sold."


def lent_by_bank(hit: Hit) -> str | None:
    """In the year before, or for the purchase itself, a bank paid a quarter of the price or more."""
    from followmoney.patterns._sectors import divisions

    banks, rows = divisions(hit.flows, {"64"}), hit.rows("out")
    lent = _came(hit, {"64"}) + int(hit.flows.amount[rows[banks[hit.flows.originator[rows]]]].sum())
    return f"Banks had paid {_money(hit, lent)}: part of it was lent." if 4 * lent >= _paid(hit) else None


def shared_home(hit: Hit) -> str | None:
    """Whoever paid lives at the address of the holder, as families do."""
    import numpy as np

    from followmoney.patterns._payroll import places

    rows, home = hit.rows("out"), places(hit.flows)[1]
    payers = [int(v) for v in np.unique(hit.flows.originator[rows]) if v != hit.subject]
    same = bool(payers) and home[hit.subject] >= 0 and all(home[v] == home[hit.subject] for v in payers)
    return "Whoever else paid lives at the address of the holder, as families do." if same else None


def _came(hit: Hit, sectors: set[str]) -> int:
    from followmoney.patterns._sectors import divisions

    first, code = hit.rows("out")[0], hit.flows.currency[hit.rows("out")[0]]
    rows = hit.graph.into.of(hit.subject)
    rows = rows[(rows < first) & (hit.flows.time[rows] >= hit.flows.time[first] - _YEAR)]
    rows = rows[divisions(hit.flows, sectors)[hit.flows.originator[rows]] & (hit.flows.currency_received[rows] == code)]
    return int(hit.flows.received[rows].sum())


def _paid(hit: Hit) -> int:
    return int(hit.flows.amount[hit.rows("out")].sum())


def _money(hit: Hit, amount: int) -> str:
    from followmoney.schema.codes import money

    return money(amount, hit.flows.currencies[hit.flows.currency[hit.rows("out")[0]]])
