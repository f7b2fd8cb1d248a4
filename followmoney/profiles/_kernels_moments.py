"""Compiled statistics of what an account paid or received in the window: never by subtraction, so never impossible."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_FEW = 16  # transactions that are looked at anew more cheaply than they are kept
_SECOND = 1e6


@njit(cache=True, nogil=True, error_model="numpy")
def _show(
    cells: NDArray[np.float64], i: int, s: int, n: int, of: NDArray[np.float64], k: int, at: int, from_: float,
    sign: float, unit: float,
) -> None:  # fmt: skip
    """Mean, variance, skewness, excess kurtosis, least and most of `(from_ + sign * value) / unit`, from cell `s` on."""
    spread = of[k, at + 1] / n
    cells[i, s] = (from_ + sign * of[k, at]) / unit
    cells[i, s + 1] = spread / (unit * unit)
    cells[i, s + 2] = sign * of[k, at + 2] / n / (spread * np.sqrt(spread)) if spread > 0 else np.nan
    cells[i, s + 3] = of[k, at + 3] / n / (spread * spread) - 3 if spread > 0 else np.nan
    cells[i, s + 4] = (from_ + sign * of[k, at + 4 if sign > 0 else at + 5]) / unit
    cells[i, s + 5] = (from_ + sign * of[k, at + 5 if sign > 0 else at + 4]) / unit


@njit(cache=True, nogil=True, error_model="numpy")
def _look(value: NDArray[np.int64], begin: int, upto: int, of: NDArray[np.float64], at: int) -> None:
    """Statistics of a few values less the first of them, in row 0 of `of`: mean, three sums of powers, least, most."""
    first, total, least, most = value[begin], np.int64(0), np.int64(0), np.int64(0)
    for p in range(begin + 1, upto):
        step = value[p] - first
        total += step
        least, most = min(least, step), max(most, step)
    mean = total / (upto - begin)
    second = third = fourth = 0.0
    for p in range(begin, upto):
        away = (value[p] - first) - mean
        square = away * away
        second += square
        third += square * away
        fourth += square * square
    of[0, at], of[0, at + 1], of[0, at + 2], of[0, at + 3] = mean, second, third, fourth
    of[0, at + 4], of[0, at + 5] = least, most


@njit(cache=True, nogil=True, error_model="numpy")
def _add(of: NDArray[np.float64], to: int, k: int, at: int, n: int, value: float) -> None:
    """Statistics of n values in row `k` and one more, in row `to` (Terriberry 2007)."""
    if n == 0:
        of[to, at] = of[to, at + 4] = of[to, at + 5] = value
        of[to, at + 1] = of[to, at + 2] = of[to, at + 3] = 0
        return
    step = value - of[k, at]
    part = step / (n + 1)
    square, more = part * part, step * part * n
    second, third = of[k, at + 1], of[k, at + 2]
    of[to, at + 3] = of[k, at + 3] + more * square * (n * n - n + 1.0) + 6 * square * second - 4 * part * third
    of[to, at + 2] = third + more * part * (n - 1) - 3 * part * second
    of[to, at + 1], of[to, at] = second + more, of[k, at] + part
    of[to, at + 4], of[to, at + 5] = min(of[k, at + 4], value), max(of[k, at + 5], value)


@njit(cache=True, nogil=True, error_model="numpy")
def _join(of: NDArray[np.float64], n: int, k: int, many: int, at: int) -> None:
    """Statistics of n values in row `k` and of many in row 1, in row 0 (Pébay 2008)."""
    a, b = float(n), float(many)
    step, inverse = of[1, at] - of[k, at], 1 / (a + b)
    part = step * inverse
    square, more = part * part, step * part * a * b
    two, two_more, three, three_more = of[k, at + 1], of[1, at + 1], of[k, at + 2], of[1, at + 2]
    of[0, at] = of[k, at] + part * b
    of[0, at + 1] = two + two_more + more
    of[0, at + 2] = three + three_more + more * part * (a - b) + 3 * part * (a * two_more - b * two)
    of[0, at + 3] = (
        of[k, at + 3] + of[1, at + 3] + more * square * (a * a - a * b + b * b)
        + 6 * square * (a * a * two_more + b * b * two) + 4 * part * (a * three_more - b * three)
    )  # fmt: skip
    of[0, at + 4], of[0, at + 5] = min(of[k, at + 4], of[1, at + 4]), max(of[k, at + 5], of[1, at + 5])


@njit(cache=True, nogil=True, error_model="numpy")
def moments(
    asked_ptr: NDArray[np.int64],
    ptr: NDArray[np.int64],
    row: NDArray[np.int32],
    time: NDArray[np.int64],
    money: NDArray[np.int64],
    currency: NDArray[np.uint8],
    span: int,
    cells: NDArray[np.float64],
    whole: NDArray[np.int64],
) -> None:
    """Fill in, for every transaction, twelve statistics, number and sum of what one of its accounts did in the window.

    `asked_ptr`: the places of every account whose transactions ask; `ptr`: those looked at; by place: row, time,
    amount, currency. The statistics: mean, variance, skewness, excess kurtosis, least and most of the amounts, then of
    the ages in seconds; not a number for amounts in several currencies; where there are none the row stays as it is.
    `whole` is the memory of `cells`: number and sum stand there as integers. A large window is kept as two halves, of which the older one
    knows its statistics from every place on: nothing is ever taken away.
    """
    # row 0: what is shown; row 1: the newer half; then the older one, place by place
    of = np.empty((64, 12))
    for a in range(len(ptr) - 1):
        first, last = ptr[a], ptr[a + 1]
        begin = upto = run = base = half = fresh = first
        total, kept = np.int64(0), False
        for p in range(asked_ptr[a], asked_ptr[a + 1]):
            i, now = row[p], time[p]
            while upto < last and row[upto] <= i:
                if upto > first and currency[upto] != currency[upto - 1]:
                    run = upto
                total += money[upto]
                upto += 1
            while begin < upto and now - time[begin] >= span:
                total -= money[begin]
                begin += 1
            n = upto - begin
            if n == 0:
                kept = False
                continue
            whole[i, 12], whole[i, 13] = n, total
            if n <= _FEW:
                _look(money, begin, upto, of, 0)
                _look(time, begin, upto, of, 6)
                _show(cells, i, 0, n, of, 0, 0, money[begin], 1.0, 1.0)
                _show(cells, i, 6, n, of, 0, 6, now - time[begin], -1.0, _SECOND)
                kept = False
            else:
                if not kept or begin >= half:
                    if n + 2 > len(of):
                        of = np.empty((2 * n, 12))
                    base, half, fresh, kept = begin - 2, upto, upto, True
                    for q in range(upto - 1, begin - 1, -1):
                        _add(of, q - base, q - base + 1, 0, upto - 1 - q, money[q])
                        _add(of, q - base, q - base + 1, 6, upto - 1 - q, time[q] - time[first])
                for q in range(fresh, upto):
                    _add(of, 1, 1, 0, q - half, money[q])
                    _add(of, 1, 1, 6, q - half, time[q] - time[first])
                fresh, k = upto, begin - base
                if half < upto:
                    _join(of, half - begin, k, upto - half, 0)
                    _join(of, half - begin, k, upto - half, 6)
                    k = 0
                _show(cells, i, 0, n, of, k, 0, 0, 1.0, 1.0)
                _show(cells, i, 6, n, of, k, 6, now - time[first], -1.0, _SECOND)
            if run > begin:
                for s in range(6):
                    cells[i, s] = np.nan


@njit(cache=True, nogil=True)
def turn(rows: NDArray[np.int64], blank: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
    """Rows of cells as columns, and the rows blank again: block by block, as memory is what costs."""
    size, many = rows.shape
    for begin in range(0, size, 64):
        end = min(begin + 64, size)
        for k in range(many):
            for i in range(begin, end):
                columns[k, i] = rows[i, k]
        for i in range(begin, end):
            for k in range(many):
                rows[i, k] = blank[k]
