"""Cuckoo smurfing: the cash of others takes the place of a transfer from abroad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._cash import BelowLimit
from followmoney.patterns._innocent import regular_takings
from followmoney.patterns._innocent_cash import of_the_family, transfer_came
from followmoney.patterns._pattern import Margin
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class CuckooSmurfing(BelowLimit):
    """Others pay cash into an account that adds up to what transfers from abroad brought before, instead of one.

    Looked at are cash deposits below the limit of which it is known who paid them in (the conductor, else the account
    debited), and that it was not the holder. For every account and currency, from its first such deposit on: a run of
    consecutive ones that starts at it, within `days`, at most `most` of them, by at least `depositors` different
    people, that adds up to at least `least` and to within `off` of one of the last `remembered` transfers from abroad
    before the run. The shortest run counts, with the transfer whose amount is nearest (of several, the latest); the
    search goes on after it. A transfer from abroad is no cash and comes from an account of another country than the
    account credited; the country of an account is its own, else that of its holder.
    Cost: one pass over the deposits, at most `most` x (`most` + `remembered`) looks each.
    Source: AMLTRIX T0016.002; AUSTRAC, Detecting and reporting cuckoo smurfing (2021).
    """

    depositors: int = threshold(2, "Different people who paid in, at least.", unit="people", low=1)
    days: float = threshold(3, "From the first deposit to the last.", unit="days")
    off: float = threshold(0.02, "The sum may differ from the transfer by this share of it.", unit="share")
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 2_000, "USD": 2_000, "GBP": 2_000, "CHF": 2_000}, "Paid in together, at least.", unit=MAJOR, low=1
    )
    most: int = threshold(30, "Deposits in a run, at most.", unit="transactions", low=1)
    remembered: int = threshold(12, "Last transfers from abroad that are compared.", unit="transactions", low=1)

    amltrix: ClassVar = "T0016.002"
    counted: ClassVar = "in"
    uses: ClassVar = ("account.country", "party.country", "conductor", "party.id", "party.name")
    sentence: ClassVar = (
        "{count} cash deposits by {people} put {amount} into {subject} within {lasting}, where a transfer from abroad "
        "brought {expected} before; a holder who waits for such a transfer may know nothing of it."
    )
    margins: ClassVar = (Margin("depositors", "depositors"), Margin("amount", "least"))
    innocent: ClassVar = (of_the_family, transfer_came, regular_takings)
    example: ClassVar = """
        party P1 person "Ana Sole" ES
        account A holder=P1 IBAN ES
        account F IBAN TR
        2024-01-10 F -> A 12,000.00 wire
        2024-02-12T09:00 cash -> A 4,000.00 conductor=P7
        2024-02-12T11:00 cash -> A 4,500.00 conductor=P8
        2024-02-13T10:00 cash -> A 3,480.00 conductor=P9
    """
    counter_example: ClassVar = """
        -- wedding gifts of the family: what they add up to has nothing to do with the transfer
        party P1 person "Ana Sole" ES
        account A holder=P1 IBAN ES
        account F IBAN TR
        2024-01-10 F -> A 12,000.00 wire
        2024-02-12T09:00 cash -> A 4,000.00 conductor="Eva Sole"
        2024-02-12T11:00 cash -> A 1,500.00 conductor="Leo Sole"
        2024-02-13T10:00 cash -> A 2,000.00 conductor=P1
        2024-02-14T10:00 cash -> A 4,500.00 conductor=P1
    """

    @property
    def scope(self) -> Scope:
        """All that was paid into an account."""
        return Scope(shard="beneficiary")

    def lacking(self, flows: Flows) -> list[str]:
        """A country is needed, of accounts or of holders."""
        known = [c for c in ("account.country", "party.country") if not flows.known[c].empty]
        return [] if known else ["`account.country`", "`party.country`"]

    def hits(self, flows: Flows) -> Hits:
        """Runs of deposits that stand for a transfer, by account and currency."""
        import numpy as np

        from followmoney.graph._kernels import fit
        from followmoney.patterns._clusters import paired
        from followmoney.patterns._hits import IN, LINK, Hits
        from followmoney.patterns._kernels_cuckoo import replaced
        from followmoney.patterns._people import depositors
        from followmoney.patterns._spots import abroad

        num, den = exact(self.off)
        flows.multiply((num + den, den))
        cash = self.kept_below(flows).at
        who, least = depositors(flows, cash), flows.minor(self.least)
        kept = (who >= 0) & (least[flows.currency_received[cash]] > 0)
        cash, who = cash[kept], who[kept]
        fed = np.zeros(len(flows.outside), bool)
        fed[flows.beneficiary[cash]] = True
        sent = np.flatnonzero(~flows.cash & fed[flows.beneficiary])
        sent = sent[abroad(flows, sent)]
        both = np.r_[cash, sent]
        group = paired(flows.beneficiary[both], flows.currency_received[both])
        of_cash, of_sent = group[: len(cash)], group[len(cash) :]
        order, later = np.lexsort((cash, of_cash)), np.lexsort((sent, of_sent))
        cash, sent = cash[order], sent[later]
        ptr = np.searchsorted(of_sent[later], np.arange(int(group.max(initial=-1)) + 2))
        bounds = micros(self.days, "days"), self.depositors, self.most, self.remembered, num, den
        run, match = fit(replaced, len(cash))(
            of_cash[order], cash, flows.time[cash], flows.received[cash], who[order],
            least[flows.currency_received[cash]], ptr, sent, flows.received[sent], bounds,
        )  # fmt: skip
        shown = run >= 0
        at, number, transfer = cash[shown], run[shown], sent[match]
        rows = np.r_[at, transfer]
        return Hits.grouped(
            flows.beneficiary[rows],
            np.r_[number, np.arange(len(transfer))],
            rows,
            np.r_[np.full(len(at), IN), np.full(len(transfer), LINK)],
        )

    def more(self, hit: Hit) -> dict[str, int | str]:
        """Who paid in, how soon, and what had been expected."""
        from followmoney.patterns._people import who_paid
        from followmoney.patterns._spoken import many
        from followmoney.patterns._words import length

        rows = hit.rows("in")
        people = len(set(who_paid(hit.flows, rows).tolist()))
        time = hit.flows.time[rows]
        return {
            **super().more(hit),
            "depositors": people,
            "people": many(people, "other") if people > 1 else "another",
            "lasting": length(int(time[0]), int(time[-1])),
            "expected": hit.money(int(hit.flows.received[hit.rows("link")[0]])),
        }
