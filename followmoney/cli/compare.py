"""`followmoney compare`: what changed between two cases, or since a day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, aside, say, show
from followmoney.errors import SettingsError

if TYPE_CHECKING:
    import polars as pl

    from followmoney.case import Case

Part = Literal["claims", "accounts", "findings", "transactions", "journal"]
_SHOWN = {
    "claims": ("change", "kind", "id", "currency", "claim_before", "claim_after", "difference"),
    "accounts": ("change", "account", "currency", "transactions_before", "transactions_after",
                 "debited_before", "debited_after", "credited_before", "credited_after"),
    "findings": ("change", "pattern", "subject", "finding_before", "finding_after", "transactions_before",
                 "transactions_after"),
    "transactions": ("change", "id", "booked_at_before", "booked_at_after", "amount_before", "amount_after"),
    "journal": ("change", "kind", "about", "why", "who", "when"),
}  # fmt: skip


@command("case", "load", "detect", "trace")
def compare(
    before: Path,
    after: Path | None = None,
    /,
    *,
    since: str | None = None,
    part: Part | None = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Say what changed between two cases, or in one since a day: what is new, gone and changed.

    Claimed money by place, booked movements by account, findings, transactions, and entries of the journal; figures are
    exact, and what is alike is not shown. On a terminal everything; piped, claims or the part you name. Runs bring
    their settings; both must follow one rule.

    Parameters
    ----------
    before:
        File, folder of files, a saved ledger or the folder of a run.
    after:
        The same of later; not given: --since compares the first with itself as of a day.
    since:
        Day (2024-06-30): what changed after its end.
    part:
        Show only this.
    """
    if (after is None) == (since is None):
        raise SettingsError("Give two cases, or one and --since DAY.")
    case = _case(before, given)
    found = case.compare(_case(after, given)) if after is not None else case.since(str(since))
    everything = output.kind == "table" and part is None
    for name in _SHOWN if everything else [part or "claims"]:
        if everything:
            say(name.capitalize())
        show(_priced(found.tables()[name], output), output, columns=_SHOWN[name], empty="Nothing changed.")
        if everything:
            say()
    aside([found.sentence], output)


def _priced(frame: pl.DataFrame, output: Output) -> pl.DataFrame:
    """On a terminal with one currency for both sides, where it is one, so that money is written as people do."""
    import polars as pl

    a, b = (pl.col(f"currency_{side}") for side in ("before", "after"))
    if output.kind != "table" or "currency_after" not in frame.columns or frame.select((a != b).any()).item():
        return frame
    return frame.with_columns(currency=pl.coalesce(b, a))


def _case(path: Path, given: Given | None) -> Case:
    """The case of a path: findings, and the trace where anything is claimed."""
    from followmoney.case import Case

    chosen = settings(given, [path])
    graph = graph_of([path], chosen)
    journal = answers.journal(chosen)
    chosen = answers.decided(answers.settled(chosen, graph.ledger), journal)
    found = answers.findings(graph, chosen)
    claim = answers.claimed(chosen, answers.considered(found, journal))
    trace = answers.trace(graph, chosen, claim) if claim else None
    return Case(
        chosen.case.name, found, trace=trace, source=graph.ledger, journal=journal, threshold=chosen.owners.threshold,
        lower=chosen.lower(),
    )  # fmt: skip
