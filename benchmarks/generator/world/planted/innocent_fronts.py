"""Innocent things that look like fronts: small shops, savers, importers, families far away, overtime, a car sold."""

from __future__ import annotations

from benchmarks.generator.world.cast import LISTED, company, exchange, relative, second
from benchmarks.generator.world.planting import DAY, HOUR, Plot
from benchmarks.generator.world.rows import CARD, GOODS, INVOICE, SALARY, SOLD_CRYPTO

from .fronts import customers, docker


def innocent_kiosk(plot: Plot) -> None:
    """A kiosk pays in what was in its till every few evenings, notes and coins, all the time."""
    who, start = company(plot, sector=plot.one_of(("47.11", "47.26", "56.10", "45.20"))), plot.start(100)
    customers(plot, who, start, 100)
    day, usual = plot.between(0, 2), plot.some(70_000, 0.4)
    while day < 100:
        plot.cash(start + day * DAY + 11 * HOUR, who, plot.kept(usual, 1.0, 0.3) // 5 * 5)
        day += plot.between(1, 4)


def innocent_stall(plot: Plot) -> None:
    """Who has a stall on markets pays in the notes after each weekend, and closes for weeks between two seasons."""
    who, start = company(plot, sector=plot.one_of(("47.81", "47.82", "56.29", "90.03"))), plot.start(125)
    pause = plot.between(5, 10)
    for week in range(17):
        if not 0 <= week - pause < 4:
            for _ in range(plot.between(0, 3)):
                time = start + week * 7 * DAY + plot.between(0, 2 * DAY)
                plot.pay(time, plot.person(), who, plot.some(4_000, 0.6), None, kind=CARD)
            monday = start + week * 7 * DAY + 2 * DAY + plot.between(8 * HOUR, 16 * HOUR)
            plot.cash(monday, who, plot.some(190_000, 0.4) // 1_000 * 1_000 + 1_000)


def innocent_crypto_saver(plot: Plot) -> None:
    """Who has saved in crypto for months sells it, and lives on the money or buys a car with part of it."""
    who, house, start = plot.person(), exchange(plot), plot.start(120)
    for month in range(3):
        plot.pay(start + month * 30 * DAY, who, house, plot.some(60_000, 0.3), "link")
    sold = start + 90 * DAY
    amount = plot.some(900_000, 0.5)
    plot.pay(sold, house, who, amount, "in", kind=SOLD_CRYPTO)
    for week in range(plot.between(2, 4)):
        gone = amount * plot.between(30, 250) // 1_000
        plot.pay(sold + week * 7 * DAY + plot.between(2 * HOUR, 6 * DAY), who, plot.firm(), gone, "out")


def innocent_crypto_trader(plot: Plot) -> None:
    """Who buys and sells crypto all the time moves what was sold to an account of his own the same day."""
    who, house, start = plot.person(), exchange(plot), plot.start(60)
    own = second(plot, who) if plot.between(0, 1) else who
    for n in range(plot.between(4, 8)):
        time, amount = start + n * 7 * DAY, plot.some(500_000, 0.5)
        plot.pay(time, who, house, amount, "out")
        sold = plot.kept(amount, 1.0, 0.15)
        time += plot.between(DAY, 5 * DAY)
        plot.pay(time, house, who, sold, "in", kind=SOLD_CRYPTO)
        if own != who:
            plot.pay(time + plot.gap(3, 24), who, own, plot.kept(sold, 0.98, 0.02), "out")


def innocent_importer(plot: Plot) -> None:
    """An importer buys in a country that the FATF monitors, month after month, more before its season."""
    who, place, start = plot.firm(), plot.one_of(LISTED), plot.start(185)
    houses = [company(plot, place) for _ in range(plot.between(1, 2))]
    season = plot.between(2, 5)
    for month in range(6):
        for house in houses:
            amount = plot.some(700_000, 0.4) * (3 if month == season else 1)
            kind = plot.one_of((INVOICE, GOODS))
            plot.pay(start + month * 30 * DAY + plot.between(0, 20 * DAY), who, house, amount, "out", kind=kind)


def innocent_family_abroad(plot: Plot) -> None:
    """Somebody sends money home every month, and once a large sum for a roof or a wedding."""
    who, start = plot.person(), plot.start(185)
    home, usual, large = relative(plot, plot.one_of(LISTED)), plot.between(100, 450) * 100, plot.between(3, 5)
    for month in range(6):
        time = start + month * 30 * DAY + plot.between(0, 3 * DAY)
        plot.pay(time, who, home, usual, "out")
        if month == large:
            plot.pay(time + 9 * DAY, who, home, plot.some(450_000, 0.5), "out")


def innocent_delisted(plot: Plot) -> None:
    """A firm begins to buy in the Emirates after the FATF took them off its list on 23 February 2024."""
    who, start = plot.firm(), plot.start(50, after_days=60)
    houses = [company(plot, "AE") for _ in range(plot.between(1, 2))]
    for _ in range(plot.between(2, 7)):
        kind = plot.one_of((INVOICE, GOODS))
        plot.pay(start + plot.between(0, 35 * DAY), who, plot.one_of(houses), plot.some(600_000, 0.7), "out", kind=kind)


def innocent_overtime(plot: Plot) -> None:
    """Who works at a port works for other firms of the trade too, and is paid by several in one week."""
    who, start = docker(plot), plot.start(60, after_days=31)
    firms = [company(plot, sector=plot.one_of(("49.41", "52.29", "46.31", "78.20", "50.40"))) for _ in range(3)]
    for _ in range(plot.between(3, 6)):
        plot.pay(start + plot.between(0, 9 * DAY), plot.one_of(firms), who, plot.some(170_000, 0.5), "in", kind=SALARY)


def innocent_car_sold(plot: Plot) -> None:
    """Who works at a port sells his car for cash, while colleagues pay back their share of a trip."""
    who, start = docker(plot), plot.start(50, after_days=31)
    plot.cash(start + plot.between(0, 6 * DAY), who, plot.between(40, 250) * 5_000)
    for _ in range(plot.between(1, 5)):
        plot.pay(start + plot.between(0, 6 * DAY), plot.person(), who, plot.between(5, 40) * 1_000, "in")
