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
    sign: Path | None = None,
    passphrase: Path | None = None,
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
    sign:
        A certificate with its key (.p12, .pfx) that signs a copy of report.pdf (PAdES), report-signed.pdf; the report
        itself stays as it was written. Needs followmoney[seal]. What is signed is not the same bytes again.
    passphrase:
        File whose first line opens the certificate; not given: asked for on a terminal.
    """
    from followmoney.cli._bagged import bagged
    from followmoney.cli._signing import signing

    signed = signing(sign, passphrase)
    with doing("Sealing"):
        found = bagged(folder, out, sources, specification, day, signing=signed)
    say(str(out))
    say(f"Seal: {found}")
