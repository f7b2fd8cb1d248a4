"""The files among the sources that nobody read, as rows beside those that were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.cli._paths import run_of

if TYPE_CHECKING:
    import polars as pl

    from followmoney.ledger import Ledger

NOT_READ = "(not read)"
"""What stands for their reader, with the reason where one is known: `(not read: is empty)`."""


def sources(ledger: Ledger, paths: Sequence[Path]) -> pl.DataFrame:
    """`ledger.sources`, and a row without rows for every file below the paths that is none of them.

    Import specifications and archives of which members were read are left out; for a saved ledger or a run only what
    was read is known.
    """
    import polars as pl

    from followmoney.ledger import Source
    from followmoney.ledger._saved import is_saved
    from followmoney.readers._found import files
    from followmoney.readers._specification import is_specification
    from followmoney.readers._unread import UNKNOWN, why

    read = ledger.sources
    if run_of(paths) or any(map(is_saved, paths)):
        return read
    known = {part for name in read["source"] for part in (name, name.partition("!")[0])}
    left = [file for file in files(paths) if file.name not in known]
    left = [file for file in left if file.suffix != ".toml" or not is_specification(file.path)]
    reasons = [(file, why(file)) for file in left]
    marks = [(file, NOT_READ if it == UNKNOWN else f"{NOT_READ[:-1]}: {it.short})") for file, it in reasons]
    rows = [(*astuple(Source.of(file.path, mark, name=file.name)), 0, 0, 0) for file, mark in marks]
    return pl.concat([read, pl.DataFrame(rows, schema=read.schema, orient="row")]).sort("source")
