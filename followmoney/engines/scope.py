"""`Scope`: what a question must see at once; `Slice`: a part of the transactions cut by that promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
R = TypeVar("R")

ALWAYS = (-(2**63), 2**63 - 1)
"""All of time, in microseconds."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """How much a question must see around its anchor; an engine may cut no finer than this.

    With both looks None it needs the whole time; with `shard` None it needs every account.
    """

    look_back: int | None = None
    """Microseconds before the anchor that decide it; None: all that came before."""
    look_ahead: int | None = None
    """Microseconds after the anchor that decide it; None: all that came after."""
    anchor: Literal["first", "last"] = "first"
    """The transaction of an answer whose time says which slice owns it."""
    shard: Literal["originator", "beneficiary", "either"] | None = None
    """The end (or ends) at which an answer's subject stands in all that decides it, so that accounts can be parted."""
    prepass: Literal["start"] | None = None
    """What must be known of the whole ledger first: its `start`, the time of its first transaction."""

    @property
    def sliceable(self) -> bool:
        """Whether time may be cut."""
        return self.look_back is not None and self.look_ahead is not None


@dataclass(frozen=True, kw_only=True)
class Slice:
    """A part: rows with low ≤ time ≤ high that touch the accounts of one shard; it owns anchors start ≤ time ≤ end."""

    low: int = ALWAYS[0]
    high: int = ALWAYS[1]
    start: int = ALWAYS[0]
    end: int = ALWAYS[1]
    role: Literal["originator", "beneficiary", "either"] | None = None
    part: int = 0
    parts: int = 1


class Engine(Protocol):
    """Anything that can cut a question along its scope, run the parts, and hand the answers back in order."""

    def run(self, work: Callable[[T], R], cut: Callable[[Slice], T], scope: Scope, time: NDArray[np.int64]) -> list[R]:
        """Answers of `work` to every part: `cut` makes a part's tables; `time` is every transaction's, in order."""
        ...
