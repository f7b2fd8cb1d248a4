"""How many examples a law is tried on: fewer where one is dear, and more all over when a search is asked for."""

from __future__ import annotations

from hypothesis import settings

_USUAL = 50


def examples(number: int) -> settings:
    """So many where a usual law has 50; a profile that tries more or fewer changes all alike."""
    return settings(max_examples=max(1, number * settings.default.max_examples // _USUAL))
