"""`followmoney owners`: who owns or controls each company in the end."""

from __future__ import annotations

from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import opened
from followmoney.cli._output import AUTO, Output, notes, show
from followmoney.cli._paths import Paths


@command("load")
def owners(path: Paths, /, *, on: str | None = None, output: Output = AUTO, given: Given | None = None) -> None:
    """Say who owns or controls each company in the end, with the least and most share and the way there.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    on:
        Day the ownership is asked for, like 2024-06-30; not given: over all time.
    """
    from followmoney.graph.ownership import owners as effective

    found = effective(opened(path, settings(given, path)), as_of=on)
    show(found.frame, output, empty="No interests were recorded.")
    notes(found.notes, output)
