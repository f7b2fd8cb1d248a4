"""The paths a command is about: one, or several that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from followmoney.cli._latest import latest
from followmoney.errors import SettingsError

Paths = tuple[Path, ...]
"""As given: files, folders, patterns like "2024-*.csv", a saved ledger, or the folder of a run."""


def run_of(paths: Sequence[Path]) -> Path | None:
    """The folder of a run, if that is what is given; nothing else may stand beside it, nor beside a saved ledger.

    Raises:
        SettingsError: Something does.
    """
    from followmoney.ledger._saved import is_saved

    run = next((path for path in paths if latest(path)), None)
    alone = run or next((path for path in paths if is_saved(path)), None)
    if alone is not None and len(paths) > 1:
        what = "the folder of a run" if run else "a saved ledger"
        raise SettingsError(f"{alone} is {what} and stands alone; give it without other paths, or the files instead.")
    return run


def listed(paths: Sequence[Path]) -> str:
    """The paths as a line names them."""
    return ", ".join(map(str, paths))
