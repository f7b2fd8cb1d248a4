"""Scored pairs → the table of pairs, each with its outcome, who decided and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.resolution._cards import Cards
from followmoney.resolution._score import ALIKE, FIELDS, Scored
from followmoney.resolution._traits import traits
from followmoney.resolution.decisions import Decision
from followmoney.schema.sentence import sentence

US = "followmoney"
"""Who decided where no person did."""

_AT_A_TIME = 100_000  # pairs
_NOT_MERGED = "held back, because it would join what must not be (see conflicts)"
_CONTRADICTED = "contradicted by another decision, so not merged (see conflicts)"


def table(
    cards: Cards,
    scored: Scored,
    *,
    written: pl.Series,
    same: NDArray[np.bool_],
    held: NDArray[np.bool_],
    decided: Mapping[int, Sequence[Decision]],
    roots: NDArray[np.int64],
) -> pl.DataFrame:
    """The pairs, the strongest first.

    Args:
        cards: The parties.
        scored: The pairs.
        written: Names as the source writes them, a row of the table of parties.
        same: Pairs that are merged automatically.
        held: Pairs that would be, but for what they would join.
        decided: What was decided of a pair, by its place in `scored`.
        roots: The first party of the cluster of every party.

    Returns:
        Columns left, right, left_name, right_name, weight (the sum of the fields), outcome (same, review, different),
        decided_by, reason, and a column a field.
    """
    order = np.lexsort((scored.right, scored.left, -scored.total))  # numbers of parties are in order of identifiers
    scored, same, held = scored.at(order), same[order], held[order]
    place = {int(order[at]): at for at in np.flatnonzero(np.isin(order, list(decided))).tolist()}
    decided = {place[at]: told for at, told in decided.items()}
    fields = pl.DataFrame({name: scored.cents[:, at] / 100 for at, name in enumerate(FIELDS)})
    frame = pl.DataFrame(
        {
            "left": cards.ids.gather(scored.left),
            "right": cards.ids.gather(scored.right),
            "left_name": written.gather(cards.order.gather(scored.left)),
            "right_name": written.gather(cards.order.gather(scored.right)),
            "weight": scored.total / 100,
            "outcome": pl.select(pl.when(pl.Series(same)).then(pl.lit("same")).otherwise(pl.lit("review"))).to_series(),
            "decided_by": pl.Series([US], dtype=pl.String).new_from_index(0, len(same)),
            "reason": _reasons(cards, scored, fields, held),
        }
    )
    frame = _with_decisions(frame, scored, decided, roots)
    return pl.concat([frame, fields], how="horizontal")


def _reasons(cards: Cards, scored: Scored, fields: pl.DataFrame, held: NDArray[np.bool_]) -> pl.Series:
    """Why, of every pair; some at a time, because half-made sentences take much memory."""
    parts = [pl.Series("reason", [], dtype=pl.String)]
    for at in range(0, len(held), _AT_A_TIME):
        here = slice(at, at + _AT_A_TIME)
        told = fields[here].with_columns(
            pl.Series("alike", np.array([*ALIKE, "not known"])[scored.alike[here]]),
            pl.Series("person", cards.person[scored.left[here]] | cards.person[scored.right[here]]),
        )
        parts.append(_before(cards, scored.at(here), held[here]) + told.select(_why().alias("reason")).to_series())
    return pl.concat(parts)


def _why() -> pl.Expr:
    """What every field says, in words."""
    return pl.concat_str(
        sentence("names {}", pl.col("alike")),
        *(
            pl.when(pl.col(name) != 0).then(
                sentence("{} {}{}", _label(name), _sign(name), pl.col(name).cast(pl.String))
            )
            for name in FIELDS
        ),
        separator="; ",
        ignore_nulls=True,
    )


def _label(name: str) -> pl.Expr:
    if name == "founded":
        return pl.when("person").then(pl.lit("born")).otherwise(pl.lit("founded"))
    told = {"name": "for the likeness", "rarity": "for how many bear one"}
    return pl.lit(told.get(name, name.replace("_", " ")))


def _sign(name: str) -> pl.Expr:
    return pl.when(pl.col(name) > 0).then(pl.lit("+")).otherwise(pl.lit(""))


def _before(cards: Cards, scored: Scored, held: NDArray[np.bool_]) -> pl.Series:
    """Why a pair is left to a person, whatever its weight."""
    notes = [
        pl.when(pl.Series(scored.differs[:, at])).then(pl.lit(f"{trait.said}; ")).otherwise(pl.lit(""))
        for at, trait in enumerate(traits(cards))
    ]
    back = pl.when(pl.Series(held)).then(pl.lit(f"{_NOT_MERGED}; ")).otherwise(pl.lit(""))
    return pl.select(pl.concat_str(back, *notes).alias("reason")).to_series()


def _with_decisions(
    frame: pl.DataFrame, scored: Scored, decided: Mapping[int, Sequence[Decision]], roots: NDArray[np.int64]
) -> pl.DataFrame:
    if not decided:
        return frame
    rows = [
        (
            at,
            _outcome(scored, at, told, roots),
            " and ".join(dict.fromkeys(d.who for d in told)),
            _told(scored, at, told, roots),
        )
        for at, told in decided.items()
    ]
    names = ["at", "outcome", "decided_by", "reason"]
    given = pl.DataFrame(
        rows, schema=dict(zip(names, (pl.UInt32, pl.String, pl.String, pl.String), strict=True)), orient="row"
    )
    return frame.with_row_index("at").update(given, on="at", how="left").drop("at")


def _outcome(scored: Scored, at: int, told: Sequence[Decision], roots: NDArray[np.int64]) -> str:
    if all(not d.same for d in told):
        return "different"
    return "same" if roots[scored.left[at]] == roots[scored.right[at]] else "review"


def _told(scored: Scored, at: int, told: Sequence[Decision], roots: NDArray[np.int64]) -> str:
    said = "; ".join(f"decided {'the same' if d.same else 'not the same'} on {d.when}: {d.why}" for d in told)
    return f"{said}; {_CONTRADICTED}" if _outcome(scored, at, told, roots) == "review" else said
