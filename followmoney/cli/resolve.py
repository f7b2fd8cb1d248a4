"""`followmoney resolve`: which parties are the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from followmoney.cli._apart import apart
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import allowed, opened
from followmoney.cli._output import AUTO, Output, aside, flat, say, show
from followmoney.cli._paths import Paths
from followmoney.cli._progress import doing
from followmoney.cli._whole import whole

if TYPE_CHECKING:
    import polars as pl

    from followmoney.resolution import Resolution

Part = Literal["review", "counts", "pairs", "clusters", "conflicts", "weights"]

_EMPTY = {
    "review": "Nothing to review.",
    "counts": "",
    "pairs": "No two parties are alike.",
    "clusters": "No two parties are the same.",
    "conflicts": "No contradictions.",
    "weights": "",
}


@command("load")
def resolve(
    path: Paths,
    /,
    *,
    decisions: Path | None = None,
    weights: Path | None = None,
    who: Literal["all", "holders"] = "all",
    part: Part | None = None,
    out: Path | None = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Say which parties are the same, which may be, and why; what a person decided is kept.

    On a terminal: how many, what contradicts, and the list for review; piped, the list for review or the part you name.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    decisions:
        File (CSV) of what was decided: columns left, right, decision (same, not same), who, when, why. The review.csv
        of --out becomes one when it is filled in.
    weights:
        File (TOML) of weights and thresholds to use instead of the defaults; --part weights shows those. Not given:
        resolution.weights of the settings.
    who:
        Compare all parties, or only those who hold an account with all.
    part:
        Show only this part.
    out:
        Folder to write review.csv, the pairs, clusters, conflicts and weights (Parquet) into, and the merged ledger,
        which every command takes.
    """
    import followmoney as fm

    if out:
        apart(out, *path)
    chosen = settings(given, path)
    ledger = opened(path, chosen)
    allowed(ledger, chosen)
    with doing("Comparing parties"):
        found = fm.resolve(ledger, decisions or (), weights=weights or chosen.weights(), who=who)
    parts = {
        "counts": found.counts(),
        "conflicts": found.conflicts,
        "review": found.review(),
        "pairs": found.pairs,
        "clusters": found.clusters,
        "weights": found.weights.table(),
    }
    everything = output.kind == "table" and part is None
    for name in ("counts", "conflicts", "review") if everything else [part or "review"]:
        if everything:
            say(name.capitalize())
        show(parts[name], output, empty=_EMPTY[name])
        if everything:
            say()
    aside([f"Note: {sentence}" for sentence in found.notes], output)
    if out:
        _write(out, found, parts)


def _write(out: Path, found: Resolution, parts: dict[str, pl.DataFrame]) -> None:
    import polars as pl

    blank = [pl.lit("").alias(name) for name in ("decision", "who", "when", "why")]
    with whole(out) as folder:
        for name in ("pairs", "clusters", "conflicts", "weights"):
            parts[name].write_parquet(folder / f"{name}.parquet")
        flat(parts["review"].with_columns(blank)).write_csv(folder / "review.csv")
    found.apply().save(out / "ledger")
