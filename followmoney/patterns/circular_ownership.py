"""Circular ownership: companies own each other, and money goes round between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_companies import a_fund, small_stakes
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class CircularOwnership(Pattern):
    """Companies that own each other in a circle move money between them, so that who owns them cannot be read off.

    Companies are in one circle on a day if each owns, through direct shareholdings in force on that day, some of each
    other. All transactions between different companies of one circle on such days, in one currency, that add up to at
    least `least` are one finding, if the circle hides who owns them: on the day of the last transaction a person owns
    at least `owned` of one of these companies, solved through the circle, and more than `rise` more of it than he holds
    directly; or nobody is known to own any. Who owns most in the end is said with it.
    Cost: one pass over the holdings, one over the transactions, a look at every day on which a circle changes, and one
    at who owns the companies of each circle.
    Source: AMLTRIX T0038; integrated ownership after Brioschi, Buzzacchi and Colombo (1989).
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Moved between them, at least.", unit=MAJOR, low=1
    )
    owned: float = threshold(
        0.25, "Share that makes an owner, at least.", unit="share", source="Regulation (EU) 2024/1624 art. 52(1)"
    )
    rise: float = threshold(0.1, "Owned in the end beyond what is held directly, more than.", unit="share")

    amltrix: ClassVar = "T0038"
    counted: ClassVar = "link"
    sentence: ClassVar = (
        "{subject} and {others} own each other in a circle; {amount} moved between them, in {transactions} within "
        "{span}; {solved}."
    )
    margins: ClassVar = (Margin("amount", "least"),)
    innocent: ClassVar = (small_stakes, a_fund)
    uses: ClassVar = ("party.id",)
    tables: ClassVar = ("interests",)
    example: ClassVar = """
        party P1 person "Ana" ES
        party C1 company "Costa" ES
        party C2 company "Norte" ES
        owns P1 C1 40%
        owns C2 C1 60%
        owns C1 C2 50%
        account A holder=C1
        account B holder=C2
        2024-01-10 A -> B 90,000.00 wire
        2024-01-20 B -> A 70,000.00 wire
    """
    counter_example: ClassVar = """
        -- a parent company and its daughters; the circle was dissolved before
        party C1 company "Costa" ES
        party C2 company "Norte" ES
        party C3 company "Sur" ES
        owns C1 C2 100%
        owns C1 C3 100%
        owns C2 C1 5% end=2023-06-30
        account A holder=C1
        account B holder=C2
        account C holder=C3
        2024-01-10 A -> B 90,000.00 wire
        2024-01-20 B -> C 70,000.00 wire
    """

    @property
    def scope(self) -> Scope:
        """All companies of a circle."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Money inside each circle, by currency."""
        import numpy as np

        from followmoney.patterns._circles import circle_rows, hides
        from followmoney.patterns._hits import LINK, Hits

        if flows.graph is None or not len(flows):
            return Hits()
        rows, circle = circle_rows(flows)
        hit = circle * 256 + flows.currency[rows]
        order = np.argsort(hit, kind="stable")
        rows, hit = rows[order], hit[order]
        first = np.flatnonzero(np.r_[True, hit[1:] != hit[:-1]]) if len(hit) else hit
        total = np.add.reduceat(flows.amount[rows], first) if len(hit) else hit
        enough = flows.minor(self.least)[flows.currency[rows[first]]]
        size = np.diff(np.r_[first, len(hit)])
        kept = (enough > 0) & (total >= enough)
        for place in np.flatnonzero(kept).tolist():
            kept[place] = hides(flows, rows[first[place] : first[place] + size[place]], self.owned, self.rise)
        kept = np.repeat(kept, size)
        subject = np.repeat(flows.beneficiary[rows[first]], size)
        return Hits.grouped(subject[kept], hit[kept], rows[kept], LINK)

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """The other companies, and who owns most when the circle is solved through."""
        from followmoney.patterns._companies import members
        from followmoney.patterns._owners_at import OwnersAt, day_of
        from followmoney.patterns._register import Register
        from followmoney.patterns._spoken import listed
        from followmoney.schema.clock import DAY

        others = [hit.name(p) for p in members(hit) if p != hit.party(hit.subject)]
        time, owners = int(hit.flows.time[hit.at[-1]]), hit.flows.once(OwnersAt)
        shares = [(share, c, p) for c in members(hit) for p, share in owners.shares(c, day_of(time)).items()]
        solved = "no person is known to own them"
        if shares:
            share, company, person = max(shares)
            held = hit.flows.once(Register).share(person, company, time // DAY)
            part, directly = (f"{round(100 * s, 1):g} %" for s in (share, held))
            solved = f"solved through, {hit.name(person)} owns {part} of {hit.name(company)} ({directly} directly)"
        return {"others": listed(others), "solved": solved}
