"""What can be asked of a claim without choosing a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from followmoney.graph import FlowGraph
from followmoney.tracing._claim import Asked, notes
from followmoney.tracing._record import Record
from followmoney.tracing.assertions import frame

if TYPE_CHECKING:
    from followmoney.tracing._places import SUBJECT
    from followmoney.tracing.bounds import Bounds
    from followmoney.tracing.cuts import By, Cut
    from followmoney.tracing.frozen import Frozen


@dataclass(frozen=True, eq=False, kw_only=True)
class RuleFree:
    """A claim on the money of some transactions, and what holds of it whatever the rule."""

    record: Record
    """The transactions as a rule sees them."""
    until: datetime | None
    """It ends after the transactions of this instant; None: with the last one."""
    claimants: tuple[str, ...] = ()
    """Who claims, where several do; their claims are kept apart."""
    claimant: str | None = None
    """Whose claim alone this shows; None: all claims together."""

    @property
    def graph(self) -> FlowGraph:
        """The flow graph that was traced."""
        return self.record.graph

    @property
    def claim(self) -> tuple[str, ...]:
        """The claim transactions, by identifier, in order of booking; of the claimant, where one was chosen."""
        if self.claimant is None or self.record.owners is None:
            return self.record.claim
        number = self.claimants.index(self.claimant) + 1
        return tuple(name for name in self.record.claim if self.record.owners[name] == number)

    @property
    def assertions(self) -> pl.DataFrame:
        """What was asserted beyond the records: kind, about, why, who, when, on."""
        return frame(self.record.assertions)

    @cached_property
    def rule_free(self) -> Asked:
        """The same question without a rule: what bounds, cuts, freezes and the next document look at."""
        owner = None if self.claimant is None else self.claimants.index(self.claimant) + 1
        return Asked(self.record, self.until, owner)

    @property
    def rule_free_notes(self) -> tuple[str, ...]:
        """What a reader must know to use bounds, cuts and freezes of this claim, in sentences."""
        return notes(self.rule_free.named)

    def bounds(self, of: SUBJECT, currency: str | None = None) -> Bounds:
        """The least and the most claim money somewhere, whichever rule that conserves money a court adopts.

        Args:
            of: An account, an asset, a kind of exit as in `exits`, a party, a country, or a list of these taken
                together.
            currency: Only what is there in this currency; needed where claim money can be there in several.
        """
        from followmoney.tracing.bounds import answer

        return answer(self.rule_free, of, currency)

    def bounds_of_each(self, subjects: Sequence[SUBJECT], currency: str | None = None) -> list[tuple[int, int]]:
        """The least and the most of several subjects: what `bounds` says of each, many times as fast."""
        from followmoney.tracing._ranges import asked_of_each

        return asked_of_each(self.rule_free.named, subjects, currency)

    def all_bounds(self, largest: int | None = None) -> pl.DataFrame:
        """The same for every place the claim can reach, one by one: kind, id, currency, least, most.

        The mosts must not be added up; ask `bounds` for a set. `largest`: only so many places, those that could hold
        most at first sight.
        """
        from followmoney.tracing.all_bounds import every_place

        return every_place(self.rule_free.named, largest)

    def cut(
        self, to: SUBJECT, by: By = "account", at: str | date | datetime | None = None, currency: str | None = None
    ) -> Cut:
        """Whom to freeze, from a day on, so that as little claim money as possible ends up there; see `cuts.py`."""
        from followmoney.tracing.cuts import answer

        return answer(self.rule_free, to, by, at, currency)

    def frozen(self, accounts: Sequence[str] | str, at: str | date | datetime, currency: str | None = None) -> Frozen:
        """What would have stayed had these accounts been frozen on that day; see `frozen.py`."""
        from followmoney.tracing.frozen import answer

        return answer(self.rule_free, accounts, at, currency)

    def next_document(self, of: SUBJECT | None = None, currency: str | None = None, limit: int = 20) -> pl.DataFrame:
        """Which missing document would say most about where the claim money is; see `next_document.py`."""
        from followmoney.tracing.next_document import answer

        return answer(self.rule_free, of, currency=currency, limit=limit)
