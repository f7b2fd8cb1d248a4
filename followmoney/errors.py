"""The few errors: a bad call or file raises one of these, with what was wrong, where, and what to do next.

A bad *row* is never an error: it is kept as refused, with the rule it broke.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


_SHOWN = 40  # names in one sentence


class FollowmoneyError(Exception):
    """A call that cannot be answered; the command line prints its sentence and exits with `exit_code`."""

    exit_code = 2


class SettingsError(FollowmoneyError):
    """A setting, an option or an argument is not one we know, or its value makes no sense."""


class InputError(FollowmoneyError):
    """A file or folder that nobody can read as a ledger."""


class DamagedError(InputError):
    """A file that is not whole. It is an error where the caller named it; among the files of a folder it is left out.

    `source` tells which file it is, by its path or its name among the files that are read; `reason` what is wrong.
    """

    def __init__(self, message: str, source: str | Path = "", reason: str = "") -> None:
        """Keep which file it is and what is wrong with it, beside the whole sentence."""
        super().__init__(message)
        self.source, self.reason = source, reason


class RefusedError(FollowmoneyError):
    """More rows were refused than the settings allow."""

    exit_code = 3


class ReconcileError(FollowmoneyError):
    """Totals that must agree do not, or a replay gives other figures."""

    exit_code = 4


class OverflowLimitError(FollowmoneyError):
    """A sum of money that would not fit exactly into 64 bits: raised before it can be wrong."""

    exit_code = 4


def expect(door: str, given: object, kind: type | tuple[type, ...], what: str) -> None:
    """Refuse an argument that is not of the kind a function takes: what it takes, and what it was given.

    Raises:
        SettingsError: It is of another kind.
    """
    if not isinstance(given, kind):
        name = type(given).__name__
        was = "nothing" if given is None else f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
        if isinstance(given, type):
            was = f"the class {given.__name__} itself; write {given.__name__}()"
        raise SettingsError(f"{door} takes {what}; it was given {was}.")


A_FLOW_GRAPH = "a flow graph: fm.FlowGraph(ledger)"
SOME_FINDINGS = "findings: fm.detect(graph)"
SOME_NETWORKS = "networks: fm.cluster(graph)"
"""What functions take, and where it comes from."""


def unknown(what: str, given: object, known: Iterable[str]) -> str:
    """One sentence for a name we do not know, with the nearest match and what there is."""
    names = sorted(known)
    near = get_close_matches(str(given), names, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"Unknown {what} {given!r}.{hint} Known: {', '.join(names[:_SHOWN])}{more}."
