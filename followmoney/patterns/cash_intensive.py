"""Cash-intensive: cash that does not look like the takings of the business that pays it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import regular_takings
from followmoney.patterns._innocent_cash import cash_trade, same_weekday
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class CashIntensive(Pattern):
    """Much cash is paid into an account, and at least two things about it do not look like takings: a screening.

    For every account and currency into which others paid cash at least `deposits` times and at least `least` in all,
    a hit if at least `signs` of these hold:
    (1) cash, as a share of all that others paid in (in hundredths of a percent, rounded down), is above the
    `percentile` (nearest rank) of the accounts of the ledger whose holders are of the same sector, if they are at least
    `peers`, itself among them;
    (2) at least `closed` deposits came on a day (UTC) that had, like the `idle` days before, no credit but cash, if on
    `open_days` or more days there was one;
    (3) at least `round` of the deposits are multiples of `unit`;
    (4) of at least `digits` deposits, whose largest is a hundred times the smallest or more, the first digits differ
    from Benford's law by more than `deviation`, as the mean of the absolute differences of the nine frequencies.
    Prices in steps, notes and few large customers explain any of them: they say where to look, not what happened.
    Cost: one pass over the cash, then over the credits of the accounts with much cash and of their sectors.
    Source: AMLTRIX T0014; Nigrini, Benford's Law (2012), for `deviation`; Cerqueti and Lupi (2021) against its use as a
    proof.
    """

    deposits: int = threshold(12, "Cash deposits, at least.", unit="transactions", low=1)
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 20_000, "USD": 20_000, "GBP": 20_000, "CHF": 20_000}, "Cash in all, at least.", unit=MAJOR, low=1
    )
    signs: int = threshold(2, "Signs that must hold, at least.", unit="of four signs", low=1, high=4)
    percentile: float = threshold(0.95, "Share of the sector's accounts with less cash.", unit="share")
    peers: int = threshold(20, "Accounts of a sector, for it to be compared.", unit="accounts", low=1)
    closed: int = threshold(5, "Deposits without other takings, at least.", unit="transactions", low=1)
    idle: int = threshold(3, "Days before a deposit without other takings.", unit="days")
    open_days: int = threshold(10, "Days with other takings that must be known.", unit="days", low=1)
    round: float = threshold(0.5, "Share of the deposits that are multiples of `unit`, at least.", unit="share")
    unit: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 500, "USD": 500, "GBP": 500, "CHF": 500}, "What round sums are multiples of.", unit=MAJOR, low=1
    )
    digits: int = threshold(500, "Deposits for first digits to be compared.", unit="transactions", low=1)
    deviation: float = threshold(
        0.015, "Mean deviation from Benford's law above which first digits do not conform.", unit="share",
        source="Nigrini, Benford's Law (2012)",
    )  # fmt: skip

    amltrix: ClassVar = "T0014"
    counted: ClassVar = "in"
    uses: ClassVar = ("party.sector",)
    sentence: ClassVar = (
        "{count} cash deposits, {amount} together, were paid into {subject} from {begin} to {end}, and they do not "
        "look like takings: {oddities}."
    )
    margins: ClassVar = (Margin("count", "deposits"), Margin("amount", "least"))
    innocent: ClassVar = (cash_trade, regular_takings, same_weekday)
    example: ClassVar = "\n".join(
        [
            "-- a grill that is closed in August, in which it pays in cash",
            *(f'party P{n} company "Grill {n}" ES sector=56.10' for n in (1, 2, 3)),
            *(f"account {name} holder=P{n}" for n, name in enumerate("ABC", 1)),
            *(f"2024-07-{day:02} ACQUIRER -> A {700 + 13 * day}.40 card" for day in range(11, 22)),
            *(f"2024-08-{day:02} cash -> A {2 + day % 3},000.00" for day in range(5, 17)),
        ]
    )
    counter_example: ClassVar = "\n".join(
        [
            "-- a grill that is open, and pays in every other evening what was left in the till",
            'party P1 company "Grill 1" ES sector=56.10',
            "account A holder=P1",
            *(f"2024-07-{day:02} ACQUIRER -> A {700 + 13 * day}.40 card" for day in range(1, 29)),
            *(f"2024-07-{day:02} cash -> A 2,{day}5.00" for day in range(10, 30)),
        ]
    )

    @property
    def scope(self) -> Scope:
        """The whole ledger: what is usual is seen from all accounts of a sector."""
        return Scope()

    def unmet(self, flows: Flows) -> list[str]:
        """The comparison with the sector, where no sector has enough accounts."""
        import numpy as np

        sector = flows.known["party.sector"].values[~flows.outside]
        if np.bincount(sector[sector >= 0], minlength=1).max() >= self.peers:
            return []
        return [f"sign (1) was not examined, because no sector has {self.peers:,} accounts in this ledger (`peers`)"]

    def hits(self, flows: Flows) -> Hits:
        """All cash deposits of the accounts at which enough signs hold, by account and currency."""
        import numpy as np

        from followmoney.patterns._cash_signs import Peers, peers, signs
        from followmoney.patterns._hits import IN, Hits

        flows.multiply((10_000, 1))
        least, sector = flows.minor(self.least), flows.known["party.sector"].values
        cash = flows.cash & ~flows.outside[flows.beneficiary] & (flows.originator != flows.beneficiary)
        at = np.flatnonzero(cash & (least[flows.currency_received] > 0))
        at = at[np.lexsort((at, flows.currency_received[at], flows.beneficiary[at]))]
        account, code = flows.beneficiary[at].astype(np.int64), flows.currency_received[at]
        begin = np.flatnonzero((np.diff(account, prepend=-1) != 0) | (np.diff(code.astype(np.int64), prepend=-1) != 0))
        count = np.diff(np.r_[begin, len(at)])
        much = np.add.reduceat(flows.received[at], begin) >= least[code[begin]] if len(begin) else begin > 0
        usual: dict[tuple[int, int], Peers] = {}
        shown = np.zeros(len(at), bool)
        for first, size in zip(begin[much], count[much], strict=True):
            if size < self.deposits:
                continue
            key = int(sector[account[first]]), int(code[first])
            if key not in usual:
                usual[key] = peers(self, flows, *key)
            rows = at[first : first + size]
            shown[first : first + size] = len(signs(self, flows, rows, usual[key])) >= self.signs
        number = np.repeat(np.arange(len(begin)), count)
        return Hits.grouped(account[shown], number[shown], at[shown], IN)

    def more(self, hit: Hit) -> dict[str, int | str]:
        """Also which signs hold."""
        from followmoney.patterns._cash_signs import peers, signs

        sector = int(hit.flows.known["party.sector"].values[hit.subject])
        found = signs(self, hit.flows, hit.rows("in"), peers(self, hit.flows, sector, hit.currency))
        return {"oddities": "; ".join(found)}
