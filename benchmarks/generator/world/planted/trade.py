"""Forms of trade that is none: goods that a stranger pays for, that cost too much or too little, that never come."""

from __future__ import annotations

import math
from datetime import timedelta

from benchmarks.generator.world.cast import FAR, NEAR, OFFSHORE, company
from benchmarks.generator.world.days import FIRST_DAY, start_of
from benchmarks.generator.world.papers import GOODS, Bill, Goods
from benchmarks.generator.world.planting import DAY, Plot
from benchmarks.generator.world.rows import GOODS as FOR_GOODS
from benchmarks.generator.world.rows import INVOICE


def third_party_payer(plot: Plot) -> None:
    """A company in a third country, which no invoice names, pays for goods that somebody else has bought."""
    seller, place, start = plot.firm(), plot.one_of((*NEAR, *FAR)), plot.start(95)
    buyer = company(plot, place)
    # In one of six the payer is in the country of the buyer, and only a closer look would tell.
    payer = company(plot, place if plot.between(0, 5) == 0 else plot.one_of([c for c in OFFSHORE if c != place]))
    for _ in range(plot.between(1, 5)):
        time = start + plot.between(0, 90 * DAY)
        paper, value = sold(plot, seller, buyer, time, to=place, share=plot.between(15, 150))
        plot.pay(time + plot.gap(150, 500), payer, seller, value, "in", kind=_called(plot), paper=paper)
    for _ in range(plot.between(0, 3)):
        time = start + plot.between(0, 90 * DAY)
        paper, value = sold(plot, seller, buyer, time, to=place)
        plot.pay(time + plot.gap(150, 500), buyer, seller, value, None, kind=_called(plot), paper=paper)


def trade_price(plot: Plot) -> None:
    """Goods are invoiced for a multiple or a part of what they cost, or paid for so, to move money beside them."""
    start, sells = plot.start(95), plot.between(0, 1)
    place = plot.one_of((*FAR, *OFFSHORE) if sells else FAR)
    one, other = plot.firm(), company(plot, place)
    seller, buyer, origin, to = (one, other, "DE", place) if sells else (other, one, place, "DE")
    way, goods = plot.between(0, 2), plot.one_of(GOODS)
    # Prices of 1.2 to some 6 times the usual, or down to a fifth of it, as in the cases of FATF (2006) and Zdanowicz.
    far = math.exp(plot.between(18, 180) / 100)
    off = far if plot.between(0, 1) else 1 / far
    for _ in range(plot.between(1, 4)):
        time = start + plot.between(0, 90 * DAY)
        price = off if way else 1.0
        paper, value = sold(plot, seller, buyer, time, goods=goods, origin=origin, to=to, price=price)
        paid = value if way else int(value * off)
        plot.pay(time + plot.gap(150, 500), buyer, seller, paid, "in", kind=_called(plot), paper=paper)


def phantom_shipment(plot: Plot) -> None:
    """Goods are paid for that are never shipped; in one of six a forged paper says that they were."""
    place, start = plot.one_of((*FAR, *OFFSHORE)), plot.start(190)
    one, other = plot.firm(), company(plot, place)
    seller, buyer, origin, to = (one, other, "DE", place) if plot.between(0, 2) == 0 else (other, one, place, "DE")
    forged = plot.between(0, 5) == 0
    for _ in range(plot.between(1, 4)):
        time = start + plot.between(0, 90 * DAY)
        paper, value = sold(
            plot, seller, buyer, time, origin=origin, to=to, after=plot.between(1, 30) if forged else None
        )
        plot.pay(time + plot.gap(100, 400), buyer, seller, value, "in", kind=_called(plot), paper=paper)


def sold(
    plot: Plot, seller: int, buyer: int, time: int, *, goods: Goods | None = None, origin: str = "DE", to: str = "DE",
    price: float = 1.0, share: int = 100, after: int | None = 7, terms: str = "FOB",
) -> tuple[int, int]:  # fmt: skip
    """Write an invoice for some goods at about (`price` times) their usual price; its number, and its value in cents.

    `share` is how many, in percent of a usual order; they are shipped so many days `after`, or never.
    """
    goods = goods or plot.one_of(GOODS)
    quantity = max(1, plot.some(goods.quantity * share // 100 + 100, 0.4) - 100)
    value = max(100, int(plot.kept(goods.price * quantity, 1.0, 0.07) * price))
    issued = FIRST_DAY + timedelta(days=(time - start_of(FIRST_DAY)) // DAY)
    shipped = None if after is None else issued + timedelta(days=after)
    named = plot.between(0, 3) > 0
    bill = Bill(seller, buyer, goods, quantity, value, terms, origin, to, issued, shipped, named)
    return plot.file(bill), value


def _called(plot: Plot) -> int:
    return plot.one_of((INVOICE, FOR_GOODS))
