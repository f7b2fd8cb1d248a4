"""Loan-back: a loan from a lender whom the borrower's side owns or has paid before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_owned import lender_had_means, some_paid_back
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class LoanBack(Pattern):
    """A loan from somebody whom the borrower, or who owns him, had paid before or owns too, and which is not repaid.

    A loan is a payment of at least `least` whose purpose says so, or that paid for an asset of kind receivable, between
    two holders. It counts if in the `days` before it the borrower, a person who owns at least `owned` of him, or
    another company of which that person owns as much, had paid the lender at least `funded` of it in the same currency
    (payments called repayments or interest left out); or if one person owns at least `owned` of both on that day, and
    the ledger goes on for `days` after it. Either way fewer than `months` calendar months after it may show a payment
    back from the borrower to the lender. Loans from one lender to one borrower in one currency are one finding; all
    accounts of a holder are looked at together.
    Cost: a look at the purposes, and for every loan a look at what its borrower's side paid in the `days` before.
    Source: AMLTRIX T0098.
    """

    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 10_000, "USD": 10_000, "GBP": 10_000, "CHF": 10_000}, "Loan, at least.", unit=MAJOR, low=1
    )
    days: float = threshold(180, "In which the borrower had paid the lender; in which nobody repays.", unit="days")
    funded: float = threshold(0.5, "Paid to the lender before, as a share of the loan, at least.", unit="share")
    owned: float = threshold(
        0.25, "Share that makes an owner, at least.", unit="share", source="Regulation (EU) 2024/1624 art. 52(1)"
    )
    months: int = threshold(3, "Months with a repayment from which on a loan is in order.", unit="months", low=1)

    amltrix: ClassVar = "T0098"
    counted: ClassVar = "in"
    sentence: ClassVar = "{lender} lent {amount} to {subject}, in {loans} from {begun} on: {basis}; {back}."
    margins: ClassVar = (Margin("amount", "least"),)
    innocent: ClassVar = (lender_had_means, some_paid_back)
    uses: ClassVar = ("party.id",)
    example: ClassVar = """
        party P1 person "Ana" ES
        party C1 company "Costa" ES
        party L1 company "Lendco" CY
        owns P1 C1 80%
        account A holder=P1
        account B holder=C1
        account L holder=L1
        2024-01-10 A -> L 90,000.00 wire "consulting"
        2024-04-02 L -> B 85,000.00 wire "loan agreement 4"
        2024-05-02 B -> X 80,000.00 wire "flat"
    """
    counter_example: ClassVar = """
        -- a shareholder lends to his company, and is paid back month by month
        party P1 person "Ana" ES
        party C1 company "Costa" ES
        owns P1 C1 80%
        account A holder=P1
        account B holder=C1
        2024-01-10 A -> B 90,000.00 wire "shareholder loan"
        2024-02-10 B -> A 10,000.00 wire "loan repayment"
        2024-03-10 B -> A 10,000.00 wire "loan repayment"
        2024-04-10 B -> A 10,000.00 wire "loan repayment"
        2024-12-10 B -> A 60,000.00 wire "loan repayment"
    """

    @property
    def scope(self) -> Scope:
        """All accounts of both sides, and who owns them."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Loans by lender, borrower and currency, with what had funded them."""
        import numpy as np

        from followmoney.patterns._called import lent, repaid
        from followmoney.patterns._hits import IN, OUT, Hits
        from followmoney.patterns._holders import Holders
        from followmoney.patterns._owners_at import OwnersAt, day_of

        if flows.graph is None or not len(flows):
            return Hits()
        num, den = exact(self.funded)
        flows.multiply((num, den))
        holders, owners = flows.once(Holders), flows.once(OwnersAt)
        payer, payee, time = flows.originator, flows.beneficiary, flows.time
        enough, span = flows.minor(self.least)[flows.currency_received], micros(self.days, "days")
        inside = ~flows.outside[payer] & ~flows.outside[payee] & (holders.key[payer] != holders.key[payee])
        loans = lent(flows.graph) & inside & (enough > 0) & (flows.received >= enough)
        back = repaid(flows.graph)
        found: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
        for loan in np.flatnonzero(loans).tolist():
            lender, borrower = int(holders.key[payer[loan]]), int(holders.key[payee[loan]])
            later = holders.paid(holders.accounts(borrower), loan + 1)
            later = later[holders.key[payee[later]] == lender]
            if len(np.unique(time[later].astype("datetime64[us]").astype("datetime64[M]"))) >= self.months:
                continue
            day, who = day_of(int(time[loan])), holders.party(int(payee[loan]))
            before = self._paid(flows, (lender, borrower), who, loan)
            before = before[(flows.currency_received[before] == flows.currency[loan]) & ~back[before]]
            seen = int(time[-1]) >= int(time[loan]) + span
            own = seen and bool(owners.common(who, holders.party(int(payer[loan])), day, self.owned))
            paid = len(before) > 0 and int(flows.received[before].sum()) * den >= int(flows.amount[loan]) * num
            if own or paid:
                shown = [(loan, IN), *((at, OUT) for at in before.tolist() if paid)]
                found[lender, borrower, int(flows.currency_received[loan])] += shown
        rows = sorted({(hit, at, role) for hit, key in enumerate(sorted(found)) for at, role in found[key]})
        hit, at, role = (np.array([row[i] for row in rows], np.int64) for i in range(3))
        first = {h: int(payee[a]) for h, a, r in reversed(rows) if r == IN}
        subject = np.array([first[h] for h in hit.tolist()], np.int64)
        return Hits.grouped(subject, hit, at, role)

    def _paid(self, flows: Flows, ends: tuple[int, int], who: str | None, loan: int) -> NDArray[np.int64]:
        """What the lender got before from the borrower, from who owns him, and from companies of the same owner."""
        import numpy as np

        from followmoney.patterns._holders import Holders
        from followmoney.patterns._owners_at import OwnersAt, day_of

        holders, owners, (lender, borrower) = flows.once(Holders), flows.once(OwnersAt), ends
        day = day_of(int(flows.time[loan]))
        near = sorted({name for owner in owners.of(who, day, self.owned) for name in owners.below(owner)})
        accounts = np.unique(np.concatenate([holders.accounts(borrower), *map(holders.of, near)]))
        paid = holders.paid(accounts, holders.row(int(flows.time[loan]) - micros(self.days, "days")), loan)
        paid = paid[holders.key[flows.beneficiary[paid]] == lender]
        payers = holders.key[flows.originator[paid]]
        others = (key for key in np.unique(payers).tolist() if key not in ends)
        side = [borrower, *(key for key in others if owners.common(holders.names[key], who, day, self.owned))]
        return paid[np.isin(payers, side)]

    def more(self, hit: Hit) -> Mapping[str, int | str]:
        """Who lent, what ties lender and borrower, and what came back."""
        from followmoney.patterns._innocent_owned import returned
        from followmoney.patterns._spoken import many
        from followmoney.patterns._words import day

        loans, funding = hit.rows("in"), hit.rows("out")
        begun = int(loans[0])
        if len(funding):
            who = "the borrower, his owner or a company of his owner had paid the lender"
            basis = f"{who} {hit.money(int(hit.flows.received[funding].sum()))} before"
        else:
            basis = "lender and borrower belong to the same person"
        back = len(returned(hit))
        return {
            "lender": hit.label(int(hit.flows.originator[begun])), "begun": day(int(hit.flows.time[begun])),
            "loans": many(len(loans), "payment"), "basis": basis,
            "back": f"payments back: {back:,}" if back else "nothing came back",
        }  # fmt: skip
