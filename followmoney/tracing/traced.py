"""`Trace`: where the claim money went, under one rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.graph import FlowGraph
from followmoney.tracing import _account, _choices, _comparison, _frames, _holders, _notes, _reconciliation, _words
from followmoney.tracing._claim import Asked
from followmoney.tracing._flows import Flows, flows
from followmoney.tracing._record import Record
from followmoney.tracing._tape import Outcome
from followmoney.tracing.assertions import frame
from followmoney.tracing.by_status import Question
from followmoney.tracing.rule import Rule

if TYPE_CHECKING:
    from followmoney.tracing._holders import By
    from followmoney.tracing._places import SUBJECT
    from followmoney.tracing.bounds import Bounds
    from followmoney.tracing.cuts import By as Whom
    from followmoney.tracing.cuts import Cut
    from followmoney.tracing.frozen import Frozen


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
    question: Question | None = None
    """What was asked: what is `left` of the claim, or what it `bought`; None: nobody said."""
    named: bool = True
    """Whether the rule was named, and not chosen by question and status."""

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

    @property
    def several(self) -> tuple[str, ...]:
        """The claimants this trace shows together; none where there is one, or where one was chosen already."""
        return () if self.claimant or len(self.claimants) <= 1 else self.claimants

    def apart(self) -> dict[str, Trace]:
        """One trace for each of several claimants; on long ledgers ask `of` one by one, to spare memory."""
        return {name: self.of(name) for name in self.several}

    @property
    def assertions(self) -> pl.DataFrame:
        """What was asserted beyond the records: kind, about, why, who, when, on."""
        return frame(self.record.assertions)

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
    def notes(self) -> tuple[str, ...]:
        """What a reader must know to use these figures, in sentences."""
        return (*_notes.notes(self), *_holders.notes(self))

    @cached_property
    def rule_free(self) -> Asked:
        """The same question without a rule: what bounds, cuts, freezes and the next document look at."""
        owner = None if self.claimant is None else self.claimants.index(self.claimant) + 1
        return Asked(self.record, self.until, owner)

    def holders(self, by: By = "account") -> pl.DataFrame:
        """Where the claim money is now, how much, and between what it lies whichever rule is adopted.

        By account: account, holder, name, country, currency, balance, claim, least, most, share, last_moved. `share` is
        claim / balance; `last_moved` is when claim money last joined or left the account. Several claimants have a
        column `claim_NAME` each, and `claim` is the sum.

        By "party" or "country", with their assets: party, name and country (or country alone), currency, accounts and
        assets (how many hold claim money), balance (of these accounts), claim, least, most, last_moved. Accounts of no
        known holder are one row, without a party. What one payment bought for several parties counts for none of them
        in `claim` and `least`, and for each in `most`.

        `least` and `most` are of all accounts and assets of the row together, by one flow each: never add them up, the
        most in two accounts is usually less than the sum. A rule that does not conserve can attribute more than `most`,
        one that lets claim money lapse less than `least`. They are null where they would take long (more than 500,000
        transactions, 200,000 movements that can carry claim money, or 5,000,000 of these times rows; the largest rows
        come first): ask `bounds` or `all_bounds`. Sorted by claim, the largest first, then by name.
        """
        return _holders.holders(self, by)

    def exits(self) -> pl.DataFrame:
        """Where claim money left the accounts: kind, to, currency, claim, least, most.

        Kinds: cash, unknown, asset, debt; fee, pooled, good_faith where an assertion ends the claim; backward for what
        a debt had bought. `least` and `most` as in `holders`; null also for what a backward link moved.
        """
        return _holders.exits(self)

    def transactions(self) -> pl.DataFrame:
        """Every transaction that carries claim money, in order, with its claim part as debited and as received."""
        return _frames.transactions(self)

    def bounds(self, of: SUBJECT, currency: str | None = None) -> Bounds:
        """The least and the most claim money somewhere, whichever rule that conserves money a court adopts.

        Args:
            of: An account, an asset, a kind of exit as in `exits`, a party, a country, or a list of these taken
                together.
            currency: Only what is there in this currency; needed where claim money can be there in several.
        """
        from followmoney.tracing.bounds import answer

        return answer(self.rule_free, of, currency)

    def all_bounds(self, largest: int | None = None) -> pl.DataFrame:
        """The same for every place the claim can reach, one by one: kind, id, currency, least, most.

        The mosts must not be added up; ask `bounds` for a set. `largest`: only so many places, those that could hold
        most at first sight.
        """
        from followmoney.tracing.all_bounds import every_place

        return every_place(self.rule_free.named, largest)

    def cut(
        self, to: SUBJECT, by: Whom = "account", at: str | date | datetime | None = None, currency: str | None = None
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

    def paths(self, to: str, *, limit: int = 10, hops: int = 6, within: timedelta | None = None) -> pl.DataFrame:
        """The strongest ways by which claim money can have come to an account or asset; see `tracing/paths.py`."""
        from followmoney.tracing.paths import paths

        return paths(self, to, limit=limit, hops=hops, within=within)

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
