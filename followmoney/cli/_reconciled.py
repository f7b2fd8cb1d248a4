"""The claim, and all that became of it, as a sum that adds up: printed with every trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followmoney.cli._output import Output, aside
from followmoney.errors import ReconcileError
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.tracing import Trace


def reconciled(trace: Trace, output: Output) -> None:
    """Print it: below a table, or on stderr where stdout is for machines.

    Raises:
        ReconcileError: It does not add up.
    """
    aside(sentences(trace), output)
    wrong = trace.reconciliation().filter(trace.reconciliation()["difference"] != 0)
    if len(wrong):
        raise ReconcileError(f"The trace does not reconcile: {wrong.to_dicts()}. Please report it.")


def sentences(trace: Trace) -> list[str]:
    """One sentence a currency, and a claimant: "Reconciles: EUR 5.00 claimed = EUR 2.00 held + EUR 3.00 left …"."""
    found: list[str] = []
    for name, one in (trace.apart() or {"": trace}).items():
        left = one.exits().filter(one.exits()["kind"] != "debt")
        kinds: dict[tuple[str, str], int] = {}
        for kind, currency, claim in left.select("kind", "currency", "claim").iter_rows():
            kinds[currency, kind] = kinds.get((currency, kind), 0) + claim
        for row in one.reconciliation().iter_rows(named=True):
            exits = {kind: claim for (currency, kind), claim in sorted(kinds.items()) if currency == row["currency"]}
            found.append(_sentence(row, exits, f" for {name}" if name else ""))
    return found


def _sentence(row: dict[str, Any], exits: dict[str, int], whose: str) -> str:
    def said(amount: int, what: str) -> str:
        return f"{money(abs(amount), row['currency'])} {what}"

    came = said(row["claimed"], "claimed")
    more = [("converted", row["converted"]), ("accrued", row["accrued"]), ("beyond the claim", row["beyond"])]
    came += "".join(f" {'+' if amount > 0 else '-'} {said(amount, what)}" for what, amount in more if amount)
    to = ", ".join(f"{kind.replace('_', ' ')} {money(claim, row['currency'])}" for kind, claim in exits.items())
    left = said(row["left"], "left") + (f" ({to})" if to else "")
    went = " + ".join(
        [said(row["held"], "held"), left, said(row["discharged"], "discharged"), said(row["lost"], "lost")]
    )
    kept = "Reconciles" if row["difference"] == 0 else "Does NOT reconcile"
    return f"{kept}{whose}: {came} = {went}."
