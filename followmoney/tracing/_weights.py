"""One common unit for money in several currencies, so that converted claim money can be bounded in one network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm

Conversion = tuple[int, int, int, int]
"""Currency debited, currency credited, amount debited, amount credited."""


def worth(conversions: Iterable[Conversion]) -> dict[int, Fraction]:
    """What a minor unit of each currency is worth, from the executed rates, by total over both directions.

    Currencies that no chain of conversions joins need no common unit; each such group starts from 1.
    """
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for debited, credited, amount, received in conversions:
        if debited == credited:
            continue
        low, high = sorted((debited, credited))
        pair = sums[low, high]
        pair[0] += amount if debited == low else received
        pair[1] += received if debited == low else amount
    found: dict[int, Fraction] = {}
    rates = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    for start in sorted({currency for pair in sums for currency in pair}):
        if start in found:
            continue
        found[start] = Fraction(1)
        grown = True
        while grown:  # from what is known to the busiest pair that leads on
            grown = False
            for (low, high), (units, others) in rates:
                if (low in found) != (high in found):
                    if low in found:
                        found[high] = found[low] * units / others
                    else:
                        found[low] = found[high] * others / units
                    grown = True
                    break
    return found


def whole(values: dict[int, Fraction], largest: int) -> dict[int, int]:
    """The same worths as whole numbers up to `largest`: exactly if they fit, else as near as they do."""
    if not values:
        return {}
    scale = lcm(*(value.denominator for value in values.values()))
    exact = {currency: int(value * scale) for currency, value in values.items()}
    shared = gcd(*exact.values())
    exact = {currency: value // shared for currency, value in exact.items()}
    if max(exact.values()) <= largest:
        return exact
    top = max(values.values())
    return {currency: max(1, int(value / top * largest)) for currency, value in values.items()}


def loss(amount: int, received: int, most: int, out: int, into: int) -> int:
    """The most that a conversion of up to `most` can lose in common units; a unit is worth `out`, then `into`."""
    rounding = amount // gcd(amount, received) - 1  # the largest fraction of a unit dropped, times amount / gcd
    drop = into * rounding * gcd(amount, received)
    return (max(0, out * amount - into * received) * most + drop) // amount


def gain(amount: int, received: int, most: int, out: int, into: int) -> int:
    """The most that a conversion of up to `most` can gain in common units."""
    return max(0, into * received - out * amount) * most // amount
