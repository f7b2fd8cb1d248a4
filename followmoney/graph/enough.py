"""From which share on a person counts as a beneficial owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError
from followmoney.ledger import Ledger

QUARTER = 0.25
NOISE = 1e-9  # shares are decimal fractions in binary floats


@dataclass(frozen=True)
class Enough:
    """The share of a company that makes a beneficial owner, inclusive; by sector where a lower one holds there.

    Source: Regulation (EU) 2024/1624 art. 52(1), 25 %, and art. 52(2), less for sectors with higher risks.
    """

    threshold: float = QUARTER
    lower: Mapping[str, float] = field(default_factory=dict[str, float])
    """By the beginning of the NACE code; the longest that fits holds."""

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        for share in (self.threshold, *self.lower.values()):
            if not 0 < share <= 1:
                raise SettingsError(
                    f"A threshold of {share} makes no sense; give a share above 0 and up to 1, like 0.25."
                )

    @classmethod
    def of(cls, threshold: float, lower: Mapping[str, float] | None) -> Enough:
        """The same, where there may be no lower ones."""
        return cls(threshold, lower or {})

    def needed(self, ledger: Ledger, parties: pl.Series) -> NDArray[np.float64]:
        """The share needed of each of some parties."""
        least = np.full(len(parties), self.threshold)
        if self.lower:
            sectors = dict(ledger.parties.select("id", "sector").drop_nulls().iter_rows())
            for number, party in enumerate(parties):
                fitting = [start for start in self.lower if sectors.get(party, "").startswith(start)]
                if fitting:
                    least[number] = self.lower[max(fitting, key=len)]
        return least

    @property
    def sectors(self) -> list[str]:
        """A sentence for each sector in which another share is enough."""
        lower = sorted((code, _percent(share)) for code, share in self.lower.items())
        return [f"Where the NACE code of the company begins with {code}, {part} is enough." for code, part in lower]

    @property
    def owning(self) -> list[str]:
        """What it means for owning, in sentences."""
        part = _percent(self.threshold)
        return [f"Beneficial owners are natural persons who own {part} or more in the end, by shares.", *self.sectors]

    @property
    def folding(self) -> list[str]:
        """What it means for a fold by beneficial owner, in sentences."""
        part = _percent(self.threshold)
        said = (
            "The graph is folded: a company is counted with the one person who owns more than half of it in the end "
            f"or, failing that, has the largest share from {part} on."
        )
        return [said, *self.sectors]


def _percent(share: float) -> str:
    return f"{share * 100:.4g} %"
