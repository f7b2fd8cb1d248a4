"""The posting order of rows booked at the same time, inferred from the balances stated after them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import polars as pl

Step = tuple[int, int]
"""Balance before a row, balance after it."""
_TRIES = 10_000  # steps of the search beyond ten a row, before the order counts as not known


def with_sequence(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Fill `sequence` where, within one account and one time, exactly one order of rows chains their balances.

    `rows` has own, booked_at, balance, amount and beneficiary. Rows that do not chain, or chain in more than one order,
    keep an empty sequence and are counted in the notes. Cost: about 10 µs a row that shares its time.
    """
    signed = pl.when(pl.col("beneficiary") == pl.col("own")).then(pl.col("amount")).otherwise(-pl.col("amount"))
    usable = rows.with_row_index("at").filter(
        pl.col("broken").is_null() & pl.col("balance").is_not_null() & pl.col("amount").is_not_null()
    )
    usable = usable.select(
        "at", "own", "booked_at", after="balance", before=pl.col("balance") - signed
    ).sort("own", "booked_at", "at")  # fmt: skip
    sequence: list[int | None] = [None] * len(rows)
    loose, several, end, account = 0, 0, None, None
    for own, group in _groups(usable):
        end = end if own == account else None
        account = own
        steps = [(before, after) for _, before, after in group]
        order = chain(steps, end) if len(group) > 1 else [0]
        if order is None or not order:
            loose, several = loose + len(group) * (order is None), several + len(group) * (order is not None)
            end = None
            continue
        end = steps[order[-1]][1]
        if len(group) > 1:
            for place, index in enumerate(order, start=1):
                sequence[group[index][0]] = place
    notes: list[str] = []
    if loose:
        notes.append(f"{loose:,} rows booked at the same time do not chain to their stated balances: no posting order.")
    if several:
        notes.append(f"{several:,} rows booked at the same time chain in more than one order: no posting order.")
    return rows.with_columns(pl.Series("sequence", sequence, dtype=pl.Int64)), notes


def chain(steps: Sequence[Step], start: int | None) -> list[int] | None:
    """The one order in which each row begins where the one before ended: `[]` if there are several, None if none.

    It begins at `start` (the balance before these rows) where that gives any order at all.
    """
    leaving: dict[int, list[int]] = defaultdict(list)
    net: dict[int, int] = defaultdict(int)
    for index, (before, after) in enumerate(steps):
        leaving[before].append(index)
        net[before] += 1
        net[after] -= 1
    for begin in ([start] if start in leaving else []), _beginnings(leaving, net):
        found: list[list[int]] = []
        tries = [_TRIES + 10 * len(steps)]
        for value in begin:
            assert value is not None
            _walk(value, steps, leaving, [], set(), found, tries)
        if found or tries[0] <= 0:
            return found[0] if len(found) == 1 and tries[0] > 0 else []
    return None


def _beginnings(leaving: dict[int, list[int]], net: dict[int, int]) -> list[int]:
    """Balances a chain over all rows can begin at: the one left once more than reached, or any where all are level."""
    odd = [value for value, more in net.items() if more]
    if not odd:
        return sorted(leaving)
    firsts = [value for value in odd if net[value] == 1]
    return firsts if len(odd) == 2 and len(firsts) == 1 else []  # noqa: PLR2004


def _walk(
    value: int, steps: Sequence[Step], leaving: dict[int, list[int]], path: list[int], used: set[int],
    found: list[list[int]], tries: list[int],
) -> None:  # fmt: skip
    """Every order that uses each row once, up to two."""
    stack: list[tuple[int, Iterator[int]]] = [(value, iter(leaving.get(value, [])))]
    while stack and len(found) < 2 and tries[0] > 0:  # noqa: PLR2004
        tries[0] -= 1
        _, options = stack[-1]
        index = next((i for i in options if i not in used), None)
        if index is None:
            stack.pop()
            if path:
                used.discard(path.pop())
            continue
        path.append(index)
        used.add(index)
        if len(path) == len(steps):
            found.append(list(path))
        after = steps[index][1]
        stack.append((after, iter(leaving.get(after, []))))


def _groups(rows: pl.DataFrame) -> Iterator[tuple[str, list[tuple[int, int, int]]]]:
    """Rows of one account and one time, in order."""
    group: list[tuple[int, int, int]] = []
    last: tuple[str, object] | None = None
    for at, own, booked_at, after, before in rows.select("at", "own", "booked_at", "after", "before").iter_rows():
        if last != (own, booked_at) and last is not None:
            yield last[0], group
            group = []
        last = (own, booked_at)
        group.append((at, before, after))
    if last is not None:
        yield last[0], group
