"""`followmoney cluster`: networks of accounts that move money mostly among themselves."""

from __future__ import annotations

from typing import Literal

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, notes, show
from followmoney.cli._paths import Paths

_COLUMNS = ("id", "level", "size", "findings", "explanation")  # dates and sums are in the explanation
_MEMBERS = ("network", "vertex", "label", "roles", "received", "paid", "incoming", "outgoing", "currency")


@command("load", "detect", "communities", "communities.*")
def cluster(
    path: Paths,
    /,
    *,
    part: Literal["networks", "members", "findings"] = "networks",
    findings: bool = False,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Find networks: accounts that move money mostly among themselves.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    part:
        The networks, their members with the parts they play, or the findings inside each.
    findings:
        Look for patterns first, and rank the networks by the findings inside.
    """
    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    inside = answers.findings(graph, chosen) if findings or part == "findings" else None
    found = answers.networks(graph, chosen, inside)
    if part == "networks":
        show(found.frame, output, columns=_COLUMNS, empty="No network was found.")
    elif part == "members":
        show(found.members, output, columns=_MEMBERS, empty="No network was found.")
    else:
        show(found.inside, output, empty="No finding lies inside a network.")
    notes(found.notes, output)
