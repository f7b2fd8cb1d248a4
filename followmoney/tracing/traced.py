"""`Trace`: where the claim money went, under one rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.tracing import (
    _account,
    _behind,
    _beneficial,
    _choices,
    _comparison,
    _frames,
    _holders,
    _notes,
    _orders,
    _reconciliation,
    _unknown_opening,
    _words,
)
from followmoney.tracing._behind import Behind
from followmoney.tracing._catalogue import find
from followmoney.tracing._flows import Flows, flows
from followmoney.tracing._rule_free import RuleFree
from followmoney.tracing._sweep import each
from followmoney.tracing._tape import Outcome, added
from followmoney.tracing.by_status import Question
from followmoney.tracing.rule import Rule, Settlement

if TYPE_CHECKING:
    from followmoney.tracing._holders import By
    from followmoney.tracing._ways import Ways
    from followmoney.tracing.paths import Order


@dataclass(frozen=True, eq=False, kw_only=True)
class Trace(RuleFree):
    """Claim money followed through accounts, cash and assets under one tracing rule; never changes.

    Made by `followmoney.trace`. All money is in minor units of the currency beside it.
    """

    outcome: Outcome
    """What the rule says of every transaction and purse."""
    chosen: Rule
    """The tracing rule, with its parameters."""
    outcomes: Sequence[Outcome] = ()
    """What the rule says of each claimant's money."""
    question: Question | None = None
    """What was asked: what is `left` of the claim, or what it `bought`; None: nobody said."""
    named: bool = True
    """Whether the rule was named; if not, it is the default, or the question and the status of holders decide."""

    @property
    def rule(self) -> str:
        """The tracing rule, by name."""
        return self.chosen.name

    @cached_property
    def claimed(self) -> dict[str, int]:
        """How much is claimed, by currency; what a claim transaction carried of the claim already counts once."""
        outcome = self.outcome
        if isinstance(self.chosen, Settlement) and self.chosen.alone and self.several:
            outcome = added(each(self.record.tape, find(self.chosen.between)))  # alone, nested claims would count twice
        return _reconciliation.claimed(self.record, outcome)

    def of(self, claimant: str) -> Trace:
        """The same trace with one claimant's money alone; the others' claims still shape what is his.

        Raises:
            SettingsError: There is no such claimant; the nearest name is given.
        """
        if claimant not in self.claimants:
            raise SettingsError(unknown("claimant", claimant, self.claimants))
        number = self.claimants.index(claimant)
        return replace(self, outcome=self.outcomes[number], claimant=claimant)

    @property
    def several(self) -> tuple[str, ...]:
        """The claimants this trace shows together; none where there is one, or where one was chosen already."""
        return () if self.claimant is not None or len(self.claimants) <= 1 else self.claimants

    def apart(self) -> dict[str, Trace]:
        """One trace for each of several claimants; on long ledgers ask `of` one by one, to spare memory."""
        return {name: self.of(name) for name in self.several}

    @property
    def reason(self) -> str:
        """Why this rule, in a sentence: named, the default, or chosen by the question and the status of holders."""
        return _choices.reason(self)

    def choices(self) -> pl.DataFrame:
        """For every account that held claim money, which rule decided there and why.

        Shape: account, name, status, rule, reason. Accounts come in the order in which claim money reached them.
        `status` is null where none is asserted, `rule` where the claim ended: at a purchaser in good faith.
        """
        return _choices.choices(self)

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
        if len(self.outcome.moved) == len(self.graph):
            return self.outcome.moved
        moved = np.zeros(len(self.graph), np.int64)
        moved[: len(self.outcome.moved)] = self.outcome.moved
        return moved

    @cached_property
    def flows(self) -> Flows:
        """Every movement of claim money, seen from both its ends."""
        return flows(self.record.tape, self.outcome)

    @cached_property
    def behind(self) -> Behind:
        """Which figures are upper bounds, because a statement is missing before them."""
        return _behind.behind(self)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know to use these figures, in sentences."""
        return (*_notes.notes(self), *_holders.notes(self))

    @cached_property
    def unopened(self) -> tuple[str, ...]:
        """Accounts that claim money reached under this rule, and for which nobody states a balance before that."""
        return _unknown_opening.unopened(self)

    def holders(self, by: By = "account") -> pl.DataFrame:
        """Where the claim money is now, how much, and between what it lies whichever rule is adopted.

        By account: account, holder, name, country, currency, balance, claim, least, most, bound, share, last_moved.
        `bound` is "<=" where the claim is behind a gap in the statements, and so an upper bound, else "="; `share` is
        claim / balance; `last_moved` is when claim money last joined or left the account. Several claimants have a
        column `claim_NAME` each, and `claim` is the sum.

        By "party" or "country", with their assets: party, name and country (or country alone), currency, accounts and
        assets (how many hold claim money), balance (of these accounts), claim, least, most, bound, last_moved. Accounts
        of no known holder, and what one payment bought for several parties, are one row without a party; the latter can
        be in the `most` of each of them too.

        `least` and `most` are of all accounts and assets of the row together, by one flow each: never add them up, the
        most in two accounts is usually less than the sum. A rule that does not conserve can attribute more than `most`,
        one that lets claim money lapse less than `least`. They are null where they would take long (more than 500,000
        transactions, 200,000 movements that can carry claim money, or 5,000,000 of these times rows; the largest rows
        come first): ask `bounds` or `all_bounds`. Sorted by claim, the largest first, then by name.
        """
        return _holders.holders(self, by)

    def beneficial_owners(self, threshold: float = 0.25, lower: Mapping[str, float] | None = None) -> pl.DataFrame:
        """Who is behind the accounts that hold claim money, on the day the trace ends: account → holder → person.

        A row an account, currency, person and article: account, holder, name, currency, claim, person, person_name,
        article, ground, certain, share_min, share_max, path; see `followmoney.beneficial_owners`. A holder who is a
        person is his own row; where nobody is known, `person` is null. The claim stands in every row of its account:
        never add it up. Sorted as `holders`. `threshold` and `lower` as there. `followmoney.reach(ledger, account)`
        goes on from there.
        """
        return _beneficial.behind(self, threshold, lower)

    def exits(self) -> pl.DataFrame:
        """Where claim money left the accounts: kind, to, currency, claim, least, most, bound.

        Kinds: cash (that of an asserted link too, if it was not paid in again), unknown, asset, debt; fee, pooled,
        good_faith where an assertion ends the claim; backward for what a debt had bought. `least`, `most` and `bound`
        as in `holders`; the first two are null also for what a backward link moved.
        """
        return _holders.exits(self)

    def transactions(self) -> pl.DataFrame:
        """Every transaction that carries claim money, in order, with its claim part as debited and as received.

        `own` is true where both ends are accounts of one known holder: such a payment is neither a receipt nor a claim.
        """
        return _frames.transactions(self)

    def orders(self, limit: int = 120) -> pl.DataFrame:
        """The figures in every order that transactions of one instant can have: kind, id, currency, claim, low, high.

        Where the posting sequence is known nothing is open. Otherwise all orders are looked at if there are no more
        than `limit`, each transaction after what is known to come before it; else four: that of identifiers, its
        reverse, credits first, debits first, and the interval may be wider still; `notes` says which it was. Cost: one
        trace an order.
        """
        return _orders.orders(self, limit)

    def openings(self) -> pl.DataFrame:
        """The figures if balances that nobody states were clean, and if they were claim money.

        kind, id, currency, opening_clean, opening_claim. Looked at are accounts that claim money reached, for which no
        opening balance is stated and that paid more than is known to have come in: the least balance that explains
        their payments was there before the first. `opening_clean` is the figure with it as other money, and
        `opening_claim` with it as claim money too; where several claim, of a claimant of its own, whose part is added.
        Where no opening is unknown both are the figure of the trace. Cost: two more traces.
        """
        return _unknown_opening.openings(self)

    def sensitivity(self) -> pl.DataFrame:
        """What the figure of every place depends on, in one table: the largest claim first.

        kind, id, name, currency, claim; rule_low and rule_high over all rules that conserve money (`compare` has the
        others: libr_cap, pari_passu, poison, untoc_cap and usc984 can attribute more than was claimed);
        order_low and order_high (see `orders`); opening_clean and opening_claim (see `openings`); asserted_without, the
        figure of the records alone (see `without`); least and most without any rule (see `all_bounds`); sentence,
        which names what matters most.

        Cost: a trace for every rule and order looked at, and `all_bounds`. On ledgers of more than 20,000 transactions
        orders, openings, least and most are null, and `compare` says which rules are left out; ask for each by itself.
        """
        from followmoney.tracing.sensitivity import sensitivity

        return sensitivity(self)

    def behind_gaps(self) -> pl.DataFrame:
        """Figures behind a gap in the statements, which are at most what is shown: kind, id, currency, since.

        An account has a gap where it has statements of other days: between two, after the last, or before the first if
        claim money had come already. Figures of that account from then on, and of what it paid on, are upper bounds.
        `since` is the day from which the figure is one. Where no statement was loaded no gap is known.
        """
        return _behind.figures(self)

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

        `kind` says what a row is: opening, transaction or settlement. A rule that settles what accounts hold at the end
        (`untoc_cap` and others) ends with a settlement, from what moved to what `holders` says. `beyond` is what a
        debit drew beyond the known balance: other money. Cost: one pass over the graph's ends.
        """
        return _account.ledger(self, account)

    def compare(self, rules: Sequence[str | Rule] | None = None) -> pl.DataFrame:
        """The same claim under every rule (or these): one row a holder or exit, one column a rule.

        The places with most under this trace's rule come first, then by the most and the least of the rules that
        conserve money.

        On ledgers of more than 20,000 transactions only rules with a compiled sweep are run unless named, and on more
        than 1,000,000 no elections (`oatway_election`, `pick_defence`); a note says which are not.
        """
        return self._compared.clone() if rules is None else _comparison.compare(self, rules)

    @cached_property
    def _compared(self) -> pl.DataFrame:
        return _comparison.compare(self, None)  # asked for several times by one report

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

    def over_time(self, ax: Any = None) -> Any:  # noqa: ANN401
        """Draw balance and claim of each account over time; returns the matplotlib Axes."""
        from followmoney.pictures import draw

        return draw("over_time", self, ax=ax)

    def __repr__(self) -> str:
        """One line: what is claimed, by which rule, and how many accounts hold some."""
        return _words.line(self)

    def _repr_html_(self) -> str:
        return _words.html(self)
