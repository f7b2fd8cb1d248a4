"""Forms that only a register shows: lent names, empty companies, circles of owners, one address for very many."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.generator.world.days import FIRST_DAY
from benchmarks.generator.world.planting import DAY, HOUR, Plot
from benchmarks.generator.world.rows import SALARY


def mass_address(plot: Plot) -> None:
    """Companies at the address of a formation agent pay each other large invoices, round and round."""
    ring = _ring(plot, 3, 5)
    plot.ground.told.at_the_agent.append(ring)
    # The agent gives most of them a director too; some have one of their own, whoever that is.
    plot.ground.told.served += [firm for firm in ring if plot.between(0, 3)]
    _around(plot, ring, plot.between(len(ring), 2 * len(ring)))


def circular_ownership(plot: Plot) -> None:
    """Two or three companies own each other in a circle, and money goes round between them.

    Of one in three the register knows nobody else.
    """
    ring, known = _ring(plot, 2, 3), plot.between(0, 2) > 0
    for owner, owned in zip(ring, [*ring[1:], ring[0]], strict=True):
        part = plot.between(20, 60)
        _held(plot, owner, owned, part, 100 - part if known else 0)
    _around(plot, ring, plot.between(3, 7))


def innocent_group(plot: Plot) -> None:
    """Companies of one owner have their seat with a formation agent, and settle accounts between each other.

    In one of three groups one company belongs to a partner.
    """
    ring, owner = _ring(plot, 3, 5), plot.person()
    partner = plot.person() if plot.between(0, 2) == 0 else owner
    plot.ground.told.at_the_agent.append(ring)
    plot.ground.told.interests += [
        (owner if n else partner, firm, 1.0, date(2016, 1, 1)) for n, firm in enumerate(ring)
    ]
    _around(plot, ring, plot.between(len(ring), 2 * len(ring)))


def innocent_cross_holding(plot: Plot) -> None:
    """Companies that trade hold a little of each other, as friends do."""
    ring = _ring(plot, 2, 3)
    for owner, owned in zip(ring, [*ring[1:], ring[0]], strict=True):
        stake = plot.between(2, 15)
        _held(plot, owner, owned, stake, 100 - stake)
    _around(plot, ring, plot.between(3, 7))


def _ring(plot: Plot, least: int, most: int) -> list[int]:
    """Firms of which no scheme has said who owns them."""
    ring, told = list[int](), {owned for _, owned, _, _ in plot.ground.told.interests}
    many = plot.between(least, most)
    while len(ring) < many:
        firm = plot.firm()
        ring += [] if firm in told else [firm]
    return ring


def _held(plot: Plot, owner: int, owned: int, part: int, rest: int) -> None:
    """A company has a part of another, and a person this much of it, in percent."""
    since = date(2016, 1, 1)
    plot.ground.told.interests.append((owner, owned, part / 100, since))
    if rest:
        plot.ground.told.interests.append((plot.person(), owned, rest / 100, since))


def _around(plot: Plot, ring: list[int], many: int) -> None:
    time = plot.start(30)
    for n in range(many):
        plot.pay(time, ring[n % len(ring)], ring[(n + 1) % len(ring)], plot.some(2_500_000, 0.4), "link")
        time += plot.between(6 * HOUR, 5 * DAY)


def nominee(plot: Plot) -> None:
    """An account in a lent name, which somebody else has the say over and empties."""
    who, front, boss, start = plot.spare(), plot.person(), plot.person(), plot.start(25)
    plot.ground.told.roles += [(front, who, "nominee", date(2020, 1, 1)), (boss, who, "signatory", date(2020, 1, 1))]
    for _ in range(plot.between(3, 6)):
        time, amount = start + plot.between(0, 20 * DAY), plot.some(800_000, 0.4)
        plot.pay(time, plot.firm(), who, amount, None)
        plot.pay(time + plot.between(HOUR, 3 * DAY), who, plot.firm(), plot.kept(amount, 0.95), "out")


def shell(plot: Plot) -> None:
    """A new company with a lent name and an agent takes in large sums, and nearly all of it leaves again."""
    start = plot.start(50)
    who, front, agent = plot.spare(start), plot.person(), plot.firm()
    plot.ground.told.companies[who] = _day(start) - timedelta(days=plot.between(30, 300))
    plot.ground.told.roles += [(front, who, "director", None), (front, who, "nominee", None)]
    plot.ground.told.roles.append((agent, who, "agent", None))
    _through(plot, who, start, 9)


def shelf(plot: Plot) -> None:
    """A company founded long ago and silent since gets a new owner, and large sums go through it within weeks."""
    who, owner, start = plot.spare(), plot.person(), plot.start(29, after_days=188)
    plot.ground.told.companies[who] = _day(start) - timedelta(days=plot.between(1_000, 3_500))
    changed = _day(start) - timedelta(days=plot.between(2, 30))
    plot.ground.told.interests.append((owner, who, 1.0, changed))
    plot.pay(plot.ground.first + plot.between(0, DAY), plot.person(), who, plot.between(10, 90) * 100, None)
    _through(plot, who, start, 4)


def _through(plot: Plot, who: int, start: int, days: int) -> None:
    payee, time = plot.firm(), start
    for _ in range(plot.between(3, 6)):
        amount = 5_000_000 + plot.some(3_000_000, 0.5)
        plot.pay(time, plot.firm(), who, amount, "in")
        plot.pay(time + plot.between(6 * HOUR, 4 * DAY), who, payee, amount * plot.between(940, 995) // 1_000, "out")
        time += plot.between(DAY, days * DAY)


def ghost_payroll(plot: Plot) -> None:
    """Month after month a firm pays the salaries of several employees into one account."""
    firm, who, start = plot.firm(), plot.spare(), plot.start(62)
    wages = [plot.some(210_000, 0.2) for _ in range(plot.between(2, 4))]
    for month in range(3):
        for wage in wages:
            plot.pay(start + month * 30 * DAY + plot.between(0, 2 * HOUR), firm, who, wage, "out", kind=SALARY)


def _day(second: int) -> date:
    return FIRST_DAY + timedelta(days=second // DAY - (FIRST_DAY - date(1970, 1, 1)).days)
