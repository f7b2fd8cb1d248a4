"""`followmoney check`: what was taken, what was refused, and whether the figures agree."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from followmoney.cli._apart import apart
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import allowed, opened
from followmoney.cli._output import AUTO, Output, notes, say, show
from followmoney.cli._paths import Paths
from followmoney.cli._unread import sources
from followmoney.cli._whole import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from followmoney.ledger import Ledger

Part = Literal["summary", "refused", "totals", "balances", "statements", "sources", "mirrors"]

_EMPTY = {
    "summary": "No rows.",
    "refused": "No row was refused.",
    "totals": "No transactions.",
    "balances": "No stated balance contradicts the movements.",
    "statements": "No statement of an account and its days is among the files.",
    "sources": "No files.",
    "mirrors": "No transfer stands on the statements of both its ends.",
}

_HEADS = {
    "summary": "Summary: rows of each table",
    "refused": "Refused: rows by the rule they break; with --out FOLDER, all of them in FOLDER/refused.parquet",
    "totals": "Totals: transactions taken, by currency",
    "balances": "Balances: accounts where movements do not lead from one stated balance to the next",
    "statements": "Statements: each with what lies between it and the one before",
    "sources": "Sources: rows of each file as it counts them; one of them may give rows of several tables, or of none",
}
_PLACES = 5

_SHOWN = {  # a terminal is too narrow for the rest
    "sources": ("source", "reader", "size", "rows", "taken", "refused"),
    "mirrors": ("transaction", "id", "booked_at", "originator", "beneficiary", "amount", "source", "row"),
    "statements": ("account", "start", "end", "opening", "movements", "closing", "difference", "finding"),
    "balances": ("account", "opening", "movements", "closing", "difference", "compared", "agree", "first_at"),
}


@command("load")
def check(
    path: Paths,
    /,
    *,
    out: Path | None = None,
    part: Part | None = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Read files and say what was taken, what was refused, and by which rule.

    Rows in = taken + refused. On a terminal every part is shown but the mirrors (the second rows of transfers that two
    statements show); piped, the summary, or the part you name.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    out:
        Folder to write refused.parquet into: every refused row with its file, row, rule and cells as found.
    part:
        Show only this part.
    """
    if out:
        apart(out, *path)
    chosen = settings(given, path)
    ledger = opened(path, chosen)
    parts = _parts(ledger, path)
    everything = output.kind == "table" and part is None
    shown = [name for name in parts if name != "mirrors"] if everything else [part or "summary"]
    for name in shown:
        if everything:
            say(_HEADS[name])
        frame = parts[name]()
        if everything and name == "balances":
            frame = unexplained(frame)
        show(frame, output, columns=_SHOWN.get(name, ()), empty=_EMPTY[name])
        if everything:
            say()
    notes(ledger.notes, output)
    if out:
        with whole(out) as folder:
            ledger.refused.write_parquet(folder / "refused.parquet")
    allowed(ledger, chosen, out / "refused.parquet" if out else None)


def _parts(ledger: Ledger, paths: Paths) -> dict[str, Callable[[], pl.DataFrame]]:
    """What makes each part."""
    from followmoney.ledger.coverage import coverage
    from followmoney.ledger.integrity import integrity

    return {
        "summary": ledger.summary,
        "refused": partial(by_rule, ledger.refused),
        "totals": ledger.totals,
        "balances": partial(integrity, ledger),
        "statements": partial(coverage, ledger),
        "sources": partial(sources, ledger, paths),
        "mirrors": partial(mirrors, ledger),
    }


def mirrors(ledger: Ledger) -> pl.DataFrame:
    """The rows that were the other side of a transfer, with the transaction that counts and what it moved."""
    rows = ledger["mirrors"]
    counted = replace(ledger, numbered=ledger.numbered.join(rows, left_on="id", right_on="transaction", how="semi"))
    kept = counted.transactions.select("originator", "beneficiary", "amount", "currency", transaction="id")
    found = rows.join(kept, on="transaction", how="left")
    return found.select("transaction", "id", "originator", "beneficiary", "amount", "currency", "booked_at",
                        "value_date", "source", "row").sort("transaction", "id")  # fmt: skip


def by_rule(refused: pl.DataFrame) -> pl.DataFrame:
    """Refused rows counted by table and rule, each with the first places it happened; all are in refused.parquet."""
    import polars as pl

    some = (
        refused.sort("table", "rule", "source", "row")
        .group_by("table", "rule", "source", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("rows"), pl.col("row").head(_PLACES), pl.col("values").first())
        .group_by("table", "rule", maintain_order=True)
        .agg("rows", "source", "row", pl.col("values").first())
    )
    places = [
        _places(sum(counts), list(zip(sources, numbers, strict=True)))
        for counts, sources, numbers in some.select("rows", "source", "row").iter_rows()
    ]
    return some.select(
        "table", "rule", pl.col("rows").list.sum(), pl.Series("where", places, dtype=pl.String),
        pl.col("values").alias("as_found"),
    )  # fmt: skip


def _places(count: int, found: list[tuple[str, list[int]]]) -> str:
    """The first rows, by file; and how many more there are."""
    said: list[str] = []
    left = _PLACES
    for source, numbers in found:
        if shown := numbers[:left]:
            said.append(f"{source} row{'s' if len(shown) > 1 else ''} {', '.join(map(str, shown))}")
            left -= len(shown)
    more = f" and {count - _PLACES:,} more" if count > _PLACES else ""
    return "; ".join(said) + more


def unexplained(balances: pl.DataFrame) -> pl.DataFrame:
    """The accounts with a stated balance that the movements do not lead to: a row is missing, or one too many."""
    return balances.filter(balances["agree"] < balances["compared"])
