"""What parties are called, and which thing each transaction paid for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.errors import OverflowLimitError

if TYPE_CHECKING:
    from datetime import date

    from followmoney.ledger import Ledger

_AND = " + "
_MOST = 2**63 - 1


@dataclass(frozen=True)
class Thing:
    """An asset, or several that one transaction paid for together."""

    id: str
    description: str
    holder: str | None
    country: str | None
    value: int | None
    """Minor units of `currency`; None where it is not known, or where several currencies meet."""
    currency: str | None
    valued_at: date | None
    encumbrance: int | None
    """Rights of others in it, as a mortgage; minor units of `currency`."""


def names(ledger: Ledger) -> dict[str, str]:
    """The name of every party that has one."""
    return {party: name for party, name in ledger.parties.select("id", "name").iter_rows() if name}


def bought(ledger: Ledger) -> dict[str, str]:
    """What each transaction paid for: an asset, or "A + B" where it paid for several, as in `Trace.exits`."""
    return dict(ledger.purchases().select("transaction", "asset").iter_rows())


def things(ledger: Ledger) -> dict[str, Thing]:
    """Every asset, and every group of assets bought together, by the name `bought` gives it."""
    rows = {row["id"]: row for row in ledger.assets.iter_rows(named=True)}
    found = {name: _thing(name, [row]) for name, row in rows.items()}
    together = ledger.purchases().filter(pl.col("assets").list.len() > 1)
    for name, parts in together.select("asset", "assets").unique(maintain_order=True).iter_rows():
        found[name] = _thing(name, [rows[part] for part in parts])
    return found


def _thing(name: str, rows: list[dict[str, Any]]) -> Thing:
    def same(column: str) -> Any:  # noqa: ANN401
        values = {row[column] for row in rows}
        return next(iter(values)) if len(values) == 1 else None

    valued = same("currency") is not None and all(row["value"] is not None for row in rows)
    return Thing(
        name, _AND.join(r["description"] or r["kind"].replace("_", " ") for r in rows), same("holder"), same("country"),
        _fits(name, sum(row["value"] for row in rows)) if valued else None, same("currency"), same("valued_at"),
        _fits(name, sum(row["encumbrance"] or 0 for row in rows)) if valued else None,
    )  # fmt: skip


def _fits(name: str, amount: int) -> int:
    if amount > _MOST:
        raise OverflowLimitError(f"The assets {name} together are worth more than 64 bits hold; correct their values.")
    return amount
