"""`Case`: findings, networks and a trace of one matter, and the assets they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from followmoney import pictures
from followmoney.case._assets import assets, day
from followmoney.case._ended import ended
from followmoney.case._merged import considered, merged
from followmoney.case._rivals import KEYS, Rivals, elsewhere, rivals
from followmoney.case._sentence import sentence
from followmoney.case.comparison import Comparison, compare, since
from followmoney.case.exits import last_accounts, out_by_month
from followmoney.case.freeze_first import FreezeFirst, freeze_first
from followmoney.case.journal import Journal
from followmoney.case.recoverable import Recoverable, recoverable
from followmoney.case.sale import sale
from followmoney.case.shortfall import shortfall, untainted
from followmoney.case.spoken import Spoken
from followmoney.case.third_parties import third_parties
from followmoney.errors import SettingsError
from followmoney.graph.enough import QUARTER, Enough
from followmoney.ledger.redacted import Redacted, redacted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from matplotlib.axes import Axes

    from followmoney.case.entry import Entry
    from followmoney.communities import Networks
    from followmoney.finding import Findings
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace


@dataclass(frozen=True, eq=False)
class Case:
    """Answers put together: what was found, who moves money together, where the claim is now. Never changes.

    Any part may be missing; whatever needs it then says so.
    """

    name: str
    findings: Findings | None = None
    networks: Networks | None = None
    trace: Trace | None = None
    source: Ledger | None = field(default=None, kw_only=True)
    """The ledger, where neither trace nor networks bring it."""
    journal: Journal = field(default=Journal(), kw_only=True)
    """What analysts decided, in order; see `followmoney.Entry`."""
    takes_days: Mapping[str, int] | None = field(default=None, kw_only=True)
    """Days until an order takes effect, by country, where `freeze_first` is not told others."""
    threshold: float = field(default=QUARTER, kw_only=True)
    """Share that makes a beneficial owner, as in `followmoney.beneficial_owners`."""
    lower: Mapping[str, float] | None = field(default=None, kw_only=True)
    """Lower ones of sectors with higher risks, as there."""

    def __post_init__(self) -> None:
        """Refuse parts of another kind."""
        from followmoney.communities import Networks
        from followmoney.errors import SOME_FINDINGS, SOME_NETWORKS, expect
        from followmoney.finding import Findings
        from followmoney.tracing import Trace

        kinds = (
            ("findings", Findings, SOME_FINDINGS), ("networks", Networks, SOME_NETWORKS),
            ("trace", Trace, 'a trace: fm.trace(graph, claim=["t17"])'),
            ("journal", Journal, 'a journal: fm.Journal.read("journal.jsonl")'),
        )  # fmt: skip
        for name, kind, takes in kinds:
            if getattr(self, name) is not None:
                expect(f"Case({name}=...)", getattr(self, name), kind, takes)
        _ = self.enough  # refuses what is no share

    @property
    def ledger(self) -> Ledger | None:
        """The ledger it is about; None if nothing says which."""
        graphs = [part.graph for part in (self.trace, self.networks) if part is not None]
        return next((g.ledger for g in graphs if g is not None), self.source)

    @property
    def enough(self) -> Enough:
        """From which share on a person counts as a beneficial owner."""
        return Enough.of(self.threshold, self.lower)

    def add(self, *entries: Entry) -> Case:
        """The same case with more entries in its journal; this one stays as it is."""
        return replace(self, journal=self.journal.add(*entries))

    @cached_property
    def considered(self) -> Findings | None:
        """The findings without those that the journal excludes; None where no patterns were looked for."""
        return None if self.findings is None else considered(self.findings, self.journal)

    @cached_property
    def spoken(self) -> Spoken:
        """The facts that speak for somebody, and which findings each of them touches."""
        return Spoken(self.journal, self.ledger)

    @property
    def handling(self) -> tuple[str, ...]:
        """The handling codes that the journal gives, like H1 or TLP:AMBER; every output shows them."""
        return self.journal.handling

    def compare(self, other: Case) -> Comparison:
        """What changed from this case to another: accounts, claimed money and findings, new, gone and changed.

        Every figure is exact, and what is alike is not listed. See `Comparison`.

        Raises:
            SettingsError: One has a trace or findings and the other has none, or they follow different rules.
        """
        return compare(self, other)

    def since(self, day: str | date) -> Comparison:
        """What changed since the end of a day, as the ledger has it now: `compare` of then and now.

        A finding is new where all its transactions are later, and changed where some are. Cost: one more trace.
        """
        return since(self, day)

    def redacted(self, salt: bytes) -> Redacted:
        """The ledger of this case for sharing: no names, no texts, and pseudonyms for all identifiers.

        The same salt gives the same pseudonyms, so that two authorities find accounts they have in common. See
        `followmoney.ledger.redacted`.

        Raises:
            SettingsError: This case has no ledger, or the salt is shorter than 16 bytes.
        """
        if self.ledger is None:
            raise SettingsError("This case has no ledger; make it with a trace, or with Case(..., source=ledger).")
        return redacted(self.ledger, salt)

    def __add__(self, other: Case) -> Case:
        """Two cases on one ledger as one: findings of both, the trace and networks of either, both journals.

        Raises:
            SettingsError: They are about different ledgers, or have different traces or networks: it says which.
        """
        return merged(self, other)

    @property
    def day(self) -> date | None:
        """The day its balances are of: where the trace ends; None without a trace or without transactions."""
        return None if self.trace is None else day(self.trace, self.trace.graph.ledger)

    def assets(self) -> pl.DataFrame:
        """What can be frozen: every account and asset that holds claim money now, most first.

        Returns:
            A row an account or asset and currency: kind ("account" or "asset"), id, description, holder, holder_name,
            country, currency, value (balance, or value of the asset, in `currency`; null if not known or in another
            currency), valued_at, paid_by (transactions that brought the claim money), claim (under the trace's rule),
            last_moved, status (asserted of the holder; null where nothing is), and one column for each rule compared:
            the claim there under that rule. Minor units. Where a claim ends in good faith see `ended`.
        """
        return self._assets

    @cached_property
    def _assets(self) -> pl.DataFrame:
        return assets(self.trace, self._rivals)

    @cached_property
    def _rivals(self) -> Rivals:
        return rivals(self.trace) if self.trace is not None else {}

    def ended(self) -> pl.DataFrame:
        """Where the claim ends at somebody who gave value in good faith, as asserted: nothing can be frozen there.

        Returns:
            kind ("account" or "asset"), id, description, holder_name, currency, claim (minor units), who, when, why;
            most first.
        """
        return ended(self.trace)

    def elsewhere(self) -> pl.DataFrame:
        """Accounts and assets where the trace's rule leaves no claim money, but a rule compared with it does.

        Returns:
            kind, id, currency, and one column for each rule compared: the claim there under that rule; minor units.
        """
        return elsewhere(self._rivals, pl.concat([frame.select(KEYS) for frame in (self.assets(), self.ended())]))

    def recoverable(self) -> Recoverable:
        """What can be recovered now, from whom: by account and asset, party, country, and in all.

        Beside the claim under the rule chosen: under every rule that conserves money, the least and the most whatever
        the rule, the cap of UNTOC art. 12(4), encumbrance, beneficial owners by shares, measures the stated facts may
        open (Directive (EU) 2024/1260) and legal clocks. No total counts money twice: claims of one rule add up, and
        least and most of several places are one flow over the set. See `Recoverable`.

        Raises:
            SettingsError: This case has no trace. ReconcileError: The rows do not add up to the trace's own sum.
        """
        return self._recoverable

    @cached_property
    def _recoverable(self) -> Recoverable:
        return recoverable(self._traced, self.assets(), self.ended(), self.considered, self.enough)

    def freeze_first(self, takes_days: Mapping[str, int] | int | None = None) -> FreezeFirst:
        """Whom to freeze first: the accounts where waiting for an order would cost most, one after the other.

        `avoidable` = what more of the claim is certain to be frozen with this account (`least_more`: the least in all
        frozen so far and this one together, less the least in those) × the share of money that had left such an account
        after as long as an order takes (1 - `still_there`). Equal ones by `avoidable_claim`, the same of the claim
        under the rule chosen. After each order the others are ranked anew. Assets have no stays and are not ranked.

        Args:
            takes_days: Days until an order takes effect, by country ("other" for all not named); a number for all. Not
                given: those of this case, else a followmoney default, see `followmoney.case.freeze_first.TAKES_DAYS`.

        Returns:
            `frame`: step (in each currency), account, holder, holder_name, country, currency, claim, least, most, days,
            from (whose stays: "account", or accounts of its kind where fewer than 10 ended), stays, still_there,
            least_more, avoidable, avoidable_claim; minor units, rounded down.

        Cost: one pass over the movements of accounts that carried claim money; a flow for each of 12 accounts a step.
        Source: Kaplan and Meier (1958) for the shares; stays are oldest first (FIFO).

        Raises:
            SettingsError: This case has no trace, or days that are none.
        """
        return freeze_first(self._traced, self.takes_days if takes_days is None else takes_days)

    def exits(self) -> pl.DataFrame:
        """The last account before claim money crossed a border, became cash or crypto, or went to an unknown end.

        Returns:
            kind (border, cash, crypto, unknown), account, holder_name, country, to, currency, claim (under the trace's
            rule), payments, first, last, transactions; most first. Money that crosses two borders is in two rows, and a
            payment into a wallet abroad is both: never add them up.
        """
        return last_accounts(self._traced)

    def out_by_month(self) -> pl.DataFrame:
        """How much claim money was out at the end of each month: in each other country, in cash, at unknown ends.

        Returns:
            month (its last day, or the end of the trace), kind (country, cash, unknown), to, currency, claim (under the
            trace's rule), least and most (whatever the rule; of all accounts and assets of the country together). What
            stands there on that day, not what came in that month. Other countries: not those of the accounts that
            received the claim.

        Cost: a trace a month, of the last 24. From 2,000 transactions on, the least and the most stand at the last
        month only and are null before; `bounds` of a trace until that day has them.
        """
        return out_by_month(self._traced)

    def third_parties(self) -> pl.DataFrame:
        """What was paid for each thing that claim money paid for, beside what it is worth, and who paid.

        Returns:
            kind (asset or trade), id, holder (buyer), holder_name, payers, others_paid (somebody but the holder paid),
            relation (as the records have it), currency, paid, value (null where not known in that currency; of a trade
            as declared), ratio (paid / value), paid_on, valued_at, transactions. The value may be of a later day.
        """
        return third_parties(self._traced)

    def shortfall(self) -> pl.DataFrame:
        """What value confiscation would have to cover: the claim less what can be recovered of it by tracing.

        Returns:
            currency, claimed, recoverable (under the trace's rule), shortfall, and its least and most whatever the
            rule. Converted money stands in the currency it is in now, and reduces no shortfall in another.
        """
        return shortfall(self._traced, self.recoverable().totals)

    def untainted(self) -> pl.DataFrame:
        """Other things of the parties that hold claim money or received it first: what value confiscation may look at.

        Returns:
            kind, id, description, holder, holder_name, country, currency, value, encumbrance, claim, untainted (value
            less both), got (claim money that others paid the holder in that currency; null: none), owed_by (of a loan
            to a party that is itself listed: the same value is in what the borrower has, count it once), why (asserted
            wrongdoer, received the claim first, holds claim money now: in this order). The last may have sold bread or
            kept the account, so they come by how much they got; the others those without rights of others first, and
            the most valuable. Not of holders in good faith, and not loans that claim money paid for.
        """
        return untainted(self._traced, self.assets())

    def sale(self) -> pl.DataFrame:
        """Things with claim money in them that lose value while they are kept (Directive (EU) 2024/1260 art. 21).

        Returns:
            kind (vehicle, vessel, aircraft, crypto), id, description, holder, holder_name, country, currency, value,
            claim, percent_a_year (a followmoney default; null where prices go up and down), lost_in_a_year, why.
        """
        return sale(self._traced.graph.ledger, self.assets())

    @property
    def _traced(self) -> Trace:
        if self.trace is None:
            raise SettingsError("This case has no trace; make it with fm.Case(name, trace=fm.trace(...)).")
        return self.trace

    def sentence(self) -> str:
        """The finding in one paragraph, whose figures add up to the claim.

        Raises:
            ReconcileError: They do not.
        """
        return sentence(self.trace, self.assets(), self.ended())

    def ownership(self, party: str, *, ax: Axes | None = None) -> Axes:
        """Draw who owns a party (identifier or exact name) and what it owns; returns the matplotlib Axes."""
        if self.ledger is None:
            raise SettingsError("This case has no ledger; make it with a trace, or with Case(..., source=ledger).")
        return pictures.draw("ownership", self.ledger, party=party, ax=ax)

    def countries(self, *, ax: Axes | None = None) -> Axes:
        """Draw what can be frozen in each country, least and most, and what left; returns the matplotlib Axes.

        Raises:
            SettingsError: This case has no trace.
        """
        return pictures.draw("countries", self, ax=ax)

    def __repr__(self) -> str:
        """One line: what it is made of."""
        parts = (("findings", self.findings), ("networks", self.networks))
        counts = [f"{len(part):,} {name}" for name, part in parts if part is not None]
        traced = ["a trace"] if self.trace is not None else []
        decided = [f"{len(self.journal):,} journal entries"] if len(self.journal) else []
        return f"Case({', '.join([repr(self.name), *counts, *traced, *decided])})"

    def _repr_html_(self) -> str:
        from html import escape

        table = self.assets()._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(repr(self))}</b></p><p>{escape(self.sentence())}</p>{table}"
