"""`followmoney replay`: the same run again, from its sources, compared byte by byte."""

from __future__ import annotations

from pathlib import Path

from followmoney.cli._checks_shown import checked
from followmoney.cli._output import AUTO, Output, aside


def replay(
    folder: Path,
    /,
    *,
    sources: tuple[Path, ...] = (),
    specification: Path | None = None,
    output: Output = AUTO,
) -> int:
    """Replay a run from its sources and say whether every figure and every byte is the same.

    Files and sources are checked by their SHA-256 first; then everything is computed again with the settings that are
    recorded, in a folder of its own that is removed afterwards. Exit code 4 if anything differs; what does is named,
    and whether the rows are the same in other bytes. Without sources, in the folder or given, a run is computed again
    from its saved ledger.

    Parameters
    ----------
    folder:
        A folder made by `followmoney seal`, `run` or `report`.
    sources:
        The sources, as they were given to the run; not given: those sealed with it, or else its saved ledger.
    specification:
        The import specification the sources were read through, if it is neither sealed nor where the settings say.
    """
    from followmoney.cli._replayed import replayed

    found, notes = replayed(folder, sources, specification)
    code = checked(found, output)
    aside([f"Note: {note}" for note in notes], output)
    return code
