"""Innocent things that look like schemes: fees, wages, refunds, agents, markets, suppliers, groups of companies."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.generator.world.planting import DAY, HOUR, Plot
from benchmarks.generator.world.rows import DUTIES, FEE, PAYOUT, REFUND, RENT, SALARY


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


def innocent_refunds(plot: Plot) -> None:
    """A shop pays customers back what each had paid it."""
    shop, start = plot.shop(), plot.start(40)
    for _ in range(plot.between(8, 20)):
        customer, amount = plot.person(), plot.some(60_000, 0.6)
        plot.pay(start + plot.between(0, 20 * DAY), customer, shop, amount, "in")
        plot.pay(start + 30 * DAY + plot.between(0, 4 * DAY), shop, customer, amount, "out", kind=REFUND)


def innocent_forwarding(plot: Plot) -> None:
    """A customs agent passes on what its clients owe, less its fee, the same day and every other week."""
    agent, office, start = plot.firm(), plot.firm(), plot.start(44)
    clients = [plot.firm() for _ in range(3)]
    for week in range(0, 6, 2):
        for client in clients:
            time, amount = start + week * 7 * DAY + plot.between(0, DAY), plot.between(600_000, 2_400_000)
            plot.pay(time, client, agent, amount, "in", kind=DUTIES)
            plot.pay(time + plot.between(2 * HOUR, 20 * HOUR), agent, office, amount * 985 // 1_000, "out", kind=DUTIES)


def innocent_market(plot: Plot) -> None:
    """A market place is paid by buyers and pays its sellers every week, less its commission."""
    market, start = plot.firm(), plot.start(44)
    sellers = [plot.firm() for _ in range(plot.between(3, 6))]
    for week in range(6):
        came = 0
        for _ in range(plot.between(4, 9)):
            amount = plot.some(120_000, 0.6)
            came += amount
            plot.pay(start + week * 7 * DAY + plot.between(0, 5 * DAY), plot.person(), market, amount, "in")
        for seller in sellers:
            paid = plot.kept(came * 92 // 100 // len(sellers), 1.0, 0.3)
            plot.pay(start + week * 7 * DAY + 6 * DAY, market, seller, paid, "out", kind=PAYOUT)


def innocent_landlord(plot: Plot) -> None:
    """Suppliers of one firm have the same landlord, and pay their rent out of what they were paid."""
    buyer, landlord, start = plot.firm(), plot.firm(), plot.start(66)
    suppliers = [(plot.firm(), plot.some(180_000, 0.4)) for _ in range(plot.between(3, 6))]
    for month in range(3):
        for supplier, rent in suppliers:
            time = start + month * 30 * DAY
            plot.pay(time + plot.between(0, 3 * DAY), buyer, supplier, plot.some(420_000, 0.5), "out")
            plot.pay(time + 4 * DAY, supplier, landlord, rent, "in", kind=RENT)


def innocent_wholesale(plot: Plot) -> None:
    """The same shops buy from the same wholesalers, week after week."""
    start = plot.start(58)
    shops = [plot.shop() for _ in range(plot.between(3, 5))]
    houses = [plot.firm() for _ in range(plot.between(3, 4))]
    for week in range(8):
        for shop in shops:
            for house in houses:
                plot.pay(start + week * 7 * DAY + plot.between(0, DAY), shop, house, plot.some(90_000, 0.4), "link")


def innocent_supply_chain(plot: Plot) -> None:
    """Goods pass through several hands; each pays its own supplier less than it was paid, month after month."""
    line, start = [plot.firm() for _ in range(plot.between(4, 6))], plot.start(75)
    price = plot.between(1_500_000, 5_000_000)
    for month in range(2):
        time, amount = start + month * 30 * DAY, price
        for payer, payee in pairwise(line):
            plot.pay(time, payer, payee, amount, "link")
            time += plot.between(4 * DAY, 9 * DAY)
            amount = amount * plot.between(600, 800) // 1_000


def innocent_back_and_forth(plot: Plot) -> None:
    """Three firms buy from and sell to each other, for amounts that have nothing to do with one another."""
    firms, start = [plot.firm() for _ in range(3)], plot.start(60)
    for _ in range(plot.between(10, 20)):
        payer = plot.between(0, 2)
        payee = (payer + plot.between(1, 2)) % 3
        plot.pay(start + plot.between(0, 56 * DAY), firms[payer], firms[payee], plot.some(900_000, 0.9), "link")
