"""Forms behind a front: a shop's till, an exchange of crypto, a listed country, a job at a port."""

from __future__ import annotations

from benchmarks.generator.world.cast import LISTED, company, exchange, relative, terminal
from benchmarks.generator.world.planting import DAY, HOUR, Plot
from benchmarks.generator.world.rows import CARD, CONSULTING, GOODS, INVOICE, SALARY, SOLD_CRYPTO, TRANSFER

_FRONTS = ("56.10", "45.20", "96.02", "93.13", "47.73", "56.30", "47.77", "45.11")


def cash_intensive(plot: Plot) -> None:
    """A front pays in cash that no customer brought: often in round sums, often while it is closed."""
    who, start, length = company(plot, sector=plot.one_of(_FRONTS)), plot.start(100), 100
    shut = plot.between(20, 70) if plot.between(0, 2) else length
    customers(plot, who, start, shut)
    even, begin = plot.between(15, 95), plot.between(0, shut)
    for _ in range(plot.between(8, 45)):
        amount = plot.some(280_000, 0.6)
        unit = 50_000 if plot.between(1, 100) <= even else 500
        plot.cash(start + plot.between(begin * DAY, length * DAY), who, max(unit, amount // unit * unit))


def customers(plot: Plot, who: int, start: int, days: int) -> None:
    """Card payments to a shop on every day but Sunday, which are no part of a scheme."""
    for day in range(0, days, 2):
        if day % 7 != 6:
            time = start + day * DAY + plot.between(0, 10 * HOUR)
            plot.pay(time, plot.person(), who, plot.some(4_500, 0.7), None, kind=CARD)


def crypto_off_ramp(plot: Plot) -> None:
    """Crypto is sold at one or several exchanges, and most of it is gone from the bank within hours, or a few days."""
    who = plot.spare() if plot.between(0, 1) else plot.person()
    time, came = plot.start(9), 0
    houses = [exchange(plot) for _ in range(plot.between(1, 3))]
    for _ in range(plot.between(1, 4)):
        amount = plot.some(650_000, 0.7)
        came += amount
        plot.pay(time, plot.one_of(houses), who, amount, "in", kind=SOLD_CRYPTO)
        time += plot.gap(1, 20)
    many, left = plot.between(1, 3), min(came, plot.kept(came, 0.93, 0.1))
    for n in range(many, 0, -1):
        amount = left // n
        left -= amount
        time += plot.gap(2, 60)
        if plot.between(0, 3) or amount < 20_000:
            plot.pay(time, who, plot.person() if plot.between(0, 1) else plot.firm(), amount, "out")
        else:
            plot.withdraw(time, who, amount // 1_000 * 1_000)


def high_risk_corridor(plot: Plot) -> None:
    """Who never dealt with a country that the FATF monitors pays much there within weeks, and little says what for."""
    payer, place = plot.firm() if plot.between(0, 2) else plot.person(), plot.one_of(LISTED)
    start, span = plot.start(45, after_days=110), plot.between(5, 40)
    payees = [company(plot, place) if plot.between(0, 1) else relative(plot, place) for _ in range(plot.between(1, 3))]
    for _ in range(plot.between(2, 8)):
        kind = plot.one_of((CONSULTING, CONSULTING, TRANSFER, TRANSFER, INVOICE, GOODS))
        time, amount = start + plot.between(0, span * DAY), plot.some(450_000, 0.8)
        plot.pay(time, payer, plot.one_of(payees), amount, "out", kind=kind)


def port_fan_in(plot: Plot) -> None:
    """Who works at a terminal is paid for a container by people he has nothing to do with, in cash or by transfer."""
    who, start = docker(plot), plot.start(45, after_days=31)
    span = plot.between(1, 14)
    # Insiders get 7 to 15 % of what a shipment is worth (Europol 2023), in parts.
    whole, cash, many = plot.some(1_400_000, 0.7), plot.between(0, 100), plot.between(2, 8)
    for _ in range(many):
        time, amount = start + plot.between(0, span * DAY), plot.kept(whole // many, 1.0, 0.4)
        if plot.between(1, 100) <= cash:
            plot.cash(time, who, max(10_000, amount // 5_000 * 5_000), carrier=plot.person())
        else:
            plot.pay(time, plot.person(), who, amount, "in")


def docker(plot: Plot) -> int:
    """Somebody who works at a terminal, and gets wages there."""
    who, employer, start = plot.person(), terminal(plot), plot.start(125)
    if plot.between(0, 1):
        plot.ground.told.roles.append((who, employer, "other", None))
    else:
        plot.ground.told.sectors[who] = "52.24"
    for month in range(4):
        plot.pay(start + month * 30 * DAY, employer, who, plot.kept(310_000, 1.0, 0.05), None, kind=SALARY)
    return who
