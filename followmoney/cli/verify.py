"""`followmoney verify`: nothing was changed, and everything adds up."""

from __future__ import annotations

from pathlib import Path

from followmoney.cli._checks_shown import checked
from followmoney.cli._output import AUTO, Output


def verify(folder: Path, /, *, seal: str | None = None, output: Output = AUTO) -> int:
    """Verify that nothing in a run, a report or a sealed folder was changed, and that its figures add up.

    Every file by its hash; rows in = taken + refused; claim in = held + left + discharged + lost; every row of evidence
    is in the saved ledger, with its file and row; nobody but the owner can read the files. Exit code 4 if anything
    differs. Figures are looked at only where the files are the ones that were written.

    Parameters
    ----------
    folder:
        A folder made by `followmoney seal`, `run` or `report`.
    seal:
        The seal as written down when the folder was sealed: tells this folder from one sealed anew.
    """
    from followmoney.cli._results import contents, unchanged, understood
    from followmoney.custody import bag
    from followmoney.custody.rights import rights
    from followmoney.errors import InputError

    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder; give the folder of a run or a report, or a sealed one.")
    if seal is not None and not bag.is_bag(folder):
        raise InputError(f"{folder} is not sealed, so it has no seal to compare with; seal it with `followmoney seal`.")
    found = [bag.sealed(folder, seal)] if seal is not None else []
    found += unchanged(folder)
    if all(one.holds for one in found):
        found += understood(lambda: contents(folder))
    return checked([*found, *rights(folder)], output)
