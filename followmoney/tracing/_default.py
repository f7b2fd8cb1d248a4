"""The rule that is followed where nobody names one."""

from __future__ import annotations


class Unnamed(str):
    """The name of a rule that stands in for one that nobody named."""

    __slots__ = ()


DEFAULT = Unnamed("lowest_balance")
"""Followed where no rule is named: what is left in an account of a wrongdoer."""
