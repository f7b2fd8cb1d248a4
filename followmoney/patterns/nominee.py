"""Nominee: somebody else than who holds, owns or directs moves the money, and the name in front is lent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_nominee import acts_for_many, family
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class Nominee(Pattern):
    """Somebody who neither holds, owns nor directs moves the money, behind a name that is lent.

    A stranger is signatory of an account or of its holder, or named as conductor of transactions, and is neither the
    holder nor its director nor a direct shareholder on that day. Counted are transactions that debit the holder's
    accounts to others, in one currency, which the stranger carried out or which fall into his mandate; they add up to
    at least `least`, and where he has no mandate, he carried out at least `times` of them. It is a hit if moreover, on
    the day of the first, at least `signs` of these hold: somebody stands in the register as the holder's nominee; a
    front (the holder if a person, else its shareholders, directors and nominees) owns, directs or stands for at least
    `posts` companies; the holder, or a shareholder of it, is a person below `young` or above `old` years.
    A finding is one holder, one currency, and the strangers with a say over the same transactions.
    Cost: one pass over the registers and the conductors, and what those holders paid.
    Source: AMLTRIX T0038; signs as in FATF/Egmont, Concealment of Beneficial Ownership (2018).
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Moved by the stranger, at least.",
        unit=MAJOR, low=1,
    )  # fmt: skip
    times: int = threshold(3, "Carried out by a stranger without a mandate, at least.", unit="transactions", low=1)
    signs: int = threshold(1, "Signs that the name in front is lent, at least.", unit="signs", low=1, high=3)
    posts: int = threshold(20, "Companies for which one person stands, at least.", unit="companies", low=1)
    young: int = threshold(21, "An owner below this age is a sign.", unit="years")
    old: int = threshold(80, "An owner above this age is a sign.", unit="years")

    amltrix: ClassVar = "T0038"
    counted: ClassVar = "out"
    sentence: ClassVar = (
        "{stranger}, who in the register neither owns nor directs {subject}, had the say over {amount} that left it, "
        "in {transactions} from {begin} on ({how}): {told}."
    )
    margins: ClassVar = (Margin("number", "signs"), Margin("amount", "least"))
    innocent: ClassVar = (family, acts_for_many)
    uses: ClassVar = ("party.id", "conductor")
    tables: ClassVar = ("parties",)
    example: ClassVar = """
        party C1 company "Nomos"
        party P1 person "Ivo Blank" founded=2003-05-01
        party P2 person "Max Boss" founded=1970-05-01
        owns P1 C1 100%
        role P1 C1 nominee
        account A holder=C1
        role P2 A signatory start=2023-01-01
        2024-03-04 A -> B 30,000.00 wire
        2024-03-06 A -> C 20,000.00 wire conductor=P2
    """
    counter_example: ClassVar = """
        -- an accountant pays a company's bills; its owner stands for nobody else
        party C1 company "Bakery"
        party P1 person "Ana" founded=1980-05-01
        party P2 person "Max Book" founded=1970-05-01
        owns P1 C1 100%
        account A holder=C1
        role P2 A signatory start=2023-01-01
        2024-03-04 A -> B 30,000.00 wire
        2024-03-06 A -> C 20,000.00 wire conductor=P2
    """

    @property
    def scope(self) -> Scope:
        """All accounts of a holder, and the registers."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """What strangers moved, by holder, stranger and currency."""
        import numpy as np

        from followmoney.patterns._hits import OUT, Hits
        from followmoney.patterns._mandates import conducted, mandated, strangers
        from followmoney.schema.clock import DAY

        if flows.graph is None or not len(flows):
            return Hits()
        least = flows.minor(self.least)
        found: set[tuple[int, ...]] = set()
        for holder, stranger in strangers(flows):
            rows, under = mandated(flows, holder, stranger)
            for code in np.unique(flows.currency[rows]).tolist():
                some = flows.currency[rows] == code
                mine = rows[some]
                enough = 0 < int(least[code]) <= int(flows.amount[mine].sum())
                by_hand = int(conducted(flows, mine, stranger).sum())
                if enough and (under[some].any() or by_hand >= self.times):
                    day = int(flows.time[mine[0]]) // DAY
                    if len(self.told(flows, holder, day)) >= self.signs:
                        found.add(tuple(mine.tolist()))
        hits = sorted(found)
        hit = np.repeat(np.arange(len(hits)), [len(rows) for rows in hits])
        first, at = (np.array(rows, np.int64) for rows in ([r[0] for r in hits], [r for rows in hits for r in rows]))
        return Hits.grouped(flows.originator[first][hit], hit, at, OUT)

    def told(self, flows: Flows, holder: str, day: int) -> list[str]:
        """The signs that the name in front of a holder is lent, a sentence part each."""
        from followmoney.patterns._mandates import fronts, years
        from followmoney.patterns._register import Register
        from followmoney.patterns._spoken import listed

        register = flows.once(Register)
        name = register.name
        nominees = register.holding("nominee", holder, day)
        found = [f"{listed([name(n) for n in nominees])} stands for it in the register as nominee"] if nominees else []
        posts = {f: len(register.stands_for(f, day)) for f in fronts(register, holder, day)}
        if posts and max(posts.values()) >= self.posts:
            front = max(sorted(posts), key=lambda f: posts[f])
            found.append(f"{name(front)} owns, directs or stands for {posts[front]:,} companies")
        ages = {who: years(register, who, day) for who in [holder, *register.owners_of(holder, day)]}
        odd = [f"{name(who)} was {a}" for who, a in ages.items() if a is not None and not self.young <= a <= self.old]
        return [*found, f"of its owners {listed(odd)} years old"] if odd else found

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """Who moved the money, with what right, and the signs."""
        from followmoney.patterns._mandates import conducted, mandated, with_say
        from followmoney.patterns._spoken import listed, many
        from followmoney.schema.clock import DAY

        holder = hit.party(hit.subject) or ""
        who = with_say(hit.flows, holder, hit.at)
        by_hand = sum(int(conducted(hit.flows, hit.at, s).sum()) for s in who)
        told = self.told(hit.flows, holder, int(hit.flows.time[hit.at[0]]) // DAY)
        under = any(mandated(hit.flows, holder, s)[1].any() for s in who)
        how = [
            *(["with a mandate"] if under else []),
            *([f"{many(by_hand, 'transaction')} in person"] if by_hand else []),
        ]
        return {
            "stranger": listed([hit.name(s) for s in who]), "how": ", ".join(how), "told": "; ".join(told),
            "number": len(told),
        }  # fmt: skip
