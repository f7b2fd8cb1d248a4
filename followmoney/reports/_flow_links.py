"""Ribbons between boxes: transactions of one pair added up, with the part of them that is claim money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from followmoney.reports._money import total

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Link:
    """All transactions from one box to another that carry claim money."""

    source: str
    target: str
    rows: tuple[dict[str, Any], ...]
    """The transactions, in order of time, as in `carried`."""
    sent: float
    """Height where it leaves, in units of the claim's currency (drawing only)."""
    sent_claim: float
    arrived: float
    """Height where it arrives: other than `sent` only where money was converted."""
    arrived_claim: float

    @property
    def amount(self) -> dict[str, int]:
        """What was debited, by currency."""
        return total((r["currency"], r["amount"]) for r in self.rows)

    @property
    def claim(self) -> dict[str, int]:
        """The claim money in it, by currency."""
        return total((r["currency"], r["claim"]) for r in self.rows)


def links(rows: pl.DataFrame, box: Mapping[str, str], scale: Mapping[str, float]) -> list[Link]:
    """One link a pair of boxes, in order of its first transaction; `box` says in which box an end is drawn."""
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        pairs.setdefault((box[row["source_end"]], box[row["target_end"]]), []).append(row)
    return [
        Link(
            source, target, tuple(found),
            _height(scale, ((r["currency"], r["amount"]) for r in found)),
            _height(scale, ((r["currency"], r["claim"]) for r in found)),
            _height(scale, ((r["currency_received"], r["received"]) for r in found)),
            _height(scale, ((r["currency_received"], r["claim_received"]) for r in found)),
        )
        for (source, target), found in pairs.items()
    ]  # fmt: skip


def _height(scale: Mapping[str, float], pairs: Iterable[tuple[str, int]]) -> float:
    return sum(scale[c] * a for c, a in sorted(total(pairs).items()))
