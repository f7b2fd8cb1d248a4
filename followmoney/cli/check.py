"""`followmoney check`: what was taken, what was refused, and whether the figures agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from followmoney.cli._flags import command, settings
from followmoney.cli._open import allowed, opened
from followmoney.cli._output import Output, notes, show
from followmoney.cli._whole import whole

if TYPE_CHECKING:
    import polars as pl

    from followmoney.ledger import Ledger

Part = Literal["summary", "refused", "totals", "balances", "sources"]

_EMPTY = {
    "summary": "No rows.",
    "refused": "No row was refused.",
    "totals": "No transactions.",
    "balances": "No balances were stated.",
    "sources": "No files.",
}


@command("load")
def check(path: Path, /, *, out: Path | None = None, part: Part | None = None, output: Output = Output(), given: Any = None) -> None:  # noqa: ANN401, B008
    """Read files and say what was taken, what was refused, and by which rule.

    Rows in = taken + refused. On a terminal every part is shown; piped, the summary, or the part you name.

    Parameters
    ----------
    path:
        A file, a folder of files, a saved ledger or the folder of a run.
    out:
        Folder to write refused.parquet into: every refused row with its file, row, rule and cells as found.
    part:
        Show only this part.
    """
    chosen = settings(given)
    ledger = opened(path, chosen)
    parts = _parts(ledger)
    everything = output.kind == "table" and part is None
    for name in parts if everything else [part or "summary"]:
        if everything:
            print(f"{name.capitalize()}")
        show(parts[name], output, money=_money(parts[name]), empty=_EMPTY[name])
    if everything:
        notes(ledger.notes, output)
    if out:
        with whole(out) as folder:
            ledger.refused.write_parquet(folder / "refused.parquet")
    allowed(ledger, chosen, out / "refused.parquet" if out else None)


def _parts(ledger: Ledger) -> dict[str, pl.DataFrame]:
    from followmoney.ledger.integrity import integrity

    return {
        "summary": ledger.summary(),
        "refused": by_rule(ledger.refused),
        "totals": ledger.totals(),
        "balances": integrity(ledger),
        "sources": ledger.sources,
    }


def by_rule(refused: pl.DataFrame) -> pl.DataFrame:
    """Refused rows counted by table and rule, each with the first place it happened."""
    import polars as pl

    place = pl.concat_str([pl.col("source"), pl.lit(" row "), pl.col("row").cast(pl.String)])
    return (
        refused.sort("table", "rule", "source", "row")
        .group_by("table", "rule", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("rows"), place.first().alias("first"), pl.col("values").first().alias("as_found"))
    )


def _money(frame: pl.DataFrame) -> dict[str, str]:
    named = ("amount", "stated", "computed", "difference", "opening", "closing")
    return {name: "currency" for name in named if name in frame.columns} if "currency" in frame.columns else {}
