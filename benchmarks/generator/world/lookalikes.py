"""Innocent things that look like schemes: takings, club fees, a payroll, a forwarding agent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .planting import DAY, HOUR, Plot
from .rows import DEPOSIT, DUTIES, FEE, SALARY


def innocent_takings(plot: Plot) -> None:
    """A shop brings its takings every day but Sunday, as often above 10,000 as below."""
    shop, start = plot.shop(), plot.start(40)
    for day in range(40):
        if day % 7 != 6:
            plot.cash(start + day * DAY, shop, plot.between(1_100, 2_600) * 500, DEPOSIT)


def innocent_club_fees(plot: Plot) -> None:
    """Members pay their club the same fee within ten days, and again a month later."""
    club, start, fee = plot.firm(), plot.start(42), plot.between(30, 240) * 100
    members = [plot.person() for _ in range(plot.between(15, 40))]
    for month in range(2):
        for member in members:
            plot.pay(start + month * 30 * DAY + plot.between(0, 10 * DAY), member, club, fee, "in", kind=FEE)


def innocent_payroll(plot: Plot) -> None:
    """A firm pays its staff the same wages on the same day, month after month."""
    firm, start = plot.firm(), plot.start(62)
    staff = [(plot.person(), plot.between(150_000, 420_000)) for _ in range(plot.between(12, 30))]
    for month in range(3):
        for person, wage in staff:
            plot.pay(start + month * 30 * DAY, firm, person, wage, "out", kind=SALARY)


def innocent_forwarding(plot: Plot) -> None:
    """A customs agent passes on what its clients owe, less its fee, the same day and every other week."""
    agent, office, start = plot.firm(), plot.firm(), plot.start(44)
    clients = [plot.firm() for _ in range(3)]
    for week in range(0, 6, 2):
        for client in clients:
            time, amount = start + week * 7 * DAY + plot.between(0, DAY), plot.between(600_000, 2_400_000)
            plot.pay(time, client, agent, amount, "in", kind=DUTIES)
            plot.pay(time + plot.between(2 * HOUR, 20 * HOUR), agent, office, amount * 985 // 1_000, "out", kind=DUTIES)


LOOKALIKES: Final[tuple[Callable[[Plot], None], ...]] = (
    innocent_takings,
    innocent_club_fees,
    innocent_payroll,
    innocent_forwarding,
)
