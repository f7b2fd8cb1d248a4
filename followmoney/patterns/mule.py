"""Mule: a new account takes money from several strangers and passes nearly all of it on at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import equal_amounts, from_own_account, payers_go_on, sent_back, usual_payees
from followmoney.patterns._innocent_mule import new_business, same_household
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Mule(Pattern):
    """A new or long silent account takes money from several strangers and passes nearly all of it on within days.

    For every account and currency: a window begins with money that comes in and takes in all that comes in within
    `days`; it is a hit if at least `payers` others paid in, at least `least` came in, and between `low` and `high` of
    it left the account between the first of it and `hours` after the last. The accounts of one holder are one payer;
    the account's own holder, cash and unknown ends are none, though their money counts. The window must begin while the
    account is new, that is less than `age` days after it was opened, or after it woke up: after its first movement in
    `silence` days or more (where none came before, since the ledger begins). Windows of an account that share a
    transaction are one finding. Transfers of an account to itself are left out. The rest matches a commission where it
    is 3 to 10 %: the finding says so. Cost: one pass.
    Source: AMLTRIX T0011; age, payers and times are followmoney defaults.
    """

    age: float = threshold(90, "An account is new for so long.", unit="days")
    silence: float = threshold(90, "Without movement for so long an account is dormant.", unit="days")
    payers: int = threshold(3, "Others who paid in, at least.", unit="accounts", low=1)
    days: float = threshold(7, "Length of the window in which they pay.", unit="days")
    hours: float = threshold(48, "After the last money in, for money to leave.", unit="hours")
    low: float = threshold(0.9, "Left, as a share of what came in, at least.", unit="share")
    high: float = threshold(1.05, "Left, as a share of what came in, at most.", unit="share", high=inf)
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 1_000, "USD": 1_000, "GBP": 1_000, "CHF": 1_000}, "Came in, at least.", unit=MAJOR, low=1
    )

    amltrix: ClassVar = "T0011"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{came} came into {subject}, {new}, from {payers}, and {within} {gone} ({part}) had left again, {exits}{rest}."
    )
    margins: ClassVar = (
        Margin("payers", "payers"), Margin("came", "least"), Margin("old", "age", most=True),
        Margin("quiet", "silence"),
    )  # fmt: skip
    one_window: ClassVar = Window("days", "in")
    innocent: ClassVar = (
        payers_go_on, new_business, same_household, from_own_account, equal_amounts, sent_back, usual_payees,
    )  # fmt: skip
    uses: ClassVar = ("account.opened", "party.id")
    example: ClassVar = """
        account M holder=P1 IBAN opened=2024-04-20
        party P1 person "Ana Example"
        2024-05-06T09:00 A -> M 2,400.00 wire
        2024-05-06T15:00 B -> M 1,900.00 wire
        2024-05-07T10:00 C -> M 2,200.00 wire
        2024-05-07T18:00 M -> cash 2,000.00 cash
        2024-05-08T09:00 M -> W 4,050.00 wire
    """
    counter_example: ClassVar = """
        -- an old account that collects for a shared present
        account M opened=2015-04-20
        2024-05-06T09:00 A -> M 400.00 wire
        2024-05-06T15:00 B -> M 400.00 wire
        2024-05-07T10:00 C -> M 400.00 wire
        2024-05-08T09:00 M -> SHOP 1,180.00 card
        -- a new business that keeps what it earns
        account N opened=2024-04-20
        2024-05-06T09:00 A -> N 2,400.00 wire
        2024-05-06T15:00 B -> N 1,900.00 wire
        2024-05-07T10:00 C -> N 2,200.00 wire
        2024-05-08T09:00 N -> LANDLORD 1,100.00 wire
    """

    @property
    def scope(self) -> Scope:
        """All movements of an account, and when the ledger begins."""
        return Scope(shard="either", prepass="start")

    def hits(self, flows: Flows) -> Hits:
        """Windows of money in and out, by account and currency."""
        import numpy as np

        from followmoney.graph._kernels import fit
        from followmoney.patterns._hits import Hits
        from followmoney.patterns._kernels_mule import passed_on

        low, high = exact(self.low), exact(self.high)
        flows.multiply(low, high)
        holder = flows.known["party.id"].values
        party = np.where(holder >= 0, holder + len(holder), np.arange(len(holder)))
        times = (
            micros(self.age, "days"), micros(self.silence, "days"), micros(self.days, "days"),
            micros(self.hours, "hours"),
        )  # fmt: skip
        came, gone = fit(passed_on, len(flows))(
            flows.into.ptr, flows.into.row, flows.out.ptr, flows.out.row, flows.originator, flows.beneficiary,
            flows.outside, flows.time, flows.received, flows.currency_received, flows.amount, flows.currency, party,
            flows.known["account.opened"].values, flows.start, times, flows.minor(self.least), self.payers,
            (*low, *high),
        )  # fmt: skip
        i, o = np.flatnonzero(came >= 0), np.flatnonzero(gone >= 0)
        return Hits.passed_on(flows, (i, came[i]), (o, gone[o]))

    def more(self, hit: Hit) -> Mapping[str, float | str | None]:
        """Why the account is new: when it was opened, or how long nothing had moved on it."""
        from followmoney.patterns._awake import awake

        return awake(hit, self.age, self.silence)

    def notes(self, flows: Flows) -> list[str]:
        """Also how it is known that an account is new."""
        notes = super().notes(flows)
        if not flows.known["account.opened"].empty or not len(flows):
            return notes
        from followmoney.patterns._words import day

        begin = day(flows.start + micros(self.silence, "days"))
        unknown = (
            f"{self.name}: no account says when it was opened; so only accounts whose first movement is on or after "
            f"{begin}, or that had been silent for {self.silence:g} days, could be called new."
        )
        return [*notes, unknown]
