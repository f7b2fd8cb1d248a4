"""`followmoney run`: the whole way, resumable."""

from __future__ import annotations

from pathlib import Path

from followmoney.cli._fail import FailOn, failed
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._output import AUTO, Output, say
from followmoney.cli._paths import Paths
from followmoney.cli._pipeline import Pipeline
from followmoney.cli._stages import alone
from followmoney.cli._stages_shown import shown


@command("case", "load", "detect", "patterns.*", "communities", "communities.*", "trace", "report")
def run(
    path: Paths,
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
        Files, folders of files, or a saved ledger.
    out:
        Folder the results are written into.
    """
    pipeline = Pipeline(path, settings(given), out)
    with alone(out):
        shown(pipeline, output, folders=True)
        if output.kind == "table":
            say(f"\n{pipeline.finding}\n\nReport: {pipeline.report}")
        return failed(pipeline.findings.frame, fail_on) if fail_on is not None else 0
