"""Forms in which one sum moves on: through one account, through a chain, round, and peeled off on the way."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.generator.world.planting import HOUR, Plot


def pass_through(plot: Plot) -> None:
    """Money comes in and nearly all of it leaves within two days, in one or several payments."""
    middle, start = plot.firm(), plot.start(3)
    came, last = 0, start
    for _ in range(plot.between(1, 3)):
        amount, last = plot.between(1_000_000, 5_000_000), last + plot.between(0, 5 * HOUR)
        plot.pay(last, plot.firm(), middle, amount, "in")
        came += amount
    many = plot.between(1, 3)
    for _ in range(many):
        last += plot.between(HOUR, 10 * HOUR)
        plot.pay(last, middle, plot.firm(), came * plot.between(900, 990) // (1_000 * many), "out")


def cycle(plot: Plot) -> None:
    """Money goes round through two to eight firms and comes home; one in ten has a hop booked too early."""
    ring = [plot.firm() for _ in range(plot.between(3, 9))]
    time, amount, hops = plot.start(20), plot.between(1_100_000, 8_000_000), list[int]()
    for _ in ring:
        hops.append(time)
        time += plot.gap()
    if len(hops) > 3 and plot.between(1, 10) == 1:
        hops[1], hops[2] = hops[2], hops[1]
    for hop, payer, payee in zip(hops, ring, [*ring[1:], ring[0]], strict=True):
        plot.pay(hop, payer, payee, amount, "link")
        amount = plot.kept(amount)


def layering(plot: Plot) -> None:
    """One sum moves on through six to nine firms, mostly a little smaller each time."""
    line = [plot.firm() for _ in range(plot.between(6, 9))]
    time, amount = plot.start(20), plot.between(1_500_000, 9_900_000)
    for payer, payee in pairwise(line):
        plot.pay(time, payer, payee, amount, "link")
        time += plot.gap(most_hours=70)
        amount = plot.kept(amount, 0.965, 0.025)


def peel_chain(plot: Plot) -> None:
    """A sum moves on again and again, and each time a slice goes to somebody else."""
    line = [plot.person() for _ in range(plot.between(8, 14))]
    time, amount = plot.start(20), plot.between(2_500_000, 9_000_000)
    for payer, payee in pairwise(line):
        plot.pay(time, payer, payee, amount, "link")
        slice_ = amount * plot.between(30, 190) // 1_000
        time += plot.gap(5, 48)
        plot.pay(time - plot.between(0, HOUR), payee, plot.person(), slice_, "out")
        amount -= slice_ + plot.between(0, 2_000)
