"""Paths as the user gives them → a ledger: files, a saved ledger, or the folder of a run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.cli._latest import result
from followmoney.cli._paths import listed, run_of
from followmoney.cli._progress import doing

if TYPE_CHECKING:
    from followmoney.graph import FlowGraph
    from followmoney.ledger import Ledger
    from followmoney.settings import Settings

LEDGER = "ledger"
"""Name of the saved ledger in the folder of the stage `check`."""


def opened(paths: Sequence[Path], settings: Settings) -> Ledger:
    """The ledger of some paths; files are read and checked, a saved ledger or a run is reopened if its hashes agree."""
    from followmoney.readers import load

    run = run_of(paths)
    with doing(f"Reading {listed(paths)}"):
        if run and (checked := result(run, "check")):
            return load(checked / LEDGER, verify=True)
        return load(paths, specification=settings.specification(), verify=True)


def graph_of(paths: Sequence[Path], settings: Settings) -> FlowGraph:
    """The flow graph of some paths, if no more rows were refused than the settings allow."""
    from followmoney.graph import FlowGraph
    from followmoney.ledger._allowed import lost

    ledger = opened(paths, settings)
    allowed(ledger, settings)
    if many := len(lost(ledger)):
        rows = int(ledger.summary()["rows"].sum())
        sys.stderr.write(f"Note: {many:,} of {rows:,} rows were refused; `followmoney check PATH` names them.\n")
    return FlowGraph(ledger)


def allowed(ledger: Ledger, settings: Settings, kept: Path | None = None) -> None:
    """Stop with exit code 3 where a larger share of rows was refused than the settings allow."""
    from followmoney.ledger import _allowed

    where = f"They are in {kept}." if kept else "See them with `followmoney check PATH --out FOLDER`."
    _allowed.allowed(ledger, settings.load.max_refused, where)
