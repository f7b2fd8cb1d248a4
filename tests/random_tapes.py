"""Random tapes for the laws of tracing: self-loops, openings, debts, conversions, outside ends, assets, returns."""

import numpy as np
from hypothesis import strategies as st

from followmoney.tracing._tape import CLAIM, INTEREST, STOP, UNDO, UNDONE, Tape


def tape(rows, openings, outside):
    """A tape of (paid, got, amount, received, claim, asset, returns) rows; `returns`: the position of the original."""
    mark = np.zeros(len(rows), np.uint8)
    undoes, returned = [], set()
    for at, (paid, got, amount, received, claim, asset, returns) in enumerate(rows):
        mark[at] |= CLAIM * claim | STOP * (asset or outside[got])
        if returns is not None and not claim and amount == received and returns not in returned:
            first = rows[returns]
            if first[2] == first[3] == amount and first[:2] == (got, paid):
                returned.add(returns)
                mark[at] |= UNDO
                mark[returns] |= UNDONE
                undoes.append(returns)
    amount = np.array([r[2] for r in rows], np.int64)
    received = np.array([r[3] for r in rows], np.int64)
    return Tape(
        np.array([r[0] for r in rows], np.uint32), np.array([r[1] for r in rows], np.uint32), amount,
        amount if (amount == received).all() else received, mark, np.flatnonzero(mark & CLAIM).astype(np.int64),
        np.array(undoes, np.int64), np.where(outside, 0, openings).astype(np.int64), np.array(outside, np.bool_),
    )  # fmt: skip


@st.composite
def tapes(draw, largest=60, purses=5, length=25, *, plain=False, interest=False):
    """A random tape; with `interest`, about every third transaction is interest."""
    outside = [False] * (purses - 1) + [draw(st.booleans()) and not plain]
    money = st.integers(1, largest)
    openings = draw(st.lists(st.integers(0 if plain else -largest, largest), min_size=purses, max_size=purses))
    rows = []
    for at in range(draw(st.integers(1, length))):
        if at and not plain and draw(st.integers(0, 5)) == 0:
            first = draw(st.integers(0, at - 1))
            rows.append((rows[first][1], rows[first][0], rows[first][2], rows[first][2], False, False, first))
            continue
        amount = draw(money)
        received = draw(money) if not plain and draw(st.integers(0, 5)) == 0 else amount
        ends = draw(st.integers(0, purses - 1)), draw(st.integers(0, purses - 1))
        claim = draw(st.integers(0, 4)) == 0
        asset = not plain and draw(st.integers(0, 9)) == 0
        rows.append((*ends, amount, received, claim, asset, None))
    made = tape(rows, openings, outside)
    for at in range(len(rows)) if interest else ():
        made.mark[at] |= INTEREST * (draw(st.integers(0, 2)) == 0)
    return made
