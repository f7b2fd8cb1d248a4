"""Thresholds by currency: what is given adds to what is below it; 0 leaves a currency out."""

from __future__ import annotations

from collections.abc import Mapping

from followmoney.settings._leaves import BY_CURRENCY, Leaf


def by_currency(leaf: Leaf) -> bool:
    """Whether a setting is a threshold by currency."""
    return leaf.unit == BY_CURRENCY and isinstance(leaf.default, dict)


def added(leaf: Leaf, below: Mapping[str, int], given: Mapping[str, int]) -> dict[str, int]:
    """The amounts given over those below; nothing at all given (`{}`) leaves every currency out."""
    return {**below, **given} if given else dict.fromkeys({**below, **leaf.default}, 0)


def whole(leaf: Leaf, given: Mapping[str, int]) -> dict[str, int]:
    """What is given over the defaults, as the pattern takes it."""
    return {name: amount for name, amount in sorted(added(leaf, leaf.default, given).items()) if amount}


def spelled(leaf: Leaf, value: Mapping[str, int]) -> dict[str, int]:
    """The amounts as a settings file says them, with 0 for a currency of the defaults that is left out."""
    return {**dict.fromkeys(leaf.default, 0), **value}
