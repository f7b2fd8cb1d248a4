"""`followmoney cluster`: networks of accounts that move money mostly among themselves."""

from __future__ import annotations

from typing import Literal

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, notes, show
from followmoney.cli._paths import Paths

_COLUMNS = ("id", "size", "explanation")  # dates and sums are in the explanation


@command("load", "communities", "communities.*")
def cluster(
    path: Paths,
    /,
    *,
    part: Literal["networks", "members"] = "networks",
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Find networks: accounts that move money mostly among themselves.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    part:
        The networks, or their members.
    """
    chosen = settings(given, path)
    found = answers.networks(graph_of(path, chosen), chosen)
    if part == "networks":
        show(found.frame, output, columns=_COLUMNS, empty="No network was found.")
    else:
        show(found.members, output, empty="No network was found.")
    notes(found.notes, output)
