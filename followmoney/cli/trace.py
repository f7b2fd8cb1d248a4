"""`followmoney trace`: follow claimed money and say where it is now."""

from __future__ import annotations

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output
from followmoney.cli._paths import Paths
from followmoney.cli._reconciled import reconciled
from followmoney.cli._view import PLAIN, WHOLE, Detail, View, asked


@command("load", "trace")
def trace(
    path: Paths,
    /,
    *,
    view: View = WHOLE,
    detail: Detail = PLAIN,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Follow claimed money and say where it is now.

    The claim and the rule are the analyst's choice: `--claim t17,t18` names transactions, `--claim-from structuring`
    takes the findings of a pattern, `--claimant "Ana=t17,t18"` (again for another) keeps several claimants apart.
    Without more, the table says who holds the claim; `--compare` puts every rule side by side, and `--bounds` says
    what holds whatever the rule.

    Below every answer stands the sum that it rests on: claim = held + left + discharged + lost (on stderr where stdout
    is for machines). Exit code 4 if it does not add up.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    """
    from followmoney.cli._shown import answered, printed

    what = asked(view, detail)
    chosen = settings(given, path)
    found = answers.traced(graph_of(path, chosen), chosen)
    printed(found, what, answered(found, what, view, detail, chosen), output)
    reconciled(found, output)
