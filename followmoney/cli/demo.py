"""`followmoney demo`: the whole way on the sample case."""

from __future__ import annotations

from pathlib import Path

from followmoney.cli._answers import transactions
from followmoney.cli._output import AUTO, Output, say
from followmoney.cli._pipeline import Pipeline
from followmoney.cli._sample import sample
from followmoney.cli._stages import alone
from followmoney.cli._stages_shown import shown


def demo(*, out: Path = Path("harbour-case"), output: Output = AUTO) -> None:
    """The whole way on the sample case: from a folder of tables to a report of what can be frozen.

    Parameters
    ----------
    out:
        Folder the results are written into.
    """
    from followmoney.settings import Settings

    folder = sample()
    settings = Settings.from_toml(folder / "case.toml")
    with alone(out):
        pipeline = Pipeline((folder,), settings, out)
        shown(pipeline, output, folders=False)
    if output.kind == "table":
        say(f"\n{pipeline.finding}\n\nReport: {pipeline.report}\n\nTry next:")
        for line in _next(folder, out, pipeline):
            say(f"  {line}")


def _next(folder: Path, out: Path, pipeline: Pipeline) -> list[str]:
    """Commands that go on from here: about the finding that shares most with the claim, and the claim itself."""
    import polars as pl

    shared = pipeline.findings.evidence.filter(pl.col("transaction").is_in(transactions(pipeline.claim)))
    about = shared.group_by("finding", maintain_order=True).len().sort("len", descending=True, maintain_order=True)
    finding = pipeline.findings[about["finding"][0] if len(about) else 0]
    return [
        f"followmoney explain {out} {finding.id}",
        f"followmoney explain {finding.pattern}",
        f"followmoney trace {out} --compare",
        f"followmoney trace {out} --bounds",
        f"followmoney check {folder}",
    ]
