"""Innocent trade: late or less a discount, of a brand, through factors and groups, of others' goods, of hours."""

from __future__ import annotations

from benchmarks.generator.world.cast import FAR, NEAR, company
from benchmarks.generator.world.papers import GOODS, SERVICES
from benchmarks.generator.world.planting import DAY, Plot
from benchmarks.generator.world.rows import GOODS as FOR_GOODS
from benchmarks.generator.world.rows import INVOICE

from .trade import sold


def innocent_trade(plot: Plot) -> None:
    """A firm sells to several abroad, some less a discount, some in two parts, some made to order and shipped late."""
    seller, place, start = plot.firm(), plot.one_of((*NEAR, *FAR)), plot.start(130)
    buyers = [company(plot, place) for _ in range(2)]
    for _ in range(plot.between(5, 9)):
        time, buyer = start + plot.between(0, 90 * DAY), plot.one_of(buyers)
        late = plot.between(10, 110) if plot.between(0, 5) == 0 else plot.between(0, 20)
        terms = plot.one_of(("FOB", "FOB", "CIF", "EXW"))
        freight = {"FOB": 1.0, "CIF": 1.08, "EXW": 0.97}[terms]
        paper, value = sold(plot, seller, buyer, time, to=place, price=freight, after=late, terms=terms)
        paid, parts = value * (1_000 - max(0, plot.between(-60, 60))) // 1_000, plot.between(1, 2)
        for part in range(parts):
            pays = time + part * 20 * DAY + plot.gap(150, 500)
            plot.pay(pays, buyer, seller, paid // parts, "in", kind=FOR_GOODS, paper=paper)


def innocent_brand(plot: Plot) -> None:
    """A maker of a dear brand sells to several shops at its own price, twice what others ask."""
    seller, goods, start = plot.firm(), plot.one_of(GOODS[2:4] + GOODS[8:9]), plot.start(100)
    shops = [company(plot, plot.one_of(NEAR)) for _ in range(plot.between(2, 4))]
    dear = 1 + plot.between(3, 20) / 10
    for _ in range(plot.between(6, 12)):
        time, shop = start + plot.between(0, 90 * DAY), plot.one_of(shops)
        paper, value = sold(plot, seller, shop, time, goods=goods, price=dear)
        plot.pay(time + plot.gap(150, 500), shop, seller, value, "in", kind=INVOICE, paper=paper)


def innocent_factoring(plot: Plot) -> None:
    """A factor in another country pays what buyers owe, less its discount."""
    seller, place, start = plot.firm(), plot.one_of(NEAR), plot.start(95)
    buyers = [company(plot, place) for _ in range(2)]
    factor = company(plot, plot.one_of(("GB", "LU", "IE")), "64.99" if plot.between(0, 3) else "66.19")
    for _ in range(plot.between(3, 7)):
        time = start + plot.between(0, 90 * DAY)
        paper, value = sold(plot, seller, plot.one_of(buyers), time, to=place, share=50)
        paid = value * plot.between(850, 980) // 1_000
        plot.pay(time + plot.gap(40, 200), factor, seller, paid, "in", kind=INVOICE, paper=paper)


def innocent_treasury(plot: Plot) -> None:
    """A group pays all its invoices from the account of one company, in another country than the buyer."""
    seller, place, start, owner = plot.firm(), plot.one_of(NEAR), plot.start(95), plot.person()
    buyer, payer = company(plot, place), company(plot, plot.one_of(("GB", "LU", "IE", "CH")))
    share = plot.between(50, 100) / 100
    plot.ground.told.interests += [(owner, who, share, None) for who in (buyer, payer)]
    for _ in range(plot.between(2, 6)):
        time = start + plot.between(0, 90 * DAY)
        paper, value = sold(plot, seller, buyer, time, to=place, share=50)
        plot.pay(time + plot.gap(150, 500), payer, seller, value, "in", kind=INVOICE, paper=paper)


def innocent_dropship(plot: Plot) -> None:
    """A trader never holds the goods: it is paid for them, and the producer ships them to the buyer."""
    trader, buyer, start = plot.firm(), plot.firm(), plot.start(190)
    place, goods = plot.one_of(FAR), plot.one_of(GOODS)
    producer = company(plot, place)
    for _ in range(plot.between(2, 5)):
        time = start + plot.between(0, 90 * DAY)
        paper, value = sold(plot, trader, buyer, time, goods=goods, origin=place, after=None, price=1.1)
        plot.pay(time + plot.gap(100, 400), buyer, trader, value, "in", kind=INVOICE, paper=paper)
        sold(plot, producer, buyer, time + 5 * DAY, goods=goods, origin=place, after=plot.between(2, 40))


def innocent_services(plot: Plot) -> None:
    """What an engineer abroad works is invoiced by the hour among the goods, and nothing is shipped."""
    seller, buyer, start = company(plot, plot.one_of(NEAR), "71.12"), plot.firm(), plot.start(190)
    for month in range(3):
        paper, value = sold(plot, seller, buyer, start + month * 30 * DAY, goods=SERVICES, after=None)
        plot.pay(start + month * 30 * DAY + plot.gap(150, 500), buyer, seller, value, "in", kind=INVOICE, paper=paper)
