"""Round trip: money goes abroad and comes home as a loan, an investment or a purchase, to the same owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent import one_holder
from followmoney.patterns._innocent_owned import some_paid_back
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class RoundTrip(Pattern):
    """Money leaves one's own account, goes through another country, and comes home called a loan, investment or sale.

    The last transaction credits at least `least`, and its purpose (or the asset it paid for: a claim, a business,
    securities, real estate) says loan, investment or sale. From it the way is followed backwards: 2 to `longest`
    transactions in order of (time, sequence, id) within `days`, each moving between 1 - `loss` and 1 + `gain` of what
    the one before credited, in the same currency, through accounts visited once (only the first and the last account
    may be the same). One natural person owns at least `owned` of the holders at both ends on the day of the last
    transaction (or one party holds both); both are at home in the same country (of the party, else of the account), and
    some account on the way, or its holder, is in another. For every last transaction the best way counts: fewest
    transactions, then the latest at every step back. A transaction stands in one finding only.
    Cost: a look at the purposes, and a search of at most `budget` looks for every payment they name.
    Source: AMLTRIX T0039; round-tripping of investments as in FATF/Egmont, Concealment of Beneficial Ownership (2018).
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Came back, at least.", unit=MAJOR, low=1
    )
    days: float = threshold(90, "From the first transaction to the last.", unit="days")
    longest: int = threshold(6, "Transactions on the way, at most.", unit="transactions", low=2)
    loss: float = threshold(0.15, "Lost from one transaction to the next, at most.", unit="share")
    gain: float = threshold(0.05, "Gained from one transaction to the next, at most.", unit="share", high=inf)
    owned: float = threshold(
        0.25, "Share that makes an owner, at least.", unit="share", source="Regulation (EU) 2024/1624 art. 52(1)"
    )
    budget: int = threshold(
        100_000, "Transactions looked at from one last transaction, at most.",
        unit="transactions", low=1, high=10_000_000,
    )  # fmt: skip

    amltrix: ClassVar = "T0039"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{gone} left {start} on {begin}, went through {through}, and {came} came home to {subject} {within}, "
        'called "{called}"; {whose}.'
    )
    margins: ClassVar = (Margin("came", "least"), Margin("span", "days", most=True))
    innocent: ClassVar = (one_holder, some_paid_back)
    disjoint: ClassVar = True
    uses: ClassVar = ("party.id", "party.country", "account.country")
    example: ClassVar = """
        party P1 person "Ana" ES
        party C1 company "Costa" ES
        party C2 company "Norte" ES
        party X1 company "Nomos" CY
        party X2 company "Lexis" CY
        owns P1 C1 80%
        owns P1 C2 60%
        account A holder=C1 ES
        account B holder=C2 ES
        account X holder=X1 CY
        account Y holder=X2 CY
        2024-01-10 A -> X 90,000.00 wire "consulting"
        2024-01-12 X -> Y 88,500.00 wire "fee"
        2024-02-02 Y -> B 85,000.00 wire "capital increase"
    """
    counter_example: ClassVar = """
        -- a foreign investor who has nothing to do with the payer
        party P1 person "Ana" ES
        party C1 company "Costa" ES
        party C2 company "Norte" ES
        party X1 company "Nomos" CY
        owns P1 C1 80%
        owns P1 C2 10%
        account A holder=C1 ES
        account B holder=C2 ES
        account X holder=X1 CY
        2024-01-10 A -> X 90,000.00 wire "machine"
        2024-02-02 X -> B 85,000.00 wire "capital increase"
    """

    @property
    def scope(self) -> Scope:
        """All accounts on the way, and who owns both ends."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """The best way home that ends at each loan, investment or sale."""
        import numpy as np

        from followmoney.patterns._called import invested
        from followmoney.patterns._hits import Hits
        from followmoney.patterns._home import Home, way_home

        if flows.graph is None or not len(flows):
            return Hits()
        bounds = flows.band(self.loss, self.gain)
        enough = flows.minor(self.least)[flows.currency_received]
        inside = ~flows.outside[flows.originator] & ~flows.outside[flows.beneficiary]
        ends = np.flatnonzero(invested(flows.graph) & inside & (enough > 0) & (flows.received >= enough))
        home = Home(flows, self.owned)
        ways: list[list[int]] = []
        spent: list[int] = []
        for end in ends.tolist():
            way = way_home(home, end, micros(self.days, "days"), self.longest, bounds, budget=self.budget)
            if way is None:
                spent.append(end)
            elif way:
                ways.append(way)
        at = np.array([row for way in ways for row in way], np.int64)
        ptr = np.cumsum([0, *(len(way) for way in ways)], dtype=np.int64)
        return Hits.ways(flows.beneficiary[at[ptr[1:] - 1]], ptr, at, np.array(spent, np.int64))

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """Where it began, what the money was called when it came home, and whose both ends are."""
        from followmoney.patterns._owners_at import OwnersAt, day_of
        from followmoney.patterns._spoken import listed

        first, last = int(hit.at[0]), int(hit.at[-1])
        ends = int(hit.flows.originator[first]), int(hit.flows.beneficiary[last])
        one, other = (hit.party(v) for v in ends)
        owners = hit.flows.once(OwnersAt).common(one, other, day_of(int(hit.flows.time[last])), self.owned)
        names = listed([hit.name(p) for p in sorted(owners)])
        same = one == other
        said = hit.column("purpose", hit.at[-1:])[0]
        return {
            "start": hit.label(ends[0]), "called": said or "the price of an asset",
            "whose": "both ends are the same holder's" if same else f"both ends belong to {names}",
        }  # fmt: skip
