"""A second, independent implementation of the tracing rules: every minor unit is a coin, in a queue, with an owner."""

from fractions import Fraction

from followmoney.tracing._tape import CLAIM, STOP, UNDO, UNDONE

THEIRS, OURS = "other money", "claim"


def oldest(_coins, amount):
    return list(range(amount))


def own_money_first(coins, amount):
    return sorted(range(len(coins)), key=lambda at: (coins[at] == OURS, at))[:amount]


def in_proportion(coins, amount):
    ours = [at for at, coin in enumerate(coins) if coin == OURS]
    theirs = [at for at, coin in enumerate(coins) if coin == THEIRS]
    exact = Fraction(amount * len(ours), len(coins)) if coins else Fraction(0)
    rounded = int(exact) + (exact - int(exact) > Fraction(1, 2))
    return ours[:rounded] + theirs[: amount - rounded]


def newest(coins, amount):
    return list(range(len(coins) - amount, len(coins)))


def claim_first(coins, amount):
    return sorted(range(len(coins)), key=lambda at: (coins[at] == THEIRS, at))[:amount]


RULES = {
    "fifo": oldest, "lifo": newest, "lowest_balance": own_money_first, "pro_rata": in_proportion,
    "taint_first": claim_first,
}  # fmt: skip


def split(rule, coins, amount):
    gone = set(rule(coins, amount))
    assert len(gone) == amount
    return [c for at, c in enumerate(coins) if at in gone], [c for at, c in enumerate(coins) if at not in gone]


def exchanged(coins, received):
    """The same coins at the executed rate: so many of ours, the rest theirs, spread over the old places."""
    ours = coins.count(OURS)
    wanted = {OURS: ours * received // len(coins)}
    wanted[THEIRS] = received - wanted[OURS]
    seen, made, new = {OURS: 0, THEIRS: 0}, {OURS: 0, THEIRS: 0}, []
    for coin in coins:
        seen[coin] += 1
        due = wanted[coin] * seen[coin] // coins.count(coin)
        new += [coin] * (due - made[coin])
        made[coin] = due
    return new


def trace(tape, rule):
    """Moved, arrived, balances, claims, discharged: lists. `rule` is a name, or a name for every purse."""
    choose = [RULES[name] for name in ([rule] * len(tape.opening) if isinstance(rule, str) else rule)]
    held = [[THEIRS] * max(0, int(b)) for b in tape.opening]
    debt = [max(0, -int(b)) for b in tape.opening]
    undoes = tape.undoes.tolist()
    brought, moved, arrived, discharged = {}, [], [], []
    for i in range(len(tape)):
        payer, payee = int(tape.paid[i]), int(tape.got[i])
        amount, received, mark = int(tape.amount[i]), int(tape.received[i]), int(tape.mark[i])
        back = False
        if mark & UNDO:
            first = undoes.pop(0)
            coins = brought[first]
            need = [THEIRS] * amount if tape.mark[first] & STOP else coins
            back = bool(tape.outside[payer]) or all(held[payer].count(c) >= need.count(c) for c in (OURS, THEIRS))
            if back and not tape.outside[payer]:
                for coin in need:  # the newest coin of its kind
                    held[payer].pop(len(held[payer]) - 1 - held[payer][::-1].index(coin))
        if not back:
            coins, held[payer] = split(choose[payer], held[payer], min(amount, len(held[payer])))
            if debt[payer]:
                debt[payer] += amount
            coins = coins + [THEIRS] * (amount - len(coins))
        moved.append(coins.count(OURS))
        if received != amount:
            coins = exchanged(coins, received)
        if mark & CLAIM:
            moved[-1], coins = amount, [OURS] * received
        if mark & UNDONE:
            brought[i] = coins
        arrived.append(coins.count(OURS))
        if mark & STOP:
            coins = [THEIRS] * received
        paying, coins = split(choose[payee], coins, min(debt[payee], received))
        debt[payee] -= len(paying)
        discharged.append(paying.count(OURS))
        held[payee] = coins + held[payee] if back and rule != "lifo" else held[payee] + coins
    balances = [len(h) - d for h, d in zip(held, debt, strict=True)]
    return moved, arrived, balances, [h.count(OURS) for h in held], discharged
