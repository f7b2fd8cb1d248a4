"""`followmoney seal`: a run or a report as a bag that anybody can check and recompute."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from followmoney.cli._output import say
from followmoney.cli._progress import doing


def seal(
    folder: Path,
    /,
    *,
    out: Path,
    sources: tuple[Path, ...] = (),
    specification: Path | None = None,
    day: date | None = None,
) -> None:
    """Seal a run or a report: a folder that `sha256sum -c` checks and anybody can recompute.

    It is a BagIt bag: the results in `data/`, a hash for every file, and RO-Crate metadata that says from what, by
    which version and settings they were made. A run whose figures do not add up is not sealed. The seal that is printed
    covers every byte: write it down where nobody can change it, and give it to `followmoney verify --seal`. Sealing the
    same folder again gives the same bytes.

    Parameters
    ----------
    folder:
        The folder of a run or of a report.
    out:
        New folder for the sealed one.
    sources:
        Sources to put in, as they were given to the run: whoever has the folder can then replay it alone.
    specification:
        The import specification the sources were read through, if it is not where the settings say.
    day:
        Day the metadata states; not given: the day the report was written.
    """
    from followmoney.cli._bagged import bagged

    with doing("Sealing"):
        found = bagged(folder, out, sources, specification, day)
    say(str(out))
    say(f"Seal: {found}")
