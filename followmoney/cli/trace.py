"""`followmoney trace`: follow claimed money and say where it is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, say, show

if TYPE_CHECKING:
    import polars as pl

    from followmoney.tracing import Trace

Part = Literal["holders", "exits", "transactions", "reconciliation", "compare"]

_SHOWN = {
    "account": ("booked_at", "counterparty", "debit", "credit", "balance", "claim"),
    "paths": ("path", "step", "transaction", "booked_at", "originator", "beneficiary", "amount", "claim"),
    "holders": ("account", "name", "balance", "claim", "share"),
    "transactions": ("id", "booked_at", "originator", "beneficiary", "amount", "claim"),
}


@command("load", "trace")
def trace(
    path: Path,
    /,
    *,
    part: Part = "holders",
    account: str | None = None,
    to: str | None = None,
    output: Output = AUTO,
    given: Given | None = None,
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
    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    found = answers.traced(graph, answers.settled(chosen, graph.ledger))
    frame = found.ledger(account) if account else _paths(found, to) if to else getattr(found, part)()
    asked = "account" if account else "paths" if to else part
    show(frame, output, columns=_SHOWN.get(asked, ()), empty="Nothing of the claim is there.")
    if output.kind == "table":
        say(f"\n{found.explain()}")


def _paths(found: Trace, to: str) -> pl.DataFrame:
    """The paths, each step with its currency."""
    currency = found.transactions().select("currency", transaction="id")
    return found.paths(to).join(currency, on="transaction", how="left", maintain_order="left")
