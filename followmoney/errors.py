"""The few errors: a bad call or file raises one of these, with what was wrong, where, and what to do next.

A bad *row* is never an error: it is kept as refused, with the rule it broke.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_SHOWN = 40  # names in one sentence


class FollowmoneyError(Exception):
    """A call that cannot be answered; the command line prints its sentence and exits with `exit_code`."""

    exit_code = 2


class SettingsError(FollowmoneyError):
    """A setting, an option or an argument is not one we know, or its value makes no sense."""


class InputError(FollowmoneyError):
    """A file or folder that nobody can read as a ledger."""


class RefusedError(FollowmoneyError):
    """More rows were refused than the settings allow."""

    exit_code = 3


class ReconcileError(FollowmoneyError):
    """Totals that must agree do not, or a replay gives other figures."""

    exit_code = 4


class OverflowLimitError(FollowmoneyError):
    """A sum of money that would not fit exactly into 64 bits: raised before it can be wrong."""

    exit_code = 4


def unknown(what: str, given: str, known: Iterable[str]) -> str:
    """One sentence for a name we do not know, with the nearest match and what there is."""
    names = sorted(known)
    near = get_close_matches(given, names, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"Unknown {what} {given!r}.{hint} Known: {', '.join(names[:_SHOWN])}{more}."
