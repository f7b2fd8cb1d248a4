"""The same claim under every rule, by place: what a rival rule would leave there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.tracing import Trace

Place = tuple[str, str, str]
"""Kind (account or asset), identifier, currency."""

_KEYS = ("kind", "id", "currency")


def rivals(trace: Trace) -> dict[str, dict[Place, int]]:
    """For each rule compared, in the order of the comparison: the claim in each place."""
    frame = trace.compare()
    keys = [tuple(str(k) for k in key) for key in frame.select(_KEYS).iter_rows()]
    rules = [c for c in frame.columns if c not in (*_KEYS, "name")]
    return {rule: {(k[0], k[1], k[2]): claim for k, claim in zip(keys, frame[rule], strict=True)} for rule in rules}
