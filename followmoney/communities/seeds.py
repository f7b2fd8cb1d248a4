"""Seeds: the network around accounts that are already known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from followmoney.communities._method import WEIGHS, Method, option
from followmoney.errors import SettingsError, expect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.communities._ties import Ties

By = Literal["pagerank", "hops"]


@dataclass(frozen=True, kw_only=True)
class Seeds(Method):
    """The network around each account named, outward along its ties; networks that share a member become one.

    By `pagerank`: a walk along the ties, which returns to the account named every few steps, ranks the accounts by how
    often it meets them for the weight of their ties; of the first 2, 3, … of that ranking the network is the set that
    is tied most densely, as `leiden` counts it, and of it the piece around the account named.
    By `hops`: everyone within so many transactions of it. In both an account with more counterparties than `through`
    is taken in but not gone through, unless it is itself named: through a payment service everybody is near everybody.

    Source: Andersen, Chung and Lang, Local graph partitioning using PageRank vectors, FOCS 2006 (the ranking); Traag,
    Van Dooren and Nesterov, Physical Review E 84 (2011) 016114 (the density).
    """

    seeds: tuple[str, ...] = option((), "The accounts (after a fold: holders or owners) around which to look.")
    by: By = option("pagerank", "How far a network goes: as far as it holds together, or a number of steps.")  # noqa: RUF009
    hops: int = option(2, "By hops: how many steps.")
    resolution: float = option(0.5, "By pagerank: the least average weight over all pairs of members, as in leiden.")
    most: int = option(100, "By pagerank: how many members a network may have.")
    through: int = option(1_000, "More counterparties than this, and money is not followed through an account.")
    damping: float = option(0.85, "By pagerank: the probability that the walk goes on.", source="Page and others 1999")
    weight: Literal["amount", "count", "recency"] = option("amount", WEIGHS)

    def __post_init__(self) -> None:
        """Refuse options that make no sense."""
        from followmoney.communities._ties import Weight

        self.one_of("by", By)
        self.one_of("weight", Weight)
        self.least("hops", 1)
        self.least("most", 2)
        self.least("through", 1)
        if not 0 < self.number("resolution", self.resolution) < float("inf"):
            raise SettingsError(f"seeds: resolution = {self.resolution} makes no sense; give a number above 0.")
        if not 0 < self.number("damping", self.damping) < 1:
            raise SettingsError(f"seeds: damping = {self.damping} makes no sense; give a number between 0 and 1.")
        named = (self.seeds,) if isinstance(self.seeds, str) else self.seeds
        expect("seeds", named, Iterable, 'identifiers of accounts, like ["A", "B"]')
        for account in named:
            expect("seeds", account, str, 'identifiers of accounts, like ["A", "B"]')
        object.__setattr__(self, "seeds", tuple(named))

    def groups(self, ties: Ties) -> NDArray[np.int64]:
        """The group of every vertex. Cost by hops: that of what is reached; by pagerank: about 1 µs a tie and seed."""
        from followmoney.communities._outward import outward

        if not self.seeds:
            raise SettingsError(
                'seeds: around whom? Name at least one account: cluster(graph, "seeds", seeds=["A"]), --seeds.seeds A.'
            )
        return outward(ties, self)
