"""`followmoney owners`: who owns or controls each company in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import opened
from followmoney.cli._output import AUTO, Output, aside, show
from followmoney.cli._paths import Paths

if TYPE_CHECKING:
    import polars as pl


@command("load")
def owners(path: Paths, /, *, on: str | None = None, output: Output = AUTO, given: Given | None = None) -> None:
    """Say who owns or controls each company in the end, with the least and most share and the way there.

    What was left out, and what does not add up, is said below (on stderr where stdout is for machines).

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    on:
        Day the ownership is asked for, like 2024-06-30; not given: every holding of which no end is recorded.
    """
    from followmoney.graph.ownership import owners as effective

    ledger = opened(path, settings(given, path))
    found = effective(ledger, as_of=on)
    names: dict[str, str] = dict(ledger.parties.select("id", "name").drop_nulls().iter_rows())
    frame = _named(_named(found.frame, names, "company"), names, "person")
    show(_short(frame, names) if output.kind == "table" else frame, output, empty="Nobody is recorded to own anything.")
    aside([f"Note: {sentence}" for sentence in found.notes], output)


def _named(frame: pl.DataFrame, names: dict[str, str], column: str) -> pl.DataFrame:
    import polars as pl

    said = pl.Series(f"{column}_name", [names.get(one) for one in frame[column].to_list()], dtype=pl.String)
    return frame.insert_column(frame.columns.index(column) + 1, said)


def _short(frame: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """For people: names beside the identifiers that the way is written in, and shares in percent."""
    import polars as pl

    wanted = frame.select("person", "company", "share_min", "share_max", "path")
    rows = [
        (_both(person, names), _both(company, names), _percent(least, most), path)
        for person, company, least, most, path in wanted.iter_rows()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("person", "company", "share", "path"), pl.String), orient="row")


def _both(party: str, names: dict[str, str]) -> str:
    return f"{names[party]}, {party}" if party in names else party


def _percent(least: float, most: float) -> str:
    low, high = (f"{share * 100:.2f}" for share in (least, most))
    return f"{low} %" if low == high else f"{low} to {high} %"
