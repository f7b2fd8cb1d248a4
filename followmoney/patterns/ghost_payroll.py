"""Ghost payroll: salaries of several employees end at one place, or come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, ClassVar

from followmoney.engines import Scope
from followmoney.patterns._innocent_payroll import couple, lives_of_their_own, repaid_advance
from followmoney.patterns._pattern import Margin, Pattern
from followmoney.patterns._threshold import MAJOR, exact, micros, threshold

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits


@dataclass(frozen=True, kw_only=True)
class GhostPayroll(Pattern):
    """Salaries of several employees end in one account or at one address, or come back to who controls the payer.

    A salary is the same amount, `least` or more, in the same currency from the same payer to the same account in at
    least `months` calendar months (UTC); the payee's holder is a person, or it is not known what the holder is and the
    purpose names a salary (whole words); the payer's holder is no person and not the payee's. A place is an account,
    the accounts of one holder, or the accounts of holders with the same address (street, postcode, town and country; a
    street at least).
    It is a hit if (1) in at least `months` calendar months a place got at least `employees` salaries of a payer; or (2)
    of the salaries of a payer to an account, in at least `months` calendar months, between `returned` and `high` came
    back: what that account, in their currency, after the last salary of a day (UTC) and before the first of the next
    such day, within `days`, paid to accounts held by the payer's holder, by a director or nominee of it, or by who has
    an interest of `control` or more in it (roles and interests at any time), against the salaries of the day together.
    The salaries in (1) of those months, those of (2) with the payments that came back, are one finding a payer and
    currency.
    Cost: a sort of the payments to persons and of those whose purpose names a salary.
    Source: AMLTRIX T0068; ACFE, Occupational Fraud (ghost employees).
    """

    employees: int = threshold(2, "Salaries a month to one place, at least.", unit="transactions", low=2)
    months: int = threshold(3, "Calendar months, at least.", unit="months", low=1)
    least: dict[str, int] = threshold(  # noqa: RUF009
        {"EUR": 400, "USD": 400, "GBP": 400, "CHF": 400}, "A salary, at least.", unit=MAJOR, low=1
    )
    days: float = threshold(30, "From a salary to what comes back of it.", unit="days")
    returned: float = threshold(0.5, "Comes back, as a share of the salary, at least.", unit="share")
    high: float = threshold(1.05, "Comes back, as a share of the salary, at most.", unit="share", high=inf)
    control: float = threshold(
        0.25, "Share that makes an owner a controller, at least.", unit="share",
        source="Regulation (EU) 2024/1624 art 52",
    )  # fmt: skip

    amltrix: ClassVar = "T0068"
    counted: ClassVar = "out"
    uses: ClassVar = ("purpose", "party.id", "party.kind")
    sentence: ClassVar = (
        "{subject} paid {count} monthly salaries, each of the same amount every month, {amount} together, from {begin} "
        "to {end} to {places}{back}."
    )
    margins: ClassVar = (Margin("at_one_place", "employees"), Margin("paid_months", "months"))
    innocent: ClassVar = (couple, lives_of_their_own, repaid_advance)
    example: ClassVar = """
        party C1 company "Dock Services" ES sector=52.24
        party P1 person "Ana" ES
        party P2 person "Luis" ES
        party P3 person "Eva" ES
        role P3 C1 director
        address P1 "Calle Mayor 1" postcode=28013 city=Madrid ES
        address P2 "Calle Mayor 1" postcode=28013 city=Madrid ES
        account A holder=C1
        account B holder=P1
        account C holder=P2
        account D holder=P3
        2024-01-30 A -> B 1,900.00 "nomina 01"
        2024-01-30 A -> C 2,100.00 "nomina 01"
        2024-02-02 B -> D 1,500.00
        2024-02-28 A -> B 1,900.00 "nomina 02"
        2024-02-28 A -> C 2,100.00 "nomina 02"
        2024-03-01 B -> D 1,500.00
        2024-03-29 A -> B 1,900.00 "nomina 03"
        2024-03-29 A -> C 2,100.00 "nomina 03"
        2024-04-01 B -> D 1,500.00
    """
    counter_example: ClassVar = """
        -- employees with accounts and addresses of their own, one of whom has the rent paid to the owner of the firm
        party C1 company "Dock Services" ES sector=52.24
        party P1 person "Ana" ES
        party P2 person "Luis" ES
        party P3 person "Eva" ES
        role P3 C1 director
        address P1 "Calle Mayor 1" postcode=28013 city=Madrid ES
        address P2 "Calle Menor 9" postcode=28013 city=Madrid ES
        account A holder=C1
        account B holder=P1
        account C holder=P2
        account D holder=P3
        2024-01-30 A -> B 1,900.00 "nomina 01"
        2024-01-30 A -> C 2,100.00 "nomina 01"
        2024-02-02 B -> D 650.00 "rent"
        2024-02-28 A -> B 1,900.00 "nomina 02"
        2024-02-28 A -> C 2,100.00 "nomina 02"
        2024-03-02 B -> D 650.00 "rent"
        2024-03-29 A -> B 1,900.00 "nomina 03"
        2024-03-29 A -> C 2,100.00 "nomina 03"
        2024-04-02 B -> D 650.00 "rent"
    """

    @property
    def scope(self) -> Scope:
        """The whole ledger, for the registry tells who shares what."""
        return Scope()

    def hits(self, flows: Flows) -> Hits:
        """Salaries to one place, and those that come back, by payer and currency."""
        import numpy as np

        from followmoney.patterns._hits import LINK, OUT, Hits
        from followmoney.patterns._payroll import came_back, places, salaries, together
        from followmoney.patterns._windows import keys

        band = exact(self.returned), exact(self.high)
        flows.multiply(*band)
        at, regular = salaries(flows, flows.minor(self.least), self.months)
        at = at[regular]
        shown = np.zeros(len(at), bool)
        for place in flows.once(places):
            shown |= together(flows, at, place[flows.beneficiary[at]], self.employees, self.months)
        span = micros(self.days, "days")
        gone, back = came_back(flows, at, span=span, band=band, months=self.months, control=self.control)
        out = at[shown | gone]
        link, source = back
        whose, role = np.r_[out, source], np.r_[np.full(len(out), OUT), np.full(len(link), LINK)]
        payer = flows.originator[whose]
        return Hits.grouped(payer, keys(payer, flows.currency[whose]), np.r_[out, link], role)

    def more(self, hit: Hit) -> Mapping[str, float | str | None]:
        """How many accounts, over how many months, how many salaries a month at one place, and what came back."""
        import numpy as np

        from followmoney.patterns._payroll import at_one_place
        from followmoney.schema.codes import money

        flows, paid, back = hit.flows, hit.rows("out"), hit.rows("link")
        accounts = len(np.unique(flows.beneficiary[paid]))
        code = flows.currencies[flows.currency[paid[0]]]
        source = paid[np.isin(flows.beneficiary[paid], flows.originator[back])]
        came = money(min(int(flows.amount[back].sum()), int(flows.amount[source].sum())), code)
        together = at_one_place(flows, paid, self.months)
        ends = f"{accounts} accounts{'' if len(back) else ' that belong together'}"
        return {
            "paid_months": len(np.unique(hit.months(paid))),
            "at_one_place": together if together >= self.employees else None,
            "places": "one account" if accounts == 1 else ends,
            "back": f", and {came} of it came back to who controls it" if len(back) else "",
        }
