"""In proportion at every debit (`pro_rata`), also called rolling charge or haircut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import Draw, Lot, Lots, in_proportion, split


@dataclass(frozen=True)
class ProRata(Draw):
    """Every debit takes from all money in the account in proportion to what is there at that moment.

    Minor units are not divided: each owner gives the whole part of his share, and the units left over come from the
    largest remainders. An exact tie goes to other money first (against the claim), then to the earlier claim. No
    figure of one claim is further from the exact fraction than half a minor unit for every debit from mixed money
    before it (money converted or returned on the way aside).

    Favours: nobody in particular; it lies between the rules that start from one end.
    Source: Barlow Clowes v Vaughan [1991] EWCA Civ 11 (discussed); Re Ontario Securities Commission (1985).
    Mistakes: sharing out only once, at the end (that is another rule); rounding every share by itself, so that
    totals no longer agree; computing in floating point, which leaves crumbs in accounts that hold no cent of the claim.
    """

    name: ClassVar[str] = "pro_rata"
    ordered: ClassVar[bool] = False

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Every lot gives amount × lot / balance, by largest remainder."""
        return split(held, in_proportion(held, amount))
