"""Bounds by brute force: every way to attribute claim money to the movements of a tiny tape, tried one by one."""

from followmoney.tracing._tape import CLAIM, STOP, UNDO, UNDONE


def every_attribution(tape):
    """All possible ends, each place → claim money; a place is ("held" | "out" | "debt", purse) or ("twice",)."""
    purses = range(len(tape.opening))
    balance = [int(b) for b in tape.opening]
    states = {(tuple(0 for _ in purses), ())}  # claim by purse, and everything that ended or was brought, sorted
    undoes = tape.undoes.tolist()
    for i in range(len(tape)):
        payer, payee, amount = int(tape.paid[i]), int(tape.got[i]), int(tape.amount[i])
        received, mark = int(tape.received[i]), int(tape.mark[i])
        first = undoes.pop(0) if mark & UNDO else None
        after = set()
        for claim, ended in states:
            for carried, claim_left, ended_so_far in _paid(tape, balance, claim, dict(ended), payer, amount, first):
                ended_now = dict(ended_so_far)
                arrived = carried * received // amount
                if mark & CLAIM:
                    ended_now = _plus(ended_now, ("twice",), carried)
                    arrived = received
                if mark & UNDONE:
                    ended_now["brought", i] = arrived
                if mark & STOP:
                    after.add((claim_left, _frozen(_plus(ended_now, ("out", payee), arrived))))
                    continue
                owed = min(max(0, -_paid_balance(balance, payer, amount)[payee]), received)
                for spent in range(max(0, arrived - (received - owed)), min(arrived, owed) + 1):
                    new = list(claim_left)
                    new[payee] += arrived - spent
                    after.add((tuple(new), _frozen(_plus(ended_now, ("debt", payee), spent))))
        balance = _paid_balance(balance, payer, amount)
        balance[payee] += received
        states = after
    ends = set()
    for claim, ended in states:
        held = {("held", p): c for p, c in enumerate(claim) if c}
        ends.add(_frozen({**held, **{k: v for k, v in dict(ended).items() if k[0] != "brought"}}))
    return [dict(end) for end in ends]


def between(ends, places):
    """The least and the most in a set of places over all ends."""
    sums = [sum(end.get(place, 0) for place in places) for end in ends]
    return min(sums), max(sums)


def _paid(tape, balance, claim, ended, payer, amount, first):  # noqa: PLR0917
    """Every way to pay: claim part, claim by purse after, what ended."""
    if first is not None:
        back, stopped = ended[("brought", first)], bool(tape.mark[first] & STOP)
        need = 0 if stopped else back
        held = max(0, balance[payer])
        if tape.outside[payer] or (claim[payer] >= need and held - claim[payer] >= amount - need):
            left = list(claim)
            if not tape.outside[payer]:
                left[payer] -= need
            yield back, tuple(left), _plus(ended, ("out", int(tape.got[first])), -back) if stopped else ended
            return
    known = min(amount, max(0, balance[payer]))
    other = max(0, balance[payer]) - claim[payer]
    for part in range(max(0, known - other), min(known, claim[payer]) + 1):
        left = list(claim)
        left[payer] -= part
        yield part, tuple(left), ended


def _paid_balance(balance, payer, amount):
    new = list(balance)
    new[payer] = new[payer] - amount if new[payer] < 0 else max(0, new[payer] - amount)
    return new


def _plus(sums, key, amount):
    return {**sums, key: sums.get(key, 0) + amount} if amount else sums


def _frozen(sums):
    return tuple(sorted((k, v) for k, v in sums.items() if v or k[0] == "brought"))
