"""Forms that live in one account: lent to others, silent for long, or collecting for somebody far away."""

from __future__ import annotations

from benchmarks.generator.world.planting import DAY, HOUR, Plot


def mule(plot: Plot) -> None:
    """A new account is paid by strangers, and what they paid is gone within two days, less a commission."""
    start = plot.start(9, after_days=10)
    _lend(plot, start, plot.firm())


def mule_network(plot: Plot) -> None:
    """Several new accounts do the same within weeks, and all pay on to the same one."""
    start, payee = plot.start(24, after_days=10), plot.firm()
    for _ in range(plot.between(3, 6)):
        _lend(plot, start + plot.between(0, 14 * DAY), payee)


def _lend(plot: Plot, start: int, payee: int) -> None:
    who = plot.spare(start - plot.between(4, 60) * DAY)
    came, last = 0, start
    for _ in range(plot.between(3, 8)):
        time, amount = start + plot.between(0, 3 * DAY), plot.some(260_000, 0.5)
        came, last = came + amount, max(last, time)
        plot.pay(time, plot.person(), who, amount, "in")
    left = came * plot.between(900, 970) // 1_000
    some = left * plot.between(0, 60) // 100 // 1_000 * 1_000
    if some:
        plot.withdraw(last + plot.between(2 * HOUR, 40 * HOUR), who, some)
    plot.pay(last + plot.between(2 * HOUR, 40 * HOUR), who, payee, left - some, "out")


def dormant_burst(plot: Plot) -> None:
    """An account that has been silent for months moves much within weeks."""
    who, start = plot.spare(), plot.start(24, after_days=195)
    plot.pay(plot.ground.first + plot.between(0, DAY), plot.person(), who, plot.between(10, 90) * 100, None)
    came = 0
    for _ in range(plot.between(4, 10)):
        time, amount = start + plot.between(0, 20 * DAY), plot.some(900_000, 0.6)
        came += amount
        plot.pay(time, plot.firm(), who, amount, "in")
        if plot.between(0, 2):
            plot.pay(
                time + plot.between(HOUR, 3 * DAY), who, plot.firm(), amount * plot.between(500, 990) // 1_000, "out"
            )


def hawala_offset(plot: Plot) -> None:
    """Many small round sums from many are paid on to a trading firm at once, month after month."""
    who, trader, start = plot.person(), plot.firm(), plot.start(62)
    for month in range(2):
        came, begin = 0, start + month * 30 * DAY
        for _ in range(plot.between(30, 50)):
            amount = plot.between(2, 12) * 5_000
            came += amount
            plot.pay(begin + plot.between(0, 26 * DAY), plot.person(), who, amount, "in")
        plot.pay(begin + 27 * DAY + plot.between(0, DAY), who, trader, came * plot.between(965, 995) // 1_000, "out")
