"""How right pairs are: share of those found that are true, and of the true ones that are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl

    from followmoney.resolution import Weights
    from followmoney.resolution._cards import Cards


def rates(found: pl.DataFrame, truth: pl.DataFrame) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs (columns left, right) against the true ones (holder, party)."""
    import polars as pl

    wanted = truth.select(left=pl.min_horizontal("holder", "party"), right=pl.max_horizontal("holder", "party"))
    right = len(found.select("left", "right").join(wanted, on=["left", "right"], how="semi"))
    precision, recall = right / max(1, len(found)), right / len(wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def blocked(cards: Cards, weights: Weights, truth: pl.DataFrame) -> tuple[int, float]:
    """How many pairs are compared, and which share of the true ones is among them."""

    from followmoney.resolution._blocks import blocks, candidates

    at = cards.ids.to_frame("id").with_row_index("at")
    sides = [truth.join(at, left_on=n, right_on="id", how="left")["at"].to_numpy() for n in ("holder", "party")]
    wanted = np.sort(_keys(*sides))
    compared, met = 0, 0
    for left, right in candidates(cards, blocks(cards, weights.most)):
        keys = _keys(left, right)
        compared += len(keys)
        met += int((wanted[np.searchsorted(wanted, keys).clip(max=len(wanted) - 1)] == keys).sum())
    return compared, met / len(wanted)


def _keys(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    low, high = np.minimum(one, other), np.maximum(one, other)
    return (low.astype(np.uint64) << np.uint64(32)) | high.astype(np.uint64)
