"""Forms in which one's own money comes back by another name: as a loan, as an investment, as a house."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.generator.world.cast import NEAR, OFFSHORE, company
from benchmarks.generator.world.papers import Deed
from benchmarks.generator.world.planting import DAY, Plot
from benchmarks.generator.world.rows import (
    CAPITAL,
    CONSULTING,
    DARLEHEN,
    HOUSE,
    INVOICE,
    LOAN,
    REPAYMENT,
    SHARES,
    TRANSFER,
)


def loan_back(plot: Plot) -> None:
    """A company abroad lends a firm what its owner had sent there before, and is hardly ever paid back."""
    owner, start = plot.person(), plot.start(165)
    borrower = company(plot, owner=owner)
    lender = company(plot, plot.one_of(OFFSHORE), owner=owner if plot.between(0, 2) == 0 else None)
    # In one of six the money is sent by somebody whom no register ties to the owner.
    payer = (owner, company(plot, owner=owner), borrower, owner, borrower, plot.firm())[plot.between(0, 5)]
    sent, time = 0, start
    for _ in range(plot.between(1, 4)):
        amount = plot.some(3_000_000, 0.6)
        sent += amount
        plot.pay(time, payer, lender, amount, "out", kind=plot.one_of((CONSULTING, INVOICE, TRANSFER)))
        time += plot.gap(120, 500)
    time += plot.gap(400, 1_500)
    lent, parts = plot.kept(sent, 0.9, 0.2), plot.between(1, 2)
    for _ in range(parts):
        called = plot.one_of((LOAN, LOAN, DARLEHEN, LOAN, DARLEHEN, TRANSFER))
        plot.pay(time, lender, borrower, lent // parts, "in", kind=called)
        time += plot.gap(100, 300)
    for _ in range(max(0, plot.between(-6, 2))):
        time += 20 * DAY
        plot.pay(time, borrower, lender, lent * plot.between(5, 30) // 1_000, None, kind=REPAYMENT)


def round_trip(plot: Plot) -> None:
    """A firm's money goes abroad, through one to three companies, and comes home to its owner as an investment.

    In some one hop is paid in two parts; in some the last is called nothing, or the first firm has a lent name.
    """
    owner, time = plot.person(), plot.start(70)
    start = company(plot, owner=owner if plot.between(0, 7) else None)
    end = start if plot.between(0, 3) == 0 else company(plot, owner=owner)
    line = [start, *(company(plot, plot.one_of(OFFSHORE)) for _ in range(plot.between(1, 3))), end]
    amount, split = plot.some(6_000_000, 0.7), plot.between(0, 15)
    for n, (payer, payee) in enumerate(pairwise(line)):
        home = payee == end and payer != start
        called = (CAPITAL, LOAN, SHARES, DARLEHEN, CAPITAL, TRANSFER) if home else (CONSULTING, INVOICE, TRANSFER)
        parts = 2 if n == split else 1
        for _ in range(parts):
            plot.pay(time, payer, payee, amount // parts, "link", kind=plot.one_of(called))
            time += plot.gap(50, 400)
        amount = plot.kept(amount, 0.95, 0.04)


def real_estate_integration(plot: Plot) -> None:
    """A house is bought for many times what its holder earns, with money from abroad, of others, or in cash."""
    who, seller, start = plot.person(), plot.person(), plot.start(190)
    income = plot.between(120, 480) * 10_000
    if plot.between(0, 4):
        plot.ground.told.incomes[who] = income
    price, time = income * plot.between(50, 260) // 10, start + plot.between(30, 100) * DAY
    name = f"House {plot.between(1, 10**7)}"
    deed = plot.file(Deed(who, name, price))
    way, part = plot.between(0, 3), plot.between(30, 100)
    if way <= 1:
        lender, many = company(plot, plot.one_of(OFFSHORE)), plot.between(1, 3)
        for _ in range(many):
            before = time - plot.between(1, 100) * DAY
            called = plot.one_of((LOAN, CONSULTING, TRANSFER))
            plot.pay(max(start, before), lender, who, price * part // (100 * many), "in", kind=called)
    direct = price * part // 100 if way == 2 else 0
    if direct:
        friend = company(plot, plot.one_of(NEAR)) if plot.between(0, 1) else plot.person()
        plot.pay(time, friend, seller, direct, "out", kind=HOUSE, paper=deed)
    if way == 3:
        for _ in range(plot.between(6, 20)):
            amount = price * part // 100 // 20_000 * plot.between(500, 1_500) // 500 * 500
            plot.cash(max(start, time - plot.between(1, 60) * DAY), who, max(5_000, amount))
    if price > direct:
        plot.pay(time + plot.between(0, 2 * DAY), who, seller, price - direct, "out", kind=HOUSE, paper=deed)
    if plot.between(0, 3) == 0:
        buyer, sold = plot.person(), plot.kept(price, 1.05, 0.15)
        again = plot.file(Deed(buyer, name, sold))
        plot.pay(time + plot.between(20, 85) * DAY, buyer, who, sold, "link", kind=HOUSE, paper=again)
