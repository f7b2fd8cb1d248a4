"""Port fan-in: someone who works at a port or in transport is paid by several strangers, or in cash, within days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import equal_amounts, payers_go_on, regular_takings
from followmoney.patterns._innocent_behaviour import trade
from followmoney.patterns._innocent_port import paid_by_the_trade
from followmoney.patterns._pattern import Margin, Pattern, Window
from followmoney.patterns._threshold import MAJOR, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class PortFanIn(Pattern):
    """A person or a micro-firm in transport gets cash, or money from several who never paid before, within days.

    In transport (NACE divisions 49 to 53) is a person whose own sector that is, or who has a role at such a company (at
    any time); and a micro-firm in water transport or in warehousing and port services (50, 52). A company is a
    micro-firm if what was ever paid into the account, in any one currency, is at most `turnover` for every year the
    ledger covers, counted up. Of interest is cash paid in, and the first payment of each payer to the account from
    `history` days after the ledger begins, unless the payer is the holder, or a company at which the holder has a role,
    or unknown.
    Windows of `days` that hold at least `credits` of these, in one currency, that are together at least `least` are a
    hit; windows that share a credit are one finding. Cost: one pass, and a sort of the credits to such accounts.
    Source: Europol's report on EU ports (2023), on insiders who are paid; AMLTRIX T0138.
    """

    credits: int = threshold(3, "Credits in the window, at least.", unit="transactions", low=2)
    days: float = threshold(7, "Length of the window.", unit="days")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 5_000, "USD": 5_000, "GBP": 5_000, "CHF": 5_000}, "Paid in, at least.", unit=MAJOR, low=1
    )
    history: float = threshold(30, "Days of ledger before a payer can be called new.", unit="days")
    turnover: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 2_000_000, "USD": 2_000_000, "GBP": 2_000_000, "CHF": 2_000_000},
        "Paid into the account of a micro-firm a year, at most.", unit=MAJOR, low=1,
        source="EUR: Recommendation 2003/361/EC, annex, art 2(3); others: followmoney default",
    )  # fmt: skip

    amltrix: ClassVar = "T0138"
    counted: ClassVar = "in"
    needs: ClassVar = ("party.sector",)
    uses: ClassVar = ("party.kind", "party.id")
    sentence: ClassVar = "{subject}, {who}, got {amount} in {transactions} {within}: {sources}."
    margins: ClassVar = (Margin("count", "credits"), Margin("amount", "least"))
    one_window: ClassVar = Window("days")
    innocent: ClassVar = (paid_by_the_trade, trade, payers_go_on, equal_amounts, regular_takings)
    example: ClassVar = """
        party C1 company "Terminal North" BE sector=52.24
        party P1 person "Jan" BE
        role P1 C1 agent
        account A holder=P1
        account B holder=C1
        2024-01-28 B -> A 2,600.00 "wages"
        2024-03-04 cash -> A 4,000.00 place=Antwerp
        2024-03-05 D -> A 2,500.00
        2024-03-07 E -> A 3,000.00
        2024-03-28 B -> A 2,600.00 "wages"
    """
    counter_example: ClassVar = """
        -- the same worker, paid wages and overtime by the terminal, and once by a friend
        party C1 company "Terminal North" BE sector=52.24
        party P1 person "Jan" BE
        role P1 C1 agent
        account A holder=P1
        account B holder=C1
        2024-01-28 B -> A 2,600.00 "wages"
        2024-03-04 B -> A 1,900.00 "overtime"
        2024-03-05 D -> A 250.00
        2024-03-07 B -> A 1,400.00 "overtime"
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger, for the registry tells who works where."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Windows of cash and first payments, by account and currency."""
        import numpy as np

        from followmoney.patterns._hits import IN, Hits
        from followmoney.patterns._ports import employers, workers
        from followmoney.patterns._windows import Grouped, covered, keys, merged, summed, until

        least, got = flows.minor(self.least), flows.currency_received
        at = np.flatnonzero(workers(flows, flows.minor(self.turnover))[flows.beneficiary])
        at = at[flows.originator[at] != flows.beneficiary[at]]
        payer, payee = flows.originator[at].astype(np.int64), flows.beneficiary[at].astype(np.int64)
        _, first = np.unique(payee * len(flows.outside) + payer, return_index=True)
        fresh = np.zeros(len(at), bool)
        fresh[first] = True
        known = ~flows.outside[payer] & ~employers(flows, payer, payee)
        fresh &= flows.time[at] >= flows.start + micros(self.history, "days")
        at = at[(flows.cash[at] | (fresh & known)) & (least[got[at]] > 0)]
        into = Grouped.of(at, keys(flows.beneficiary[at], got[at]), len(flows))
        window = into.span(into.group, into.at, until(flows.time, into.at, micros(self.days, "days")))
        enough = summed(flows.received[into.at], window) >= least[got[into.at]]
        hit = enough & (window[1] - window[0] >= max(self.credits, 1))
        window = window[0][hit], window[1][hit]
        position, number = covered(window, merged(window), len(into.at))
        return Hits.grouped(flows.beneficiary[into.at[position]], number, into.at[position], IN)

    def more(self, hit: Hit) -> Mapping[str, float | str]:
        """What the holder does, and whom the money came from."""
        import numpy as np

        from followmoney.patterns._ports import TRADES, firms, trade_of

        flows, rows = hit.flows, hit.rows("in")
        cash = int(flows.cash[rows].sum())
        payers = len(np.unique(flows.originator[rows[~flows.cash[rows]]]))
        sources = [_many(cash, "cash deposit")] if cash else []
        sources += [f"{_many(payers, 'payer')} who had not paid before"] if payers else []
        own = trade_of(hit)
        who = f"in {TRADES[own]}" if own in TRADES else f"who has a role at {firms(hit)}"
        return {"who": who, "sources": " and ".join(sources)}


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
