"""Sums of money in sentences and tables: exact, one currency beside another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from followmoney.languages import count, listed, say
from followmoney.schema.codes import exponent, money


def sums(amounts: Mapping[str, int]) -> str:
    """Amounts by currency in one phrase: "EUR 10.00 and GBP 5.00"."""
    found = [money(amount, currency) for currency, amount in sorted(amounts.items())]
    return listed(found) if found else say("nothing")


def some(names: Sequence[str], most: int) -> str:
    """The first names of a list, and how many more there are."""
    shown, left = ", ".join(names[:most]), len(names) - most
    return say("{names} and {more} more", names=shown, more=left) if left > 0 else shown


def total(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Amounts added up by currency."""
    added: dict[str, int] = {}
    for currency, amount in pairs:
        added[currency] = added.get(currency, 0) + amount
    return added


def plain(amount: int | None, currency: str) -> str:
    """An amount without its currency, for a column of figures: "12,345.50"; an empty text where there is none."""
    return "" if amount is None else money(amount, currency).removeprefix(f"{currency} ")


def decimal(amount: int | None, currency: str) -> str:
    """An amount as a machine reads it: "12345.50"."""
    return plain(amount, currency).replace(",", "")


def many(number: int, one: str, more: str | None = None) -> str:
    """A number and its noun: "1 transaction", "1,200 transactions"."""
    return count(number, f"{{n}} {one}", f"{{n}} {more or one + 's'}")


def within(home: str, *, marked: bool) -> str:
    """Which currency bare figures of a picture are in."""
    if marked:
        return say("Amounts in {currency}, unless marked.", currency=home)
    return say("Amounts in {currency}.", currency=home)


def scales(rates: Iterable[tuple[str, int, str, int]], home: str) -> dict[str, float]:
    """How much of `home` a minor unit of each currency counts for in a picture; never for sums.

    At the rates of the conversions themselves (currency, amount, currency received, amount received).
    """
    added: dict[tuple[str, str], tuple[int, int]] = {}
    known: set[str] = {home}
    for paid, amount, got, received in rates:
        known |= {paid, got}
        if paid != got and amount and received:
            a, r = added.get((paid, got), (0, 0))
            added[paid, got] = (a + amount, r + received)
    scale = {home: 1.0 / 10 ** exponent(home)}
    while True:
        step = {got: scale[p] * a / r for (p, got), (a, r) in sorted(added.items()) if p in scale and got not in scale}
        step |= {p: scale[g] * r / a for (p, g), (a, r) in sorted(added.items()) if g in scale and p not in scale}
        if not step:
            return {c: scale.get(c, 1.0 / 10 ** exponent(c)) for c in sorted(known)}
        scale |= step
