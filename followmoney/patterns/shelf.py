"""Shelf company: an old company that had been silent changes hands and moves money at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_companies import special_purpose, works
from followmoney.patterns._innocent_shelf import price_paid
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, micros, threshold, whole_days

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Shelf(Pattern):
    """A company that has long been founded and silent gets a new owner or director, and soon moves large amounts.

    A silence of a company or trust is a time of at least `silent` days, within the ledger, in which none of its
    accounts is in a transaction; the transaction that ends it is the awakening. It is a hit if an owner or a director
    began at most `days` before the awakening (and not after), at least `age` days after the company was founded; and if
    it gets at least `least` in one currency from other holders from the awakening until `days` after that change (the
    latest of several), or until its next silence. A finding is one awakening and one currency.
    Cost: one sort of the transactions of companies whose owners or directors changed.
    Source: AMLTRIX T0001.001.
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 50_000, "USD": 50_000, "GBP": 50_000, "CHF": 50_000}, "Came in, at least.", unit=MAJOR, low=1
    )
    age: float = threshold(730, "Founded before the change, at least.", unit="days")
    silent: float = threshold(180, "Without a transaction before the awakening, at least.", unit="days", low=1)
    days: float = threshold(90, "From the change on.", unit="days")

    amltrix: ClassVar = "T0001.001"
    counted: ClassVar = "in"
    sentence: ClassVar = (
        "{subject}, founded on {founded} and silent for {quiet} days, got {change} on {changed}; then {amount} came "
        "in, in {transactions} from {begin} on."
    )
    margins: ClassVar = (Margin("amount", "least"), Margin("silence", "silent"))
    innocent: ClassVar = (price_paid, works, special_purpose)
    uses: ClassVar = ("party.id",)
    example: ClassVar = """
        party C1 company "Old Oak" founded=2019-05-01
        party P1 person "Ana"
        owns P1 C1 100% start=2024-08-20
        account A holder=C1
        2024-01-02 X -> Y 10.00
        2024-09-25 X -> A 400,000.00 wire "invoice"
        2024-10-02 A -> Y 390,000.00 wire "invoice"
        2024-10-09 X -> A 500,000.00 wire "invoice"
    """
    counter_example: ClassVar = """
        -- a company at work whose director retires
        party C1 company "Old Oak" founded=2019-05-01
        party P1 person "Ana"
        role P1 C1 director start=2024-08-20
        account A holder=C1
        2024-01-02 X -> A 90,000.00 wire "invoice"
        2024-05-02 X -> A 80,000.00 wire "invoice"
        2024-08-02 A -> Y 70,000.00 wire "invoice"
        2024-09-25 X -> A 90,000.00 wire "invoice"
    """

    @property
    def scope(self) -> Scope:
        """All accounts of a company, and when the ledger begins."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """What came in after each awakening, by company and currency."""
        import numpy as np

        from followmoney.patterns._hits import IN, Hits
        from followmoney.patterns._holders import Holders
        from followmoney.patterns._register import Register
        from followmoney.schema.clock import DAY

        if flows.graph is None or not len(flows):
            return Hits()
        holders, register = flows.once(Holders), flows.once(Register)
        shown: list[tuple[int, int, int]] = []
        last = int(flows.time[-1]) // DAY
        for company in register.changed((flows.start - micros(self.days, "days")) // DAY, last):
            key = holders.number(company)
            for rows, _, _ in self.awakenings(flows, company):
                got = rows[(holders.key[flows.beneficiary[rows]] == key) & (holders.key[flows.originator[rows]] != key)]
                for code in np.unique(flows.currency_received[got]).tolist():
                    some = got[flows.currency_received[got] == code]
                    enough = int(flows.minor(self.least)[code])
                    if 0 < enough <= int(flows.received[some].sum()):
                        shown += [(int(some[0]), code, at) for at in some.tolist()]
        first, at = (np.array([row[i] for row in shown], np.int64) for i in (0, 2))
        return Hits.grouped(flows.beneficiary[first], first, at, IN)

    def awakenings(self, flows: Flows, company: str) -> list[tuple[NDArray[np.int64], int, int]]:
        """For every awakening after a change: the rows that count, the day of the change, microseconds of silence."""
        import numpy as np

        from followmoney.patterns._holders import Holders
        from followmoney.patterns._register import Register
        from followmoney.schema.clock import DAY

        holders, register = flows.once(Holders), flows.once(Register)
        mine = holders.of(company)
        rows = np.unique(np.r_[holders.got(mine), holders.paid(mine)])
        born = register.born.get(company)
        if not len(rows) or born is None:
            return []
        time, silent, span = flows.time[rows], micros(self.silent, "days"), micros(self.days, "days")
        quiet = np.diff(np.r_[flows.start, time])
        starts = np.flatnonzero(quiet >= silent)
        old = [d * DAY for d in register.changes(company) if (d - born) * DAY >= micros(self.age, "days")]
        found: list[tuple[NDArray[np.int64], int, int]] = []
        for start, following in pairwise([*starts.tolist(), len(rows)]):
            near = [change for change in old if change <= time[start] <= change + span]
            if near:
                end = min(following, int(np.searchsorted(time, near[-1] + span, "right")))
                found.append((rows[start:end], near[-1] // DAY, int(quiet[start])))
        return found

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """When it was founded, how long it was silent, and who came."""
        from followmoney.patterns._register import Register
        from followmoney.patterns._words import day
        from followmoney.schema.clock import DAY

        register, company = hit.flows.once(Register), hit.party(hit.subject) or ""
        found = self.awakenings(hit.flows, company)
        changed, quiet = next((changed, quiet) for rows, changed, quiet in found if hit.at[0] in rows)
        new = [who for who, since, _ in register.owners.of(company) if since == changed]
        directors = register.posts("director").of(company)
        who = sorted(new) or sorted(d for d, since, _ in directors if since == changed)
        return {
            "founded": day(register.born[company] * DAY), "quiet": quiet // DAY,
            "silence": whole_days(quiet, self.silent),
            "changed": day(changed * DAY),
            "change": f"a new {'owner' if new else 'director'} ({hit.name(who[0])})",
        }  # fmt: skip
