"""`followmoney explain`: a pattern, a rule, the settings, or one finding of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.cli._latest import latest, result
from followmoney.cli._output import AUTO, Output, line, say, show
from followmoney.cli._terminal import one_line
from followmoney.errors import SettingsError, unknown

if TYPE_CHECKING:
    import polars as pl

    from followmoney.finding import Finding

_EVIDENCE = ("transaction", "role", "booked_at", "originator", "beneficiary", "amount", "source", "row")


def explain(what: str, finding: str | None = None, /, *, out: Path | None = None, output: Output = AUTO) -> None:
    """Explain a pattern, a tracing rule, the settings, assertions, or one finding of a run.

    `followmoney explain structuring` prints what a pattern looks for, its thresholds with their sources, an example
    and its innocent look-alike; `followmoney explain settings` prints a settings file with every default,
    `followmoney explain assertions` what an analyst can assert beyond the records, `followmoney explain bounds` what
    holds whatever the rule (also paths, openings, gaps, sensitivity, freeze and cut), `followmoney explain statement`
    what a template of statement.docx can show (also explorer and pictures),
    `followmoney explain specification` an import specification to start from; and `followmoney explain run/ 1f3a9c`
    one finding with the source rows that show it. `followmoney explain 'id|conflict'` says what a rule means that rows
    are refused by.

    Parameters
    ----------
    what:
        The name of a pattern, tracing rule or community method; settings, assertions, specification, bounds, paths,
        openings, gaps, sensitivity, freeze or cut; statement, explorer or pictures; listed (countries that the FATF
        lists, from when to when); or the folder of a run.
    finding:
        With the folder of a run: the id of a finding, or the first characters of it.
    out:
        With statement: new file (.docx) for our template, to be changed in a word processor.
    """
    from followmoney.cli._explained import explained
    from followmoney.cli._topics import TOPICS, topic

    if out is not None:
        _written(what, out)
    elif finding is not None:
        _finding(Path(what), finding, output)
    elif what == "specification":
        from followmoney.readers import example

        say(example().rstrip())
    elif what == "assertions":
        from followmoney.cli._assertions import explained as asserted

        say(asserted())
    elif what == "listed":
        from followmoney.cli._listed import table

        show(table(), output, empty="No country is listed.")
    elif what in TOPICS:
        say(topic(what))
    elif what == "settings":
        from followmoney.settings import Settings

        say(Settings().to_toml(explained=True).rstrip())
    else:
        if latest(Path(what)):
            raise SettingsError(f"Which finding of {what}? Give its id as well: followmoney explain {what} ID.")
        said = explained(what)
        say(said["text"] if output.kind == "table" else line(said))


def _written(what: str, out: Path) -> None:
    if what != "statement":
        raise SettingsError(f"--out is for our template: followmoney explain statement --out FILE.docx, not {what}.")
    from followmoney.reports import statement_template

    say(str(statement_template(out)))


def _finding(run: Path, wanted: str, output: Output) -> None:
    import polars as pl

    from followmoney.finding import Findings

    folder = result(run, "detect")
    if folder is None:
        raise SettingsError(f"{run} is not the folder of a run with findings; make one with `followmoney run`.")
    frame = pl.read_parquet(folder / "frame.parquet")
    evidence = pl.read_parquet(folder / "evidence.parquet")
    hits = frame.filter(pl.col("id").str.starts_with(wanted))
    if len(hits) != 1:
        several = (
            f"{wanted!r} begins {len(hits)} ids; give more characters."
            if len(hits)
            else unknown("finding", wanted, _ids(frame))
        )
        raise SettingsError(f"{run}: {several}")
    row = hits.row(0, named=True)
    rows = evidence.filter(pl.col("finding") == row["id"])
    one = Findings(frame, evidence)[str(row["id"])]
    if output.kind == "jsonl":
        say(line(_whole(row, one)))
        return
    if output.kind != "table":  # a table alone can be CSV or Parquet
        show(rows, output, empty="")
        return
    say(one_line(f"{one.pattern}: {one.explanation}"))
    say(f"Strength {one.strength:.2f} of 1: how far past its thresholds it is; not a probability of anything.")
    show(one.waterfall().filter(pl.col("threshold").is_not_null()), output, empty="It has no thresholds.")
    for sentence in one.against:
        say(one_line(f"What speaks against it: {sentence}" if sentence in one.counter else sentence))
    for sentence in _innocent(one.pattern):
        say(f"Innocent explanation that was looked for: {sentence}")
    say(f"Settings of the pattern: {'; '.join(one.thresholds) or 'none'}.")
    show(rows, output, columns=_EVIDENCE, empty="No evidence.")


def _innocent(pattern: str) -> list[str]:
    """What may be behind a finding of a pattern, if this version has it."""
    from followmoney.cli._explained import first_sentence
    from followmoney.patterns import catalogue

    known = catalogue().get(pattern)
    return [first_sentence(check) for check in known.innocent] if known else []


def _whole(row: dict[str, Any], one: Finding) -> dict[str, Any]:
    """All there is about a finding, for a machine: one object."""
    import polars as pl

    return {
        **row,
        "margins": json.loads(one.margins),
        "parameters": json.loads(one.parameters),
        "innocent": _innocent(one.pattern),
        "waterfall": one.waterfall().filter(pl.col("threshold").is_not_null()).to_dicts(),
        "evidence": one.evidence.drop("finding").to_dicts(),
    }


def _ids(frame: pl.DataFrame) -> list[str]:
    return frame["id"].head(20).to_list()
