"""Shell: a company with several signs of having no business of its own receives large amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_companies import own_managers, special_purpose, works
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Shell(Pattern):
    """A company with several signs of having no business of its own receives large amounts.

    Looked at is every company or trust from the first payment of at least `least` that it gets from another holder, in
    the currency of that payment, for `days`: its payments of at least `least` from others are the evidence. It is a hit
    if at least `signs` of these hold on the day of the first: it was founded less than `young` days before; at least
    `neighbours` companies have its address; a director of it is a director of at least `posts` companies; somebody
    stands in the register as its agent; somebody does so as its nominee; and between `passed` and `most` of all that
    came in in those `days` left again in them. All accounts of a company are looked at together.
    Cost: one pass over the registers, and what each such company paid and got.
    Source: AMLTRIX T0001; signs as in FATF/Egmont, Concealment of Beneficial Ownership (2018).
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 50_000, "USD": 50_000, "GBP": 50_000, "CHF": 50_000}, "A large payment, at least.", unit=MAJOR, low=1
    )
    signs: int = threshold(3, "Signs, at least.", unit="signs", low=1, high=6)
    days: float = threshold(365, "From the first large payment on.", unit="days")
    young: float = threshold(365, "Younger at the first large payment than this.", unit="days")
    neighbours: int = threshold(50, "Companies at one address, at least.", unit="companies", low=2)
    posts: int = threshold(20, "Companies with one director, at least.", unit="companies", low=2)
    passed: float = threshold(0.9, "Left again, as a share of what came in, at least.", unit="share")
    most: float = threshold(1.1, "Left again, as a share of what came in, at most.", unit="share", high=inf)

    amltrix: ClassVar = "T0001"
    counted: ClassVar = "in"
    sentence: ClassVar = "{amount} came into {subject} in {transactions} from {begin} on: {told}."
    margins: ClassVar = (Margin("number", "signs"), Margin("amount", "least"))
    innocent: ClassVar = (special_purpose, works, own_managers)
    uses: ClassVar = ("party.id", "party.kind")
    example: ClassVar = """
        party C1 company "Nomos" founded=2024-01-15
        party P9 person "Ivo"
        role P9 C1 nominee
        role P9 C1 director
        account A holder=C1
        2024-03-02 X -> A 120,000.00 wire "invoice"
        2024-03-09 A -> Y 118,000.00 wire "invoice"
        2024-04-02 X -> A 80,000.00 wire "invoice"
        2024-04-09 A -> Y 79,000.00 wire "invoice"
    """
    counter_example: ClassVar = """
        -- a young company with a large order, that keeps what it earns and pays wages
        party C1 company "Bakery" founded=2024-01-15
        party P9 person "Ivo"
        role P9 C1 director
        account A holder=C1
        2024-03-02 X -> A 120,000.00 wire "invoice"
        2024-03-28 A -> W 30,000.00 wire "wages"
        2024-04-28 A -> W 30,000.00 wire "wages"
    """

    @property
    def scope(self) -> Scope:
        """All accounts of a company, and the registers."""
        return Scope()

    def unmet(self, flows: Flows) -> list[str]:
        """Signs for which the ledger knows too few companies."""
        from followmoney.patterns._companies import too_few

        asked = {"neighbours": (self.neighbours, "have one address"), "posts": (self.posts, "have one director")}
        return too_few(flows, asked)

    def hits(self, flows: Flows) -> Hits:
        """Companies with enough signs, with their large payments."""
        import numpy as np

        from followmoney.patterns._hits import IN, Hits
        from followmoney.patterns._holders import Holders

        if flows.graph is None or not len(flows):
            return Hits()
        flows.multiply(exact(self.passed), exact(self.most))
        holders, kind = flows.once(Holders), flows.known["party.kind"]
        company = np.isin(kind.values, (kind.number("company"), kind.number("trust")))
        payer, payee = flows.originator, flows.beneficiary
        large = flows.minor(self.least)[flows.currency_received]
        big = (large > 0) & (flows.received >= large) & company[payee] & (holders.key[payer] != holders.key[payee])
        rows = np.flatnonzero(big)
        _, first = np.unique(holders.key[payee[rows]], return_index=True)
        shown: list[tuple[int, int]] = []
        for start in rows[np.sort(first)].tolist():
            if len(self.told(flows, start)) < self.signs:
                continue
            mine = holders.accounts(int(holders.key[payee[start]]))
            got = holders.got(mine, start, _end(self, flows, start))
            got = got[big[got] & (flows.currency_received[got] == flows.currency_received[start])]
            shown += [(start, at) for at in got.tolist()]
        hit, at = (np.array([pair[i] for pair in shown], np.int64) for i in range(2))
        return Hits.grouped(payee[hit], hit, at, IN)

    def told(self, flows: Flows, start: int) -> list[str]:
        """The signs that a company shows at its first large payment, a sentence part each."""
        from followmoney.patterns._holders import Holders
        from followmoney.patterns._register import Register
        from followmoney.schema.clock import DAY

        holders, register = flows.once(Holders), flows.once(Register)
        company, time = holders.party(int(flows.beneficiary[start])), int(flows.time[start])
        if company is None:
            return []
        found, day = list[str](), time // DAY
        born = register.born.get(company)
        if born is not None and 0 <= time - born * DAY < micros(self.young, "days"):
            found.append(f"it was {(time - born * DAY) // DAY:,} days old")
        if (near := max((len(register.neighbours(a, day)) for a in register.at(company, day)), default=0)) >= (
            self.neighbours
        ):
            found.append(f"{near:,} companies have its address")
        directors = register.holding("director", company, day)
        if (posts := max((len(register.companies_of("director", d, day)) for d in directors), default=0)) >= self.posts:
            found.append(f"its director directs {posts:,} companies")
        found += ["an agent stands for it in the register"] if register.holding("agent", company, day) else []
        found += ["a nominee stands for it in the register"] if register.holding("nominee", company, day) else []
        return found + self._drained(flows, start)

    def _drained(self, flows: Flows, start: int) -> list[str]:
        from followmoney.patterns._holders import Holders

        holders, (low, of_low), (high, of_high) = flows.once(Holders), exact(self.passed), exact(self.most)
        key, code = int(holders.key[flows.beneficiary[start]]), flows.currency_received[start]
        end, mine = _end(self, flows, start), holders.accounts(key)
        got, paid = holders.got(mine, start, end), holders.paid(mine, start, end)
        got = got[(flows.currency_received[got] == code) & (holders.key[flows.originator[got]] != key)]
        paid = paid[(flows.currency[paid] == code) & (holders.key[flows.beneficiary[paid]] != key)]
        came, gone = int(flows.received[got].sum()), int(flows.amount[paid].sum())
        drained = came * low <= gone * of_low and gone * of_high <= came * high
        return [f"{100 * gone // came} % of what came in left again"] if drained else []

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """The signs, and how many there are."""
        found = self.told(hit.flows, int(hit.at[0]))
        return {"told": "; ".join(found), "number": len(found)}


def _end(p: Shell, flows: Flows, start: int) -> int:
    """The first row after the time that is looked at."""
    import numpy as np

    return int(np.searchsorted(flows.time, int(flows.time[start]) + micros(p.days, "days"), "right"))
