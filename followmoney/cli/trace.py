"""`followmoney trace`: follow claimed money and say where it is now."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from followmoney.cli import _answers as answers
from followmoney.cli._flags import command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import Output, notes, show

Part = Literal["holders", "exits", "transactions", "reconciliation", "compare"]

_MONEY = ("balance", "claim", "claim_received", "amount", "claimed", "held", "left", "discharged", "lost", "converted", "difference")


@command("load", "trace")
def trace(
    path: Path,
    /,
    *,
    part: Part = "holders",
    account: str | None = None,
    to: str | None = None,
    output: Output = Output(),  # noqa: B008
    given: Any = None,  # noqa: ANN401
) -> None:
    """Follow claimed money and say where it is now.

    The claim and the rule are the analyst's choice: `--claim t17,t18` names transactions, `--claim-from structuring`
    takes the findings of a pattern. `--part compare` shows every rule side by side.

    Parameters
    ----------
    path:
        A file, a folder of files, a saved ledger or the folder of a run.
    part:
        Where the claim is held, where it left, the transactions that carried it, the totals, or every rule.
    account:
        Show every movement of this account with its running balance and claim instead.
    to:
        Show the strongest ways the claim took to this account instead.
    """
    chosen = settings(given)
    found = answers.traced(graph_of(path, chosen), chosen)
    frame = found.ledger(account) if account else found.paths(to) if to else getattr(found, part)()
    money = {name: "currency" for name in _MONEY if name in frame.columns and "currency" in frame.columns}
    show(frame, output, money=money, empty="Nothing of the claim is there.")
    if output.kind == "table" and part == "holders":
        print(found.explain())
    notes(found.notes, output)
