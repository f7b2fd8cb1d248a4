"""`followmoney case`: what can be frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from followmoney.cli import _answers as answers
from followmoney.cli._flags import command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import Output, show


@command("case", "load", "trace")
def case(path: Path, /, *, output: Output = Output(), given: Any = None) -> None:  # noqa: ANN401, B008
    """Say what can be frozen: accounts and assets that hold claimed money, rule by rule.

    Parameters
    ----------
    path:
        A file, a folder of files, a saved ledger or the folder of a run.
    """
    from followmoney.case import Case

    chosen = settings(given)
    graph = graph_of(path, chosen)
    made = Case(chosen.case.name, trace=answers.traced(graph, chosen))
    assets = made.assets()
    money = {name: "currency" for name, kind in assets.schema.items() if kind.is_integer()}
    show(assets, output, money=money, empty="No account and no asset holds claimed money.")
    if output.kind == "table":
        print(made.sentence())
