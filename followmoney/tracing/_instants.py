"""Payments that one account makes at one instant, for rules that look at them together."""

from __future__ import annotations

from followmoney.tracing._tape import Tape


def outputs(tape: Tape) -> dict[int, tuple[list[int], int]]:
    """Position of a transaction → what its payer goes on to pay at that instant, before anything comes in.

    That is: the first so many of these amounts, which all transactions of the instant share, last payment first.
    """
    if tape.time is None:
        return {}
    found: dict[int, tuple[list[int], int]] = {}
    after: dict[int, tuple[int, list[int]]] = {}  # by purse: instant, amounts from here on, the last first
    rows = zip(*(column[::-1].tolist() for column in (tape.paid, tape.got, tape.amount, tape.time)), strict=True)
    for back, (paid, got, amount, time) in enumerate(rows, 1):
        after.pop(got, None)
        if paid not in after or after[paid][0] != time:
            after[paid] = time, []
        amounts = after[paid][1]
        if amounts:
            found[len(tape) - back] = amounts, len(amounts)
        amounts.append(amount)
    return found
