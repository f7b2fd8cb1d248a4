"""The planted schemes: one function a pattern, each writes one scheme into its plot."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from .planting import DAY, HOUR, Plot
from .rows import DEPOSIT


def structuring(plot: Plot) -> None:
    """Cash just below 10,000, several times within a week, into one account."""
    who, start = plot.person(), plot.start(6)
    for _ in range(plot.between(4, 8)):
        plot.cash(start + plot.between(0, 6 * DAY), who, plot.between(161, 199) * 5_000, DEPOSIT)


def pass_through(plot: Plot) -> None:
    """Money comes in and nearly all of it leaves within a day and a half."""
    source, middle, end, start = plot.firm(), plot.firm(), plot.firm(), plot.start(2)
    amount = plot.between(1_500_000, 9_000_000)
    plot.pay(start, source, middle, amount, "in")
    plot.pay(start + plot.between(4 * HOUR, 36 * HOUR), middle, end, _kept(plot, amount, 930, 985), "out")


def fan_in(plot: Plot) -> None:
    """Many strangers pay one account within days."""
    who, start = plot.person(), plot.start(6)
    for _ in range(plot.between(6, 12)):
        plot.pay(start + plot.between(0, 6 * DAY), plot.person(), who, plot.between(80_000, 480_000), "in")


def fan_out(plot: Plot) -> None:
    """One account pays many strangers within days."""
    who, start = plot.person(), plot.start(6)
    for _ in range(plot.between(6, 12)):
        plot.pay(start + plot.between(0, 6 * DAY), who, plot.person(), plot.between(80_000, 480_000), "out")


def cycle(plot: Plot) -> None:
    """Money goes round through three to six firms and comes home a little smaller."""
    ring = [plot.firm() for _ in range(plot.between(3, 6))]
    time, amount = plot.start(18), plot.between(1_000_000, 8_000_000)
    for payer, payee in zip(ring, [*ring[1:], ring[0]], strict=True):
        plot.pay(time, payer, payee, amount, "link")
        time += plot.between(4 * HOUR, 60 * HOUR)
        amount = _kept(plot, amount, 920, 990)


def scatter_gather(plot: Plot) -> None:
    """A sum is split over several accounts and reunited elsewhere."""
    source, end, start = plot.firm(), plot.firm(), plot.start(10)
    for _ in range(plot.between(4, 8)):
        middle, amount = plot.person(), plot.between(200_000, 950_000)
        time = start + plot.between(0, 4 * DAY)
        plot.pay(time, source, middle, amount, "out")
        plot.pay(time + plot.between(6 * HOUR, 5 * DAY), middle, end, _kept(plot, amount, 930, 990), "in")


def gather_scatter(plot: Plot) -> None:
    """Many pay one account, which then pays many others about the same in all."""
    hub, start, total = plot.firm(), plot.start(6), 0
    for _ in range(plot.between(5, 8)):
        amount = plot.between(200_000, 900_000)
        total += amount
        plot.pay(start + plot.between(0, 3 * DAY), plot.person(), hub, amount, "in")
    many = plot.between(5, 8)
    for _ in range(many):
        share = _kept(plot, total // many, 900, 990)
        plot.pay(start + 3 * DAY + plot.between(HOUR, 3 * DAY), hub, plot.person(), share, "out")


def layering_chain(plot: Plot) -> None:
    """One sum moves on through six to nine firms, a little smaller each time."""
    line = [plot.firm() for _ in range(plot.between(6, 9))]
    time, amount = plot.start(20), plot.between(2_000_000, 9_900_000)
    for payer, payee in pairwise(line):
        plot.pay(time, payer, payee, amount, "link")
        time += plot.between(2 * HOUR, 60 * HOUR)
        amount = _kept(plot, amount, 930, 995)


def _kept(plot: Plot, amount: int, low: int, high: int) -> int:
    return amount * plot.between(low, high) // 1_000


SCHEMES: Final[tuple[Callable[[Plot], None], ...]] = (
    structuring,
    pass_through,
    fan_in,
    fan_out,
    cycle,
    scatter_gather,
    gather_scatter,
    layering_chain,
)
