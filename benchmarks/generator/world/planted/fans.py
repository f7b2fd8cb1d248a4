"""Forms in which money gathers and parts: fans, both together, and groups that pay groups.

Sizes, spans and amounts follow the 370 attempts of AMLworld HI-Small (Altman et al. 2023) and AMLGentex: 2 to 16
counterparties, spans of days (the middle three to four), amounts within a fan that have nothing to do with one another.
"""

from __future__ import annotations

from benchmarks.generator.world.planting import DAY, HOUR, Plot


def fan_in(plot: Plot) -> None:
    """Strangers pay one account within days."""
    who, start = plot.person(), plot.start(17)
    span = plot.between(2, 16) if plot.between(0, 3) == 0 else plot.between(2, 5)
    for _ in range(plot.between(5, 16)):
        plot.pay(start + plot.between(0, span * DAY), plot.person(), who, plot.some(190_000, 0.7), "in")


def fan_out(plot: Plot) -> None:
    """One account pays strangers within days."""
    who, start = plot.person(), plot.start(17)
    span = plot.between(2, 16) if plot.between(0, 3) == 0 else plot.between(2, 5)
    for _ in range(plot.between(5, 16)):
        plot.pay(start + plot.between(0, span * DAY), who, plot.person(), plot.some(190_000, 0.7), "out")


def scatter_gather(plot: Plot) -> None:
    """A sum is split over several accounts and reunited elsewhere; one leg in ten is booked the wrong way round."""
    source, end, start = plot.firm(), plot.firm(), plot.start(11)
    for _ in range(plot.between(3, 12)):
        middle, amount = plot.person(), plot.some(430_000, 0.5)
        time, gap = start + plot.between(0, 2 * DAY), plot.gap(18)
        early, late = (time + gap, time) if plot.between(1, 10) == 1 else (time, time + gap)
        plot.pay(early, source, middle, amount, "out")
        plot.pay(late, middle, end, plot.kept(amount, 0.97, 0.07), "in")


def gather_scatter(plot: Plot) -> None:
    """Many pay one account, which pays many others; in most the first leave before the last have come."""
    hub, start, total = plot.firm(), plot.start(13), 0
    span = plot.between(3, 8)
    for _ in range(plot.between(3, 12)):
        amount = plot.some(420_000, 0.5)
        total += amount
        plot.pay(start + plot.between(0, span * DAY * 6 // 10), plot.person(), hub, amount, "in")
    many = plot.between(3, 12)
    for _ in range(many):
        share = plot.kept(total // many, 0.94, 0.12)
        plot.pay(start + plot.between(span * DAY * 4 // 10, span * DAY), hub, plot.person(), share, "out")


def bipartite(plot: Plot) -> None:
    """Several accounts pay the same several others; some of the pairs are missing."""
    start, span = plot.start(13), plot.between(2, 12)
    payers = [plot.person() for _ in range(plot.between(3, 6))]
    payees = [plot.person() for _ in range(plot.between(3, 6))]
    _layer(plot, start, span, payers, payees)


def stack(plot: Plot) -> None:
    """Several pay several, who pay several others."""
    start, span = plot.start(20), plot.between(2, 7)
    first, second, third = ([plot.person() for _ in range(plot.between(3, 5))] for _ in range(3))
    _layer(plot, start, span, first, second)
    _layer(plot, start + span * DAY + plot.between(HOUR, DAY), span, second, third)


def _layer(plot: Plot, start: int, span: int, payers: list[int], payees: list[int]) -> None:
    for payer in payers:
        left_out = plot.between(0, 2 * len(payees))
        for n, payee in enumerate(payees):
            if n != left_out:
                plot.pay(start + plot.between(0, span * DAY), payer, payee, plot.some(150_000, 0.5), "link")
