"""Innocent things that look like schemes: takings, machines, students, families, new firms, a house sold."""

from __future__ import annotations

from benchmarks.generator.world.planting import DAY, Plot


def innocent_takings(plot: Plot) -> None:
    """A shop brings its takings every day but Sunday, as often above 10,000 as below."""
    shop, start = plot.shop(), plot.start(40)
    for day in range(40):
        if day % 7 != 6:
            plot.cash(start + day * DAY, shop, plot.between(1_100, 2_600) * 500)


def innocent_vending(plot: Plot) -> None:
    """Who fills vending machines pays their coins in at several branches, week after week."""
    who, start = plot.shop(), plot.start(56)
    branches = [plot.desk(who) for _ in range(4)]
    for week in range(8):
        for branch in branches:
            for _ in range(plot.between(2, 4)):
                time = start + week * 7 * DAY + plot.between(0, 2 * DAY)
                plot.cash(time, who, plot.between(4_000, 18_000) * 10, desk=branch)


def innocent_student(plot: Plot) -> None:
    """Parents pay cash in at home, month after month, and it is spent slowly elsewhere."""
    who, start = plot.person(), plot.start(66)
    home, parent = plot.desks(2)[0], plot.person()
    for month in range(2):
        plot.cash(start + month * 30 * DAY, who, plot.between(30, 60) * 1_000, desk=home, carrier=parent)
        for week in range(4):
            plot.withdraw(start + month * 30 * DAY + week * 7 * DAY + DAY, who, plot.between(4, 10) * 1_000)


def innocent_wedding(plot: Plot) -> None:
    """Relatives bring cash for a wedding, each what it likes."""
    who, start = plot.person(), plot.start(9)
    for _ in range(plot.between(3, 8)):
        plot.cash(
            start + plot.between(0, 8 * DAY), who, plot.between(2, 40) * 5_000, desk=plot.desk(), carrier=plot.person()
        )


def innocent_tour_group(plot: Plot) -> None:
    """Travellers of one coach take cash from the same machine, each as much as it needs."""
    time, machine = plot.start(1), plot.desk()
    for _ in range(plot.between(4, 9)):
        time += plot.between(60, 240)
        plot.withdraw(time, plot.person(), plot.between(2, 30) * 1_000, desk=machine)


def innocent_new_shop(plot: Plot) -> None:
    """A new business is paid by its first customers and keeps most of it, or buys goods with it."""
    start = plot.start(60, after_days=10)
    who, supplier = plot.spare(start - plot.between(5, 30) * DAY), plot.firm()
    for week in range(6):
        for _ in range(plot.between(3, 8)):
            plot.pay(
                start + week * 7 * DAY + plot.between(0, 6 * DAY), plot.person(), who, plot.some(60_000, 0.7), "in"
            )
        plot.pay(start + week * 7 * DAY + 6 * DAY, who, supplier, plot.some(90_000, 0.3), "out")


def innocent_house_sold(plot: Plot) -> None:
    """A long silent savings account is paid for a house, and buys another weeks later."""
    who, start = plot.spare(), plot.start(50, after_days=195)
    plot.pay(plot.ground.first + plot.between(0, DAY), plot.person(), who, plot.between(10, 90) * 100, None)
    price = plot.between(180, 420) * 100_000
    plot.pay(start, plot.firm(), who, price, "in")
    plot.pay(start + plot.between(25, 45) * DAY, who, plot.firm(), price * plot.between(300, 900) // 1_000, "out")


def innocent_association(plot: Plot) -> None:
    """An association's members pay every month, and it spends on several things."""
    who, start = plot.firm(), plot.start(66)
    members = [(plot.person(), plot.between(2, 10) * 1_000) for _ in range(plot.between(30, 45))]
    for month in range(2):
        begin = start + month * 30 * DAY
        for member, fee in members:
            plot.pay(begin + plot.between(0, 20 * DAY), member, who, fee, "in")
        for _ in range(plot.between(3, 6)):
            plot.pay(begin + plot.between(5 * DAY, 28 * DAY), who, plot.firm(), plot.some(30_000, 0.5), "out")
