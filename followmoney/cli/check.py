"""`followmoney check`: what was taken, what was refused, and whether the figures agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from followmoney.cli._apart import apart
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import allowed, opened
from followmoney.cli._output import AUTO, Output, notes, say, show
from followmoney.cli._paths import Paths
from followmoney.cli._whole import whole

if TYPE_CHECKING:
    import polars as pl

    from followmoney.ledger import Ledger

Part = Literal["summary", "refused", "totals", "balances", "statements", "sources"]

_EMPTY = {
    "summary": "No rows.",
    "refused": "No row was refused.",
    "totals": "No transactions.",
    "balances": "No stated balance contradicts the movements.",
    "statements": "No statement of an account and its days is among the files.",
    "sources": "No files.",
}

_SHOWN = {  # a terminal is too narrow for the rest
    "sources": ("source", "reader", "size", "rows", "taken", "refused"),
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

    Rows in = taken + refused. On a terminal every part is shown; piped, the summary, or the part you name.

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
    parts = _parts(ledger)
    everything = output.kind == "table" and part is None
    for name in parts if everything else [part or "summary"]:
        if everything:
            say(f"{name.capitalize()}")
        frame = unexplained(parts[name]) if everything and name == "balances" else parts[name]
        show(frame, output, columns=_SHOWN.get(name, ()), empty=_EMPTY[name])
        if everything:
            say()
    if everything:
        notes(ledger.notes, output)
    if out:
        with whole(out) as folder:
            ledger.refused.write_parquet(folder / "refused.parquet")
    allowed(ledger, chosen, out / "refused.parquet" if out else None)


def _parts(ledger: Ledger) -> dict[str, pl.DataFrame]:
    from followmoney.ledger.coverage import coverage
    from followmoney.ledger.integrity import integrity

    return {
        "summary": ledger.summary(),
        "refused": by_rule(ledger.refused),
        "totals": ledger.totals(),
        "balances": integrity(ledger),
        "statements": coverage(ledger),
        "sources": ledger.sources,
    }


def by_rule(refused: pl.DataFrame) -> pl.DataFrame:
    """Refused rows counted by table and rule, each with the first place it happened."""
    import polars as pl

    place = pl.concat_str([pl.col("source"), pl.lit(" row "), pl.col("row").cast(pl.String)])
    return (
        refused.sort("table", "rule", "source", "row")
        .group_by("table", "rule", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("rows"),
            place.first().alias("first"),
            pl.col("values").first().alias("as_found"),
        )
    )


def unexplained(balances: pl.DataFrame) -> pl.DataFrame:
    """The accounts with a stated balance that the movements do not lead to: a row is missing, or one too many."""
    return balances.filter(balances["agree"] < balances["compared"])
