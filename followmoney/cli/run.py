"""`followmoney run`: the whole way, resumable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.cli._fail import FailOn, failed
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._output import AUTO, Output, say, show
from followmoney.cli._pipeline import Pipeline
from followmoney.cli._stages import alone

if TYPE_CHECKING:
    import polars as pl


@command("case", "load", "detect", "patterns.*", "communities", "communities.*", "trace")
def run(
    path: Path,
    /,
    *,
    out: Path = Path("run"),
    fail_on: FailOn = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> int:
    """Check, detect, cluster, trace, case, report; started again, it goes on where it stopped.

    Every stage is written whole into a folder named after its inputs, settings and version; a stage that is there is
    not done again. Stopped at any moment and started again, a run ends with the same bytes as one never stopped.

    Parameters
    ----------
    path:
        A file, a folder of files, or a saved ledger.
    out:
        Folder the results are written into.
    """
    pipeline = Pipeline(path, settings(given), out)
    with alone(out):
        pipeline.run()
        show(overview(pipeline), output, columns=("stage", "state", "folder", "result"), empty="Nothing was done.")
        if output.kind == "table":
            say(f"\n{pipeline.finding}\n\nReport: {pipeline.report}")
        return failed(pipeline.findings.frame, fail_on) if fail_on is not None else 0


def overview(pipeline: Pipeline) -> pl.DataFrame:
    """One row a stage: what it did and where its result is."""
    import polars as pl

    rows = [
        {
            "stage": name,
            "state": pipeline.results[name].state if name in pipeline.results else "skipped",
            "folder": str(pipeline.results[name].folder) if name in pipeline.results else None,
            "result": pipeline.sentence(name),
            "report": str(pipeline.report) if name == "report" else None,
        }
        for name in pipeline.keys
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("stage", "state", "folder", "result", "report"), pl.String))
