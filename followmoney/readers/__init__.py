"""Bytes → Ledger: one source format a file; a module or a specification dropped into this folder is found."""

from __future__ import annotations

from pathlib import Path

from followmoney.errors import DamagedError
from followmoney.ledger import Ledger, Reading
from followmoney.readers._archives import unpacked
from followmoney.readers._catalogue import catalogue
from followmoney.readers._found import Paths, files, given, no_files
from followmoney.readers.sketches import sketch


def load(
    source: Paths,
    *,
    specification: str | Path | None = None,
    verify: bool = False,
    max_refused: float | None = None,
) -> Ledger:
    """Read a folder, a file, a pattern, or a list of them into a checked ledger.

    The files of a .zip that holds several are read as if they lay in a folder; rows call them `archive!member`. A file
    of a folder that turns out not to be whole is left out and noted, with all it says; the others are read anew.

    Args:
        source: A saved ledger's folder (reopened at once), or files: our tables as Parquet, known formats (see
            `readers.catalogue()`), or CSV, workbooks and Parquet of any shape through an import specification.
        specification: The import specification (TOML) to read through; those that lie beside the files are found.
        verify: Check a saved ledger's files against their hashes.
        max_refused: The largest share of rows (0 to 1) that may be refused; None: any, and `.refused` says which.

    Returns:
        The ledger. Rows that break a rule are in `.refused`, each with the rule; files that nobody read, and what was
        assumed, are in `.notes`; every file's SHA-256 is in `.sources`.

    Raises:
        InputError: A path that does not exist, or files nobody can read: what was tried, and what to do next.
        RefusedError: More rows were refused than `max_refused` allows.
    """
    from followmoney.ledger._allowed import allowed, share_of

    most = None if max_refused is None else share_of(max_refused)
    ledger = _loaded(source, specification, verify=verify)
    if most is not None:
        allowed(ledger, most, "They are in .refused of the ledger that is read without max_refused.")
    return ledger


def _loaded(source: Paths, specification: str | Path | None, *, verify: bool) -> Ledger:
    from followmoney.ledger._saved import is_saved, reopen
    from followmoney.readers._damaged import without
    from followmoney.readers._share import nobody, not_read, share

    paths = given(source)
    if len(paths) == 1 and is_saved(paths[0]):
        return reopen(paths[0], verify=verify)
    with unpacked(files(paths)) as every:
        found = every
        while True:
            try:
                shares, left = share(found, None if specification is None else Path(specification))
                if not shares:
                    raise nobody(paths, found, no_files(paths))
                readings = [reader.read(claimed) for reader, claimed in shares]
                return Ledger.of([*readings, Reading([], [], notes=not_read(left, no_files(paths)))])
            except DamagedError as error:
                found = without(found, error, paths, look=found is every)


def example() -> str:
    """An import specification to start from, with a word on every key."""
    return (Path(__file__).parent / "_example" / "statement.toml").read_text(encoding="utf-8")


__all__ = ["catalogue", "example", "load", "sketch"]
