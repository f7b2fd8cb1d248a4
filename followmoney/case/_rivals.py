"""The same claim under every rule, by place: what a rival rule would leave there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from followmoney.tracing import Trace

Place = tuple[str, str, str]
"""Kind (account or asset), identifier, currency."""

KEYS = ("kind", "id", "currency")


Rivals = dict[str, dict[Place, int]]
"""By rule, the claim in each place."""


def rivals(trace: Trace) -> Rivals:
    """For each rule compared, in the order of the comparison: the claim in each place."""
    frame = trace.compare()
    keys = [tuple(str(k) for k in key) for key in frame.select(KEYS).iter_rows()]
    rules = [c for c in frame.columns if c not in (*KEYS, "name")]
    return {rule: {(k[0], k[1], k[2]): claim for k, claim in zip(keys, frame[rule], strict=True)} for rule in rules}


def elsewhere(by_rule: Rivals, shown: pl.DataFrame) -> pl.DataFrame:
    """See `Case.elsewhere`; `shown` are the places that are rows already."""
    known = set(shown.select(KEYS).iter_rows())
    away = sorted({
        place for claims in by_rule.values() for place, claim in claims.items()
        if claim and place[0] in ("account", "asset") and place not in known
    })  # fmt: skip
    rows = [(*place, *(claims.get(place, 0) for claims in by_rule.values())) for place in away]
    schema = dict.fromkeys(KEYS, pl.String) | dict.fromkeys(by_rule, pl.Int64)
    return pl.DataFrame(rows, schema=schema, orient="row")
