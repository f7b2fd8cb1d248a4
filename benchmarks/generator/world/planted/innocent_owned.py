"""Innocent loans, investments and houses: of partners and families, of groups, with a mortgage, from an estate."""

from __future__ import annotations

from benchmarks.generator.world.cast import NEAR, bank, company, notary
from benchmarks.generator.world.papers import Deed
from benchmarks.generator.world.planting import DAY, Plot
from benchmarks.generator.world.rows import CAPITAL, ESTATE, HOUSE, INVOICE, LOAN, MORTGAGE, REPAYMENT


def innocent_shareholder_loan(plot: Plot) -> None:
    """A shareholder lends to his company, and gets it back month by month, or all at once after years."""
    owner, start = plot.person(), plot.start(190)
    firm, amount = company(plot, owner=owner), plot.some(4_000_000, 0.5)
    plot.pay(start, owner, firm, amount, "in", kind=LOAN)
    for month in range(plot.between(0, 6)):
        plot.pay(start + (month + 1) * 30 * DAY, firm, owner, amount // 24, "out", kind=REPAYMENT)


def innocent_supplier_credit(plot: Plot) -> None:
    """A supplier whom a firm has bought from for months, as others do, lends it money for a machine."""
    firm, start = plot.firm(), plot.start(200)
    supplier, others = company(plot, plot.one_of(NEAR)), [plot.firm() for _ in range(plot.between(1, 4))]
    for month in range(3):
        for buyer in (firm, *others):
            time = start + month * 30 * DAY + plot.between(0, 20 * DAY)
            plot.pay(time, buyer, supplier, plot.some(1_500_000, 0.4), "out", kind=INVOICE)
    lent = plot.some(3_000_000, 0.4)
    plot.pay(start + 95 * DAY, supplier, firm, lent, "in", kind=LOAN)
    for month in range(plot.between(0, 4)):
        time = start + (month + 4) * 30 * DAY + 10 * DAY
        plot.pay(time, firm, supplier, lent * 11 // 120, "out", kind=REPAYMENT)


def innocent_investor(plot: Plot) -> None:
    """A group abroad that a firm buys from puts capital into a firm that has another owner."""
    seller = company(plot, plot.one_of(NEAR))
    buyer, firm = company(plot, owner=plot.person()), company(plot, owner=plot.person())
    start = plot.start(60)
    amount = plot.some(5_000_000, 0.5)
    plot.pay(start, buyer, seller, amount, "link")
    plot.pay(start + plot.gap(100, 900), seller, firm, plot.kept(amount, 0.9, 0.2), "link", kind=CAPITAL)


def innocent_group_finance(plot: Plot) -> None:
    """A family's firms pay what they have to spare to their treasury abroad, which lends to those that are short."""
    owner, start = plot.person(), plot.start(110)
    treasury = company(plot, plot.one_of(("NL", "LU", "IE", "BE")), owner=owner)
    firms = [company(plot, owner=owner) for _ in range(plot.between(2, 4))]
    for month in range(3):
        for firm in firms:
            time = start + month * 30 * DAY + plot.between(0, 5 * DAY)
            plot.pay(time, firm, treasury, plot.some(2_000_000, 0.7), "link")
        short = plot.one_of(firms)
        lent, time = plot.some(3_000_000, 0.7), start + month * 30 * DAY + plot.between(8, 20) * DAY
        plot.pay(time, treasury, short, lent, "link", kind=LOAN)
        if plot.between(0, 2):
            plot.pay(time + 17 * DAY, short, treasury, plot.kept(lent, 1.0, 0.01), "link", kind=REPAYMENT)


def innocent_mortgage(plot: Plot) -> None:
    """Who buys a house has saved a part, and a bank lends the rest, to the buyer or straight to the seller."""
    who, seller, time = plot.person(), plot.person(), plot.start(30, after_days=60)
    income = plot.between(250, 900) * 10_000
    if plot.between(0, 4):
        plot.ground.told.incomes[who] = income
    price = income * plot.between(40, 130) // 10
    lent = price * plot.between(55, 95) // 100
    deed = plot.file(Deed(who, f"House {plot.between(1, 10**7)}", price))
    if plot.between(0, 1):
        plot.pay(time - plot.between(1, 10) * DAY, bank(plot), who, lent, "in", kind=MORTGAGE)
        plot.pay(time, who, seller, price, "out", kind=HOUSE, paper=deed)
    else:
        plot.pay(time, bank(plot), seller, lent, "out", kind=MORTGAGE, paper=deed)
        plot.pay(time, who, seller, price - lent, "out", kind=HOUSE, paper=deed)


def innocent_heir(plot: Plot) -> None:
    """Who inherits buys a house with the estate that a notary has paid out, and what relatives add to it."""
    who, seller, start = plot.person(), plot.person(), plot.start(110)
    income = plot.between(150, 600) * 10_000
    if plot.between(0, 4):
        plot.ground.told.incomes[who] = income
    price, part = income * plot.between(50, 160) // 10, plot.between(40, 120)
    time = start + plot.between(20, 100) * DAY
    deed = plot.file(Deed(who, f"House {plot.between(1, 10**7)}", price))
    plot.pay(start, notary(plot), who, price * part // 100, "in", kind=ESTATE)
    plot.pay(time, who, seller, price, "out", kind=HOUSE, paper=deed)
