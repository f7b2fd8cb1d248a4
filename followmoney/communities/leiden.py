"""Leiden: groups that are tied more densely inside than a threshold asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from followmoney.communities._method import WEIGHS, Method, option, seeded
from followmoney.errors import SettingsError, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from followmoney.communities._ties import Ties

Objective = Literal["cpm", "modularity"]


@dataclass(frozen=True, kw_only=True)
class Leiden(Method):
    """Networks whose members are tied densely: the Leiden algorithm, deterministic for a seed, never in pieces.

    With objective `cpm` (constant Potts model), what is found in one part of the ledger does not depend on the rest of
    it, and small rings stay visible in large ledgers; modularity compares with the ledger's average and melts them
    into communities of hundreds of accounts. A tie weighs 1, and more the larger the amount: 2 for EUR 2,000 in all,
    and 1 more for each doubling.

    Resolution, objective and weight are those that gave planted rings back best (`python -m benchmarks.rings`): rings
    of 3 to 12 accounts among the generated payments of 3,300 to 40,000, 10 or 30 an account. Of nine resolutions, 0.4
    had the best mean of ring F1 and adjusted Rand index on the worlds of seeds 1 to 4. On those of other seeds: ring F1
    0.94 and Rand 0.94; at 0.1: 0.81 and 0.96; by count at 0.2: 0.75 and 0.76; modularity at 1: 0.22 and 0.18, at 100:
    0.81 and 0.90; infomap (smaller worlds only): 0.79 and 0.91; label propagation: 0.16 and 0.02.

    Source: Traag, Waltman and van Eck, From Louvain to Leiden, Scientific Reports 9 (2019) 5233; Traag, Van Dooren and
    Nesterov, Narrow scope for resolution-limit-free community detection, Physical Review E 84 (2011) 016114.
    """

    objective: Objective = option("cpm", "What is maximised: ties that are dense as such, or against the average.")  # noqa: RUF009
    resolution: float = option(
        0.4,
        "How densely members must be tied: with cpm, the least average weight over all pairs of members; higher gives "
        "smaller networks. With modularity, 1 is the textbook value.",
    )
    coarser: tuple[float, ...] = option(
        (),
        "Further resolutions, each below the one before: at each, networks are joined into larger ones where that is "
        "the better grouping, so that every network has a place in the next larger.",
    )
    iterations: int = option(2, "How often the grouping is gone over.")
    weight: Literal["amount", "count", "recency"] = option("amount", WEIGHS)
    seed: int = option(1, "Seed of the random order in which accounts are tried.")

    def __post_init__(self) -> None:
        """Refuse options that make no sense."""
        from followmoney.communities._ties import Weight

        seeded(self.seed)
        self.one_of("objective", Objective)
        self.one_of("weight", Weight)
        self.least("iterations", 1)
        self.number("resolution", self.resolution)
        expect("leiden(coarser=...)", self.coarser, Iterable, "lower resolutions, like [0.01]")
        object.__setattr__(self, "coarser", tuple(self.number("coarser", value) for value in self.coarser))
        last = float("inf")
        for value in (self.resolution, *self.coarser):
            if not 0 < value < float("inf"):
                raise SettingsError(f"leiden: resolution = {value} makes no sense; give a number above 0.")
            if value >= last:
                raise SettingsError(f"leiden: coarser has {value} after {last}; give resolutions from high to low.")
            last = value

    def groups(self, ties: Ties) -> NDArray[np.int64]:
        """The group of every vertex, at the first resolution."""
        return next(self._search(ties))

    def levels(self, ties: Ties) -> list[NDArray[np.int64]]:
        """Groups at every resolution. Cost: about 5 µs of CPU a tie and iteration pair; further ones cost less."""
        return list(self._search(ties))

    def _search(self, ties: Ties) -> Iterator[NDArray[np.int64]]:
        from followmoney.communities._resolutions import resolutions

        return resolutions(ties, self)
