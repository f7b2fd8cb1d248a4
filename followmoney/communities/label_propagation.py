"""Label propagation: everyone joins the network that most of their money is moved with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from followmoney.communities._method import WEIGHS, Method, option, seeded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.communities._ties import Ties


@dataclass(frozen=True, kw_only=True)
class LabelPropagation(Method):
    """Networks in which each member is tied most strongly to its own: label propagation, deterministic for a seed.

    A network that comes out in pieces is split into them. Every part of the ledger that is connected is searched on
    its own, so that what is found in one does not depend on the others.

    Source: Raghavan, Albert and Kumara, Near linear time algorithm to detect community structures in large-scale
    networks, Physical Review E 76 (2007) 036106.
    """

    weight: Literal["amount", "count", "recency"] = option("amount", WEIGHS)
    seed: int = option(1, "Seed of the random order in which accounts are tried.")

    def __post_init__(self) -> None:
        """Refuse options that make no sense."""
        from followmoney.communities._ties import Weight

        seeded(self.seed)
        self.one_of("weight", Weight)

    def groups(self, ties: Ties) -> NDArray[np.int64]:
        """The group of every vertex. Cost: about 25 µs of CPU a tie."""
        import numpy as np

        from followmoney.communities._parts import by_part
        from followmoney.graph.adapter import label_propagation

        weights, everyone = ties.weighed(self.weight), np.ones(len(ties.ends), np.bool_)
        return by_part(
            ties.size, ties.ends, everyone,
            lambda members, ends, rows: label_propagation(len(members), ends, weights[rows], seed=self.seed),
        )  # fmt: skip
