"""`followmoney demo`: the whole way on the sample case."""

from __future__ import annotations

import sys
from pathlib import Path

from followmoney.cli._output import AUTO, Output, say, show
from followmoney.cli._pipeline import Pipeline
from followmoney.cli._sample import sample
from followmoney.cli._stages import alone


def demo(*, out: Path = Path("harbour-case"), output: Output = AUTO) -> None:
    """Go the whole way on the sample case: from a folder of tables to a report of what can be frozen.

    Parameters
    ----------
    out:
        Folder the results are written into.
    """
    from followmoney.cli.run import overview
    from followmoney.settings import Settings

    folder = sample()
    settings = Settings.from_toml(folder / "case.toml")
    with alone(out):
        pipeline = Pipeline(folder, settings, out)
        pipeline.run()
    show(overview(pipeline), output, columns=("stage", "state", "result"), empty="Nothing was done.")
    if output.kind == "table":
        say(pipeline.sentence("case"))
        say(f"\nReport: {pipeline.report}\n\nTry next:")
        for line in _next(folder, out, pipeline):
            say(f"  {line}")
    sys.stdout.flush()


def _next(folder: Path, out: Path, pipeline: Pipeline) -> list[str]:
    """Commands that go on from here, with names that exist."""
    found = pipeline.findings.frame
    lines = (
        [f"followmoney explain {out} {found['id'][0]}", f"followmoney explain {found['pattern'][0]}"]
        if len(found)
        else []
    )
    claim = f"--claim {','.join(pipeline.claim)} " if len(pipeline.claim) <= 3 else f"--config {folder / 'case.toml'} "  # noqa: PLR2004 - fits a line
    return [*lines, f"followmoney trace {out} {claim}--part compare", f"followmoney check {folder}"]
