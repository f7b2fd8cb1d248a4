"""`followmoney case`: what can be frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.cli import _answers as answers
from followmoney.cli._case_view import PLAIN, CaseView
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, aside, say, show
from followmoney.cli._paths import Paths

if TYPE_CHECKING:
    from followmoney.case import Case

_SHOWN = ("kind", "id", "holder_name", "value", "claim", "least_of_rules", "most_of_rules")
_OF = {
    "place": ("kind", "id", "holder_name", "country", "value", "claim", "least", "most"),
    "party": ("party", "name", "places", "value", "claim", "least", "most"),
    "country": ("country", "places", "value", "claim", "least", "most"),
    "total": ("places", "value", "claim", "least", "most"),
}
_FIRST = ("step", "account", "holder_name", "claim", "least", "days", "still_there", "avoidable", "avoidable_claim")
_PARTS = {
    "exits": (("kind", "account", "holder_name", "to", "claim", "payments", "last"), "No claim money left."),
    "out_by_month": (("month", "kind", "to", "claim", "least", "most"), "No claim money was out."),
    "third_parties": (("kind", "id", "holder_name", "others_paid", "paid", "value", "ratio"), "Nothing was bought."),
    "shortfall": (("claimed", "recoverable", "shortfall", "least", "most"), "Nothing is claimed."),
    "untainted": (("kind", "id", "holder_name", "value", "encumbrance", "untainted", "got", "owed_by", "why"),
                  "Nothing else is known."),
    "sale": (("kind", "description", "holder_name", "value", "percent_a_year", "lost_in_a_year"),
             "Nothing with claim money in it is of a kind that loses value fast."),
}  # fmt: skip


@command("case", "load", "trace")
def case(path: Paths, /, *, view: CaseView = PLAIN, output: Output = AUTO, given: Given | None = None) -> None:
    """Say what can be frozen: accounts and assets that hold claimed money, rule by rule.

    The claim there under the chosen rule, and the least and most under the rules there are; machine formats and
    `followmoney trace --compare` give every rule. Or one of the answers below: what can be recovered, whom to freeze
    first, where claimed money left.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    """
    from followmoney.case import Case
    from followmoney.case.shortfall import converted

    what, days = view.asked(), view.days()
    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    traced, journal = answers.traced(graph, chosen), answers.journal(chosen)
    made = Case(
        chosen.case.name, trace=traced, journal=journal, takes_days=chosen.takes_days(),
        threshold=chosen.owners.threshold, lower=chosen.lower(),
    )  # fmt: skip
    if what == "recoverable":
        found, by = made.recoverable(), view.by or "place"
        show(found.by(by), output, columns=_OF[by], empty="No account and no asset holds claimed money.")
        aside([found.sentence, *found.notes], output)
    elif what == "freeze_first":
        first = made.freeze_first(days)
        show(first.frame, output, columns=_FIRST, empty="No account holds claimed money.")
        aside([first.sentence, *first.notes], output)
    elif what:
        columns, empty = _PARTS[what]
        show(getattr(made, what)(), output, columns=columns, empty=empty)
        if what == "shortfall" and made.trace is not None:
            aside(converted(made.trace), output)
    else:
        _assets(made, output)


def _assets(made: Case, output: Output) -> None:
    """The plain table."""
    import polars as pl

    from followmoney.tracing import catalogue

    assets = made.assets()
    rules = [rule for rule in assets.columns if rule in catalogue() and catalogue()[rule].conserving]
    shown = assets.with_columns(
        pl.min_horizontal(rules).alias("least_of_rules"), pl.max_horizontal(rules).alias("most_of_rules")
    )
    show(shown, output, columns=_SHOWN, empty="No account and no asset holds claimed money.")
    if output.kind == "table":
        say(f"\n{made.sentence()}")
