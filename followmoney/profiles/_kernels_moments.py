"""Compiled statistics of what an account paid or received in the window: never by subtraction, so never impossible."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.profiles._kernels_room import Integer

_FEW = 16  # transactions that are looked at anew more cheaply than they are kept
_SECOND = 1e6


@njit(cache=True, nogil=True, error_model="numpy")
def _show(
    cells: NDArray[np.float64], i: Integer, n: int, of: NDArray[np.float64], k: Integer, value: NDArray[np.int64],
    start: int, now: int,
) -> None:  # fmt: skip
    """Mean, variance, skewness, excess kurtosis, least and most: of the amounts, and of the ages in seconds."""
    for c in range(2):
        s = 6 * c
        spread = of[k, s + 1] / n
        sign, unit = 1 - 2 * c, 1 if c == 0 else _SECOND
        since = value[c, start] if c == 0 else now - value[c, start]
        cells[i, s] = (since + sign * of[k, s]) / unit
        cells[i, s + 1] = spread / unit / unit
        cells[i, s + 2] = cells[i, s + 3] = np.nan
        if spread > 0:
            cells[i, s + 2] = sign * of[k, s + 2] / n / (spread * np.sqrt(spread))
            cells[i, s + 3] = of[k, s + 3] / n / (spread * spread) - 3
        cells[i, s + 4] = (since + sign * of[k, s + 4 + c]) / unit
        cells[i, s + 5] = (since + sign * of[k, s + 5 - c]) / unit


@njit(cache=True, nogil=True, error_model="numpy")
def _look(value: NDArray[np.int64], begin: int, upto: int, of: NDArray[np.float64]) -> None:
    """Statistics of a few values less the first of them, in row 0 of `of`: mean, three sums of powers, least, most."""
    for c in range(2):
        s, first = 6 * c, value[c, begin]
        total = least = most = first - first
        for p in range(begin + 1, upto):
            step = value[c, p] - first
            total += step
            least, most = min(least, step), max(most, step)
        mean = total / (upto - begin)
        second = third = fourth = 0.0
        for p in range(begin, upto):
            away = (value[c, p] - first) - mean
            square = away * away
            second += square
            third += square * away
            fourth += square * square
        of[0, s], of[0, s + 1], of[0, s + 2], of[0, s + 3] = mean, second, third, fourth
        of[0, s + 4], of[0, s + 5] = least, most


@njit(cache=True, nogil=True, error_model="numpy")
def _add(
    of: NDArray[np.float64], to: Integer, k: Integer, n: int, value: NDArray[np.int64], p: int, start: int
) -> None:
    """Statistics of n values in row `k` and of one more, in row `to` (Terriberry 2007); all less those at `start`."""
    for s in range(0, 12, 6):
        new = float(value[s // 6, p] - value[s // 6, start])
        if n == 0:
            of[to, s] = of[to, s + 4] = of[to, s + 5] = new
            of[to, s + 1] = of[to, s + 2] = of[to, s + 3] = 0
            continue
        step = new - of[k, s]
        part = step / (n + 1)
        square, more = part * part, step * part * n
        second, third = of[k, s + 1], of[k, s + 2]
        of[to, s + 3] = of[k, s + 3] + more * square * (float(n) * n - n + 1) + 6 * square * second - 4 * part * third
        of[to, s + 2] = third + more * part * (n - 1) - 3 * part * second
        of[to, s + 1], of[to, s] = second + more, of[k, s] + part
        of[to, s + 4], of[to, s + 5] = min(of[k, s + 4], new), max(of[k, s + 5], new)


@njit(cache=True, nogil=True, error_model="numpy")
def _join(of: NDArray[np.float64], n: int, k: Integer, many: int) -> None:
    """Statistics of n values in row `k` and of many in row 1, in row 0 (Pébay 2008)."""
    a, b = float(n), float(many)
    for s in range(0, 12, 6):
        step = of[1, s] - of[k, s]
        part = step / (a + b)
        square, more = part * part, step * part * a * b
        two, two_more, three, three_more = of[k, s + 1], of[1, s + 1], of[k, s + 2], of[1, s + 2]
        of[0, s] = of[k, s] + part * b
        of[0, s + 1] = two + two_more + more
        of[0, s + 2] = three + three_more + more * part * (a - b) + 3 * part * (a * two_more - b * two)
        of[0, s + 3] = (
            of[k, s + 3] + of[1, s + 3] + more * square * (a * a - a * b + b * b)
            + 6 * square * (a * a * two_more + b * b * two) + 4 * part * (a * three_more - b * three)
        )  # fmt: skip
        of[0, s + 4], of[0, s + 5] = min(of[k, s + 4], of[1, s + 4]), max(of[k, s + 5], of[1, s + 5])


@njit(cache=True, nogil=True, error_model="numpy")
def moments(
    asked_ptr: NDArray[np.int64],
    ptr: NDArray[np.int64],
    row: NDArray[np.int32],
    value: NDArray[np.int64],
    currency: NDArray[np.uint8],
    span: int,
    cells: NDArray[np.float64],
    whole: NDArray[np.int64],
    found: NDArray[np.int32],
) -> None:
    """Fill in, for every transaction, twelve statistics, number and sum of what one of its accounts did in the window.

    `asked_ptr`: the places of every account whose transactions ask; `ptr`: those looked at; by place: row, amount
    and time, currency. The statistics: mean, variance, skewness, excess kurtosis, least and most of the amounts, then
    of the ages in seconds; not a number for amounts in several currencies. They stand one below the other, account by
    account, `found` says where those of a transaction are, or -1 where there is nothing. `whole` is the memory of
    `cells`: number and sum stand there as integers. A large window is kept as two halves, of which the older one knows
    its statistics from every place on: nothing is ever taken away.
    """
    # row 0: what is shown; row 1: the newer half; then the older one, place by place
    of, shown, newer = np.empty((64, 12)), np.int64(0), np.int64(1)
    at = np.int64(0)
    for a in range(len(ptr) - 1):
        first, last = ptr[a], ptr[a + 1]
        begin = upto = run = base = half = fresh = first
        total, kept = first - first, False
        for p in range(asked_ptr[a], asked_ptr[a + 1]):
            i, now = row[p], value[1, p]
            while upto < last and row[upto] <= i:
                if upto > first and currency[upto] != currency[upto - 1]:
                    run = upto
                total += value[0, upto]
                upto += 1
            while begin < upto and now - value[1, begin] >= span:
                total -= value[0, begin]
                begin += 1
            n = upto - begin
            if n == 0:
                found[i], kept = -1, False
                continue
            found[i], whole[at, 12], whole[at, 13] = at, n, total
            if n <= _FEW:
                kept = False
                _look(value, begin, upto, of)
                _show(cells, at, n, of, shown, value, begin, now)
            else:
                if not kept or begin >= half:
                    if n + 2 > len(of):
                        of = np.empty((2 * n, 12))
                    base, half, fresh, kept = begin - 2, upto, upto, True
                    for q in range(upto - 1, begin - 1, -1):
                        _add(of, q - base, q - base + 1, upto - 1 - q, value, q, first)
                for q in range(fresh, upto):
                    _add(of, newer, newer, q - half, value, q, first)
                fresh, k = upto, begin - base
                if half < upto:
                    _join(of, half - begin, k, upto - half)
                    k = shown
                _show(cells, at, n, of, k, value, first, now)
            if run > begin:
                for s in range(6):
                    cells[at, s] = np.nan
            at += 1


@njit(cache=True, nogil=True)
def turn(
    rows: NDArray[np.int64], found: NDArray[np.int32], blank: NDArray[np.int64], columns: NDArray[np.int64]
) -> None:
    """Rows of cells, each where `found` says, as columns, blank where it is -1: block by block, as memory is dear."""
    many, size = columns.shape
    for begin in range(0, size, 64):
        end = min(begin + 64, size)
        for k in range(many):
            for i in range(begin, end):
                columns[k, i] = rows[found[i], k] if found[i] >= 0 else blank[k]
