"""Net worth: what a party's wealth grew by, and lawful sources do not explain."""

from __future__ import annotations

from datetime import date

from followmoney.case._finances import Finances, Range, total
from followmoney.case._wealth import explained
from followmoney.case.unexplained import Line, Unexplained, line
from followmoney.ledger import Ledger


def net_worth(
    ledger: Ledger,
    party: str,
    start: date,
    end: date,
    *,
    currency: str = "EUR",
    opening_cash: Range | None = None,
) -> Unexplained:
    """What a party's wealth grew by between two days, plus what was spent, less lawful income and receipts.

    Wealth is assets and cash less debts, on the first day and the last; lines of income, receipts and living costs
    count where they lie between. `opening_cash` (least, most; minor units) answers the classic defence that the money
    was cash kept at home; without it the stated cash counts, or none with a note.

    Raises:
        InputError: Nothing is known of the party on one of the days. SettingsError: Days or cash in the wrong order.

    Source: net worth method (IRM 9.5.9.5): increase in net worth + expenditures - lawful income - other receipts.
    """
    known = Finances.of(ledger, party, start, end, currency)
    known.needs(start)
    known.needs(end)
    lines = list[Line]()
    for kind, sign, word in (("asset", 1, "Assets"), ("debt", -1, "Debts")):
        later, before = known.stood(kind, end), known.stood(kind, start)
        lines.append(line(f"{word} at the end", sign, total(later), later))
        lines.append(line(f"{word} at the start", -sign, total(before), before))
    return explained("Net worth", known, lines, opening_cash)
