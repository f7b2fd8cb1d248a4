"""`followmoney case`: what can be frozen."""

from __future__ import annotations

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, say, show
from followmoney.cli._paths import Paths

_SHOWN = ("kind", "id", "holder_name", "value", "claim", "least_of_rules", "most_of_rules")


@command("case", "load", "trace")
def case(path: Paths, /, *, output: Output = AUTO, given: Given | None = None) -> None:
    """Say what can be frozen: accounts and assets that hold claimed money, rule by rule.

    The claim there under the chosen rule, and the least and most under the rules there are; machine formats and
    `followmoney trace --compare` give every rule.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    """
    import polars as pl

    from followmoney.case import Case
    from followmoney.tracing import catalogue

    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    chosen = answers.settled(chosen, graph.ledger)
    made = Case(chosen.case.name, trace=answers.traced(graph, chosen))
    assets = made.assets()
    rules = [rule for rule in assets.columns if rule in catalogue() and catalogue()[rule].conserving]
    shown = assets.with_columns(
        pl.min_horizontal(rules).alias("least_of_rules"), pl.max_horizontal(rules).alias("most_of_rules")
    )
    show(shown, output, columns=_SHOWN, empty="No account and no asset holds claimed money.")
    if output.kind == "table":
        say(f"\n{made.sentence()}")
