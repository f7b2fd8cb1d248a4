"""In proportion, where lots keep their order: `pro_rata` for rules that follow another rule in other accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing._lots import one_payment
from followmoney.tracing.rule import Draw, Lot, Lots, in_proportion, split


@dataclass(frozen=True)
class Equally(Draw):
    """Every owner gives in proportion to what he has in the account, his oldest money first."""

    name: ClassVar[str] = "pro_rata"
    ordered: ClassVar[bool] = True

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """The same parts of every owner as `pro_rata`, whatever lots they lie in."""
        owners = one_payment(held, 0)
        due = defaultdict(int, zip((lot.owner for lot in owners), in_proportion(owners, amount), strict=True))
        parts: list[int] = []
        for lot in held:
            part = min(lot.amount, due[lot.owner])
            due[lot.owner] -= part
            parts.append(part)
        return split(held, parts)
