"""`Trace`: where the claim money went, under one rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.graph import FlowGraph
from followmoney.tracing import _account, _comparison, _frames, _notes, _reconciliation, _words
from followmoney.tracing._flows import Flows, flows
from followmoney.tracing._record import Record
from followmoney.tracing._tape import Outcome
from followmoney.tracing.assertions import frame
from followmoney.tracing.rule import Rule

if TYPE_CHECKING:
    from followmoney.tracing._places import SUBJECT
    from followmoney.tracing._ways import Ways
    from followmoney.tracing.bounds import Bounds
    from followmoney.tracing.paths import Order


@dataclass(frozen=True, eq=False)
class Trace:
    """Claim money followed through accounts, cash and assets under one tracing rule; never changes.

    Made by `followmoney.trace`. All money is in minor units of the currency beside it.
    """

    record: Record
    """The transactions as the rule saw them."""
    outcome: Outcome
    """What the rule says of every transaction and purse."""
    chosen: Rule
    """The tracing rule, with its parameters."""
    until: datetime | None
    """The trace ends after the transactions of this instant; None: with the last one."""
    claimants: tuple[str, ...] = ()
    """Who claims, where several do; their claims are kept apart."""
    outcomes: Sequence[Outcome] = ()
    """What the rule says of each claimant's money."""
    claimant: str | None = None
    """Whose claim alone this trace shows; None: all claims together."""

    @property
    def rule(self) -> str:
        """The tracing rule, by name."""
        return self.chosen.name

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

    @cached_property
    def claimed(self) -> dict[str, int]:
        """How much is claimed, by currency; what a claim transaction carried of the claim already counts once."""
        return _reconciliation.claimed(self.record, self.outcome)

    def of(self, claimant: str) -> Trace:
        """The same trace with one claimant's money alone; the others' claims still shape what is his.

        Raises:
            SettingsError: There is no such claimant; the nearest name is given.
        """
        if claimant not in self.claimants:
            raise SettingsError(unknown("claimant", claimant, self.claimants))
        number = self.claimants.index(claimant)
        return replace(self, outcome=self.outcomes[number], claimant=claimant)

    def apart(self) -> dict[str, Trace]:
        """One trace a claimant; empty where there is one claimant, or where one was chosen already."""
        return {} if self.claimant or len(self.claimants) <= 1 else {name: self.of(name) for name in self.claimants}

    @property
    def assertions(self) -> pl.DataFrame:
        """What was asserted beyond the records: kind, about, why, who, when, on."""
        return frame(self.record.assertions)

    def without(self, *kinds: str) -> Trace:
        """The same question without the assertions of these kinds, or without any: the figures of the records alone."""
        from followmoney.tracing._comparison import asked_again

        kept = [a for a in self.record.assertions if kinds and a.kind not in kinds]
        return asked_again(self, kept)

    @property
    def makes_money(self) -> bool:
        """Whether the rule can attribute more than was claimed: its figures are reach or value, not tracing."""
        return not self.chosen.conserving

    @cached_property
    def moved(self) -> NDArray[np.int64]:
        """For every transaction of the graph, its claim part as debited; a claim transaction counts whole."""
        moved = np.zeros(len(self.graph), np.int64)
        moved[: len(self.outcome.moved)] = self.outcome.moved
        return moved

    @cached_property
    def flows(self) -> Flows:
        """Every movement of claim money, seen from both its ends."""
        return flows(self.record.tape, self.outcome)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know to use these figures, in sentences."""
        return _notes.notes(self)

    def holders(self) -> pl.DataFrame:
        """Where the claim money is now: account, holder, name, country, currency, balance, claim, share, last_moved.

        Sorted by claim, largest first, then by account. `share` is claim / balance; `last_moved` is when claim money
        last joined or left the account. Several claimants have a column `claim_NAME` each, and `claim` is the sum.
        """
        return _frames.holders(self)

    def exits(self) -> pl.DataFrame:
        """Where claim money left the accounts: kind (cash, unknown, asset, debt), to, currency, claim."""
        return _frames.exits(self)

    def transactions(self) -> pl.DataFrame:
        """Every transaction that carries claim money, in order, with its claim part as debited and as received."""
        return _frames.transactions(self)

    def bounds(self, of: SUBJECT) -> Bounds:
        """The least and the most claim money somewhere, whichever rule that conserves money a court adopts.

        Args:
            of: An account, an asset, `cash` or `unknown`, a party, a country, or a list of these taken together.
        """
        from followmoney.tracing.bounds import bounds

        return bounds(self.graph, self.claim, of, self.until)

    def all_bounds(self) -> pl.DataFrame:
        """The same for every place the claim can reach, one by one: kind, id, currency, least, most.

        The mosts must not be added up; ask `bounds` for a set.
        """
        from followmoney.tracing.all_bounds import all_bounds

        return all_bounds(self.graph, self.claim, self.until)

    def reconciliation(self) -> pl.DataFrame:
        """By currency: claimed + converted + accrued + beyond = held + left + discharged + lost; `difference` is 0.

        `left` is what went to cash, unknown ends and assets; `discharged` paid off debts; `lost` is claim money that a
        rule lets lapse where it stands (rules that follow every unit do not); `converted` came in from other
        currencies, less what went out to them; `accrued` is interest that claim money earned; `beyond` is what a rule
        attributes beyond the claim, and 0 for every rule that is conserving. Several claimants reconcile one by one,
        named in the column `claimant`.
        """
        return _reconciliation.reconciliation(self)

    def ledger(self, account: str) -> pl.DataFrame:
        """Every movement of one account, with the running balance and the running claim; the opening comes first.

        `beyond` is what a debit drew beyond the known balance: other money. Cost: one pass over the graph's ends.
        """
        return _account.ledger(self, account)

    def compare(self, rules: Sequence[str | Rule] | None = None) -> pl.DataFrame:
        """The same claim under every rule (or these): one row a holder or exit, one column a rule.

        On ledgers of more than 20,000 transactions only rules with a compiled sweep are run unless named; a note says
        which are not.
        """
        return _comparison.compare(self, rules)

    def arrival(self, within: timedelta | None = None) -> pl.DataFrame:
        """Everywhere the claim money can have come, under any rule at all, and when at the earliest.

        Columns as in `tracing/arrival.py`, and `carries`: whether any of it came there under this trace's rule.
        """
        from followmoney.tracing.arrival import of_trace

        return of_trace(self, within)

    @cached_property
    def ways(self) -> Ways:
        """The index that a search for paths uses; made by the first search."""
        from followmoney.tracing._ways import Ways

        return Ways(self)

    def paths(
        self,
        to: str | Iterable[str],
        *,
        limit: int = 10,
        hops: int = 6,
        within: timedelta | None = None,
        order: Order = "strongest",
    ) -> pl.DataFrame:
        """The best ways by which claim money can have come to an account, asset, party, country or kind of exit.

        Args:
            to: What it came to, by identifier; a kind of exit is cash, unknown, asset, debt, fee, pooled or good_faith.
            limit: The most paths.
            hops: The most transactions after the claim transaction.
            within: The longest time from the claim transaction to the last one.
            order: `strongest`, `fastest` or `fewest` transactions first.

        Returns:
            A row a step, with names and where it stands in the sources; all columns are in `tracing/paths.py`.
        """
        from followmoney.tracing.paths import paths

        return paths(self, to, limit=limit, hops=hops, within=within, order=order)

    def path(self, holder: str | Iterable[str], hops: int = 12) -> pl.DataFrame:
        """The one strongest way by which claim money can have come to an account, an asset or a party.

        Columns as in `paths`, and `running_claim` (claim money that the beneficiary held after the step, in the
        currency received; null where that is not known) and `sentence`.
        """
        from followmoney.tracing.paths import path

        return path(self, holder, hops)

    def explain(self) -> str:
        """The trace in plain sentences: what was claimed, where it is, where it left, by which rule, and the notes."""
        return _words.explain(self)

    def flow(self, ax: Any = None) -> Any:  # noqa: ANN401 - matplotlib's, and it is not loaded here
        """Draw how the claim money flowed; returns the matplotlib Axes."""
        from followmoney.pictures import draw

        return draw("flow", self, ax=ax)

    def chronology(self, ax: Any = None) -> Any:  # noqa: ANN401
        """Draw when the claim money moved; returns the matplotlib Axes."""
        from followmoney.pictures import draw

        return draw("chronology", self, ax=ax)

    def __repr__(self) -> str:
        """One line: what is claimed, by which rule, and how many accounts hold some."""
        return _words.line(self)

    def _repr_html_(self) -> str:
        return _words.html(self)
