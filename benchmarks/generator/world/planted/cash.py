"""Forms in which cash enters and leaves: below a limit, in small pieces, elsewhere, by strangers, at one machine."""

from __future__ import annotations

from benchmarks.generator.world.planting import DAY, HOUR, Plot
from benchmarks.generator.world.rows import MACHINE_GIVES

_GB = 1


def structuring(plot: Plot) -> None:
    """Cash just below 10,000, several times within days, into one account."""
    who, start = plot.person(), plot.start(7)
    span = plot.between(2, 6)
    for _ in range(plot.between(3, 8)):
        plot.cash(start + plot.between(0, span * DAY), who, plot.between(161, 199) * 5_000)


def spread_structuring(plot: Plot) -> None:
    """One person pays in cash just below 10,000, several times within days, spread over several accounts."""
    carrier, start, span = plot.person(), plot.start(7), plot.between(2, 6)
    accounts = [plot.person() for _ in range(plot.between(2, 4))]
    for n in range(plot.between(len(accounts) + 1, 9)):
        time, amount = start + plot.between(0, span * DAY), plot.between(161, 199) * 5_000
        plot.cash(time, accounts[n % len(accounts)], amount, carrier=carrier)


def micro_structuring(plot: Plot) -> None:
    """Many small deposits at many machines within a week, more than the limit together."""
    who, start, span = plot.person(), plot.start(7), plot.between(2, 6)
    machines = [plot.desk(who), *plot.desks(plot.between(3, 6))]
    for _ in range(plot.between(14, 34)):
        at = machines[plot.between(0, len(machines) - 1)]
        plot.cash(start + plot.between(0, span * DAY), who, plot.between(12, 58) * 5_000, desk=at)


def funnel_account(plot: Plot) -> None:
    """Cash paid in in several towns is taken out in another within days."""
    who, start = plot.person(), plot.start(10)
    *towns, port = plot.desks(plot.between(4, 6))
    time, total = start, 0
    for n in range(plot.between(5, 10)):
        amount = plot.between(20, 180) * 5_000
        total += amount
        time += plot.between(HOUR, 14 * HOUR)
        plot.cash(time, who, amount, desk=towns[n % len(towns)])
    many = plot.between(2, 4)
    for _ in range(many):
        time += plot.between(2 * HOUR, 16 * HOUR)
        plot.withdraw(time, who, total * plot.between(880, 990) // (1_000 * many) // 1_000 * 1_000, desk=port)


def cuckoo_smurfing(plot: Plot) -> None:
    """Strangers' cash comes in the place of the transfer that an account holder expects from abroad."""
    who, sender, start = plot.person(), plot.house_abroad(_GB), plot.start(4, after_days=64)
    sent = plot.between(90, 500) * 5_000
    expected = plot.arriving(sender, sent)
    for month in (2, 1):
        plot.pay(start - month * 30 * DAY, sender, who, plot.kept(sent, 1.0, 0.01), None)
    many, left = plot.between(3, 6), expected * plot.between(985, 1_015) // 1_000
    for n in range(many, 0, -1):
        amount = left if n == 1 else left * plot.between(700, 1_300) // (1_000 * n) // 1_000 * 1_000
        left -= amount
        time = start + plot.between(0, 5 * DAY // 2)
        plot.cash(time, who, amount, desk=plot.desk(), carrier=plot.person())


def cash_out_cluster(plot: Plot) -> None:
    """Several cards take out the most a machine gives, within minutes of each other."""
    start, machine = plot.start(1), plot.desk()
    time = start
    for _ in range(plot.between(3, 8)):
        time += plot.between(40, 180)
        plot.withdraw(time, plot.person(), MACHINE_GIVES, desk=machine)
