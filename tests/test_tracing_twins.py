"""Rules that look at whole payments equal a plain second version of themselves."""

from fractions import Fraction
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tapes

import followmoney as fm
from followmoney.tracing import catalogue
from followmoney.tracing._sweep import sweep
from followmoney.tracing._tape import CLAIM


def shared(claim, whole, part):
    """The claim part of a part of a payment: to the nearest unit, a tie to other money."""
    exact = Fraction(claim * part, whole)
    return int(exact) + (exact - int(exact) > Fraction(1, 2))


def payment_by_payment(tape):
    """Moved, and the claim in every purse: purses hold payments as [claim, whole], the oldest first."""
    held = [[[0, int(amount)]] if amount else [] for amount in tape.opening]
    moved = []
    for at in range(len(tape)):
        due, ours = int(tape.amount[at]), 0
        purse = held[int(tape.paid[at])]
        while due and purse:
            claim, whole = purse.pop(0)
            part = min(due, whole)
            goes = shared(claim, whole, part)
            if part < whole:
                purse.insert(0, [claim - goes, whole - part])
            due, ours = due - part, ours + goes
        if tape.mark[at] & CLAIM:
            ours = int(tape.amount[at])
        moved.append(ours)
        held[int(tape.got[at])].append([ours, int(tape.amount[at])])
    return moved, [sum(claim for claim, _ in purse) for purse in held]


@given(tape=tapes(plain=True))
def test_fifo_composite_equals_a_queue_of_payments(tape):
    outcome = sweep(tape, catalogue()["fifo_composite"]())
    assert (outcome.moved.tolist(), outcome.claim.tolist()) == payment_by_payment(tape)


@given(
    claim=st.integers(1, 30), other=st.integers(0, 30),
    outputs=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 20)), min_size=1, max_size=6),
)  # fmt: skip
def test_tiho_fills_the_largest_output_of_an_instant_first(claim, other, outputs):
    outputs = sorted(outputs, key=lambda output: output[0])
    lines = [f"2024-01-01 ? -> A {other}.00 #o"] * bool(other) + [f"2024-01-02 ? -> A {claim}.00 #c"]
    lines += [f"2024-02-0{day} A -> B{n} {amount}.00 #p{n} seq={n}" for n, (day, amount) in enumerate(outputs)]
    its = fm.trace(fm.FlowGraph(fm.sketch("\n".join(lines))), "c", "tiho")
    found = dict(its.transactions().select("id", "claim").iter_rows())
    ours, balance = claim, claim + other
    for _, group in groupby(enumerate(outputs), key=lambda output: output[1][0]):
        paid = [(n, amount) for n, (_, amount) in group]
        if sum(amount for _, amount in paid) > balance:  # more is paid than is known to be there
            return
        balance -= sum(amount for _, amount in paid)
        for n, amount in sorted([*paid, (None, balance)], key=lambda output: -output[1]):
            part = min(ours, amount)
            ours -= part
            if n is None:
                kept = part
            else:
                assert found.get(f"p{n}", 0) == part * 100
        ours = kept


def test_tiho_looks_at_all_outputs_of_an_instant():
    text = "2024-01-01 ? -> A 7.00\n2024-01-02 ? -> A 3.00 #c\n2024-01-03 A -> {} 4.00\n{} A -> C 3.00\n{} A -> D 3.00"
    one = fm.trace(fm.FlowGraph(fm.sketch(text.format("B", "2024-01-03", "2024-01-03"))), "c", "tiho")
    assert one.holders()["account"].to_list() == ["B"]
    apart = fm.trace(fm.FlowGraph(fm.sketch(text.format("B", "2024-01-04", "2024-01-05"))), "c", "tiho")
    assert apart.holders()["account"].to_list() == ["C"]


def test_reach_counts_every_account_that_claim_money_touched():
    text = "2024-01-01 ? -> B 10.00\n2024-01-02 ? -> A 5.00 #c\n2024-01-03 A -> B 1.00\n2024-01-04 B -> D 9.00"
    its = fm.trace(fm.FlowGraph(fm.sketch(text)), "c", "poison")
    assert dict(its.holders().select("account", "claim").iter_rows()) == {"A": 400, "B": 200, "D": 900}
    table = its.reconciliation().row(0, named=True)
    assert (table["beyond"], table["difference"]) == (1_000, 0)
    assert "must not be added up" in its.notes[0]
