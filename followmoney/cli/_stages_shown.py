"""The stages of a run as they end: a line each, at once, so that whoever waits sees how far it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from followmoney.cli._output import Output, line, say, show

if TYPE_CHECKING:
    from followmoney.cli._pipeline import Pipeline

_COLUMNS = ("stage", "state", "folder", "result", "report")


def shown(pipeline: Pipeline, output: Output, *, folders: bool) -> None:
    """Run the stages and print one row each: what it did, where its result is (`folders`), and what it came to."""

    def ended(name: str) -> None:
        row = _row(pipeline, name)
        if output.kind == "table":
            folder = f"{row['folder'] or '':<{len(str(pipeline.out)) + 21}}" if folders else ""
            say(f"{name:<8} {row['state']:<8} {folder}{row['result']}")
        elif output.kind == "jsonl":
            sys.stdout.write(f"{line(row)}\n")
        sys.stdout.flush()

    pipeline.run(ended)
    if output.kind in ("csv", "parquet"):
        import polars as pl

        rows = [_row(pipeline, name) for name in pipeline.keys]
        show(pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String)), output, empty="Nothing was done.")


def _row(pipeline: Pipeline, name: str) -> dict[str, Any]:
    made = pipeline.results.get(name)
    return {
        "stage": name,
        "state": made.state if made else "skipped",
        "folder": str(made.folder) if made else None,
        "result": pipeline.sentence(name),
        "report": str(pipeline.report) if name == "report" else None,
    }
