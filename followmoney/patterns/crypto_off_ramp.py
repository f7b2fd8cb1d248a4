"""Crypto off-ramp: crypto is sold and the money leaves the bank within a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_behaviour import bought_before, to_own_account, trade
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class CryptoOffRamp(Pattern):
    """Money from an exchange of crypto comes into a bank account, and nearly all of it has left within a day.

    From an exchange is what was booked by the channel crypto, or comes from a wallet, or from an account whose holder
    also holds a wallet and is in finance (NACE divisions 64 to 66). Wallets and such accounts themselves are not looked
    at. A window of `hours` starts at a credit from an exchange; it is a hit if the credits from exchanges in it, in one
    currency, are at least `least`, and what left after its first credit, in that currency and not back to an exchange,
    is between `low` and `high` of them. Windows that share a credit are one finding.
    Cost: one pass, and a search for every credit from an exchange.
    Source: FATF, Virtual Assets Red Flag Indicators (2020); AMLTRIX T0105.
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Came from exchanges, at least.", unit=MAJOR, low=1
    )
    hours: float = threshold(
        24, "From the first credit to the last payment out.", unit="hours",
        source="FATF, Virtual Assets Red Flag Indicators (2020)",
    )  # fmt: skip
    low: float = threshold(0.8, "Left, as a share of what came from exchanges, at least.", unit="share")
    high: float = threshold(1.05, "Left, as a share of what came from exchanges, at most.", unit="share", high=inf)

    amltrix: ClassVar = "T0105"
    counted: ClassVar = "in"
    uses: ClassVar = ("channel", "account.scheme", "party.wallet", "party.sector")
    sentence: ClassVar = (
        "Crypto was sold for {came} by way of {exchanges}, paid into {subject} in {credits}, and {gone} ({much}) "
        "left again to {payees}, {within}."
    )
    margins: ClassVar = (Margin("came", "least"), Margin("span", "hours", most=True))
    one_window: ClassVar = Window("hours")
    innocent: ClassVar = (bought_before, to_own_account, trade)
    example: ClassVar = """
        party P1 company "Exchange One" LT sector=66.19
        account W holder=P1 wallet
        account B holder=P1 IBAN LT
        2024-05-06T09:00 B -> A 14,000.00 wire "payout"
        2024-05-06T13:00 C -> A 12,500.00 crypto
        2024-05-06T20:00 A -> D 15,500.00 wire
        2024-05-07T08:00 A -> cash 10,000.00
    """
    counter_example: ClassVar = """
        -- a saver who sells crypto and lives on it
        party P1 company "Exchange One" LT sector=66.19
        account W holder=P1 wallet
        account B holder=P1 IBAN LT
        2024-01-06T09:00 A -> B 9,000.00 wire
        2024-05-06T09:00 B -> A 14,000.00 wire "payout"
        2024-05-20T20:00 A -> D 1,500.00 wire
        2024-06-20T20:00 A -> D 1,500.00 wire
    """

    @property
    def scope(self) -> Scope:
        """All movements of an account."""
        return Scope(shard="either")

    def lacking(self, flows: Flows) -> list[str]:
        """Wallets and payments in crypto, where there are neither: nothing then comes from an exchange."""
        from followmoney.patterns._exchanges import exchanges

        return [] if exchanges(flows)[0].any() else ["`account.scheme` of wallets", "`channel` of payments in crypto"]

    def hits(self, flows: Flows) -> Hits:
        """Windows after credits from exchanges, by account and currency."""
        import numpy as np

        from followmoney.patterns._exchanges import exchanges
        from followmoney.patterns._hits import Hits
        from followmoney.patterns._windows import Grouped, covered, keys, merged, summed, until

        low, high = exact(self.low), exact(self.high)
        flows.multiply(low, high)
        least, got, paid, size = flows.minor(self.least), flows.currency_received, flows.currency, len(flows)
        sold, back, those = exchanges(flows)
        moved = flows.originator != flows.beneficiary
        credit = np.flatnonzero(sold & moved & (least[got] > 0) & ~those[flows.beneficiary])
        credit = credit[~flows.outside[flows.beneficiary[credit]]]
        sellers = np.zeros(len(flows.outside), bool)
        sellers[flows.beneficiary[credit]] = True
        debit = np.flatnonzero(moved & ~back & sellers[flows.originator])
        into = Grouped.of(credit, keys(flows.beneficiary[credit], got[credit]), size)
        out = Grouped.of(debit, keys(flows.originator[debit], paid[debit]), size)
        end = until(flows.time, into.at, micros(self.hours, "hours"))
        window, after = into.span(into.group, into.at, end), out.span(into.group, into.at, end)
        came, gone = summed(flows.received[into.at], window), summed(flows.amount[out.at], after)
        hit = (came >= least[got[into.at]]) & (gone * low[1] >= came * low[0]) & (gone * high[1] <= came * high[0])
        hit &= after[1] > after[0]
        window, after = (window[0][hit], window[1][hit]), (after[0][hit], after[1][hit])
        number = merged(window)
        (i, n), (o, m) = covered(window, number, len(into.at)), covered(after, number, len(out.at))
        return Hits.passed_on(flows, (into.at[i], n), (out.at[o], m))

    def more(self, hit: Hit) -> Mapping[str, float | str]:
        """How many exchanges it came from."""
        import numpy as np

        rows = hit.rows("in")
        holders = {hit.holder(int(v)) or int(v) for v in np.unique(hit.flows.originator[rows])}
        return {"exchanges": _many(len(holders), "exchange"), "credits": _many(len(rows), "credit")}


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
