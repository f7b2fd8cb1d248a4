"""What net worth and expenditure have in common: cash at hand, what was lived on, and what lawful sources brought."""

from __future__ import annotations

from followmoney.case._finances import Finances, Range, total
from followmoney.case.unexplained import Line, Unexplained, line, summed

_LIVED = (("living_cost", 1, "Living costs"), ("income", -1, "Lawful income"), ("receipt", -1, "Other receipts"))


def explained(method: str, known: Finances, built_up: list[Line], opening_cash: Range | None) -> Unexplained:
    """What was built up in things and debts (lines of the method), with cash and living costs, less lawful sources."""
    cash, cited, notes = known.opening_cash(opening_cash)
    later = known.stood("cash_on_hand", known.end)
    lines = [
        *built_up,
        line("Cash at hand at the end", 1, total(later), later),
        line("Cash at hand at the start", -1, cash, cited),
    ]
    for kind, sign, word in _LIVED:
        rows = known.ran(kind)
        lines.append(line(word, sign, total(rows), rows))
    frame, least, most = summed(lines)
    notes += known.cut_through(*(kind for kind, _, _ in _LIVED))
    return Unexplained(method, known.party, known.currency, known.start, known.end, least, most, frame, notes)
