"""The sources of a run, given again: the same files, by their hashes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.cli._fingerprint import fingerprint
from followmoney.cli._sealed import Held
from followmoney.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from followmoney.custody.check import Check


def same(paths: Sequence[Path], recorded: pl.DataFrame) -> Check:
    """Whether every file that was read is there, with the same bytes."""
    from followmoney.custody.check import check
    from followmoney.custody.files import sha256
    from followmoney.ledger._saved import is_saved
    from followmoney.readers import load
    from followmoney.readers._archives import unpacked
    from followmoney.readers._found import files

    wanted = dict(recorded.select("source", "sha256").iter_rows())
    if len(paths) == 1 and is_saved(paths[0]):
        saved = load(paths[0], verify=True).sources
        found = dict(saved.select("source", "sha256").iter_rows())
    else:
        with unpacked(files(paths)) as there:
            found = {file.name: sha256(file.path.resolve()) for file in there if file.name in wanted}
    wrong = [
        f"{name} is missing" if name not in found else f"{name} is another file (SHA-256 {found[name]})"
        for name, digest in wanted.items()
        if found.get(name) != digest
    ]
    return check("inputs", "Every file that was read is there, with the same SHA-256.", len(wanted), wrong)


def specified(given: Path | None, otherwise: Path | None, recorded: pl.DataFrame) -> Path | None:
    """The import specification of the caller's that files were read through; None if there was none.

    Raises:
        InputError: It is needed and not there, or another one.
    """
    from followmoney.custody.files import sha256

    if given is None and otherwise is None:
        return None
    path = given or otherwise
    assert path is not None
    if not path.is_file():
        raise InputError(
            f"The sources were read through an import specification, and {path} is not there: give --specification."
        )
    digest = sha256(path.resolve())
    if "specification" in recorded.columns and digest not in set(recorded["specification"]):
        raise InputError(
            f"{path} (SHA-256 {digest}) is not the import specification that the sources were read through."
        )
    return path


def unread(paths: Sequence[Path], place: Held) -> None:
    """Stop where other files lie among the sources than those the run was about: it notes what it did not read.

    Raises:
        InputError: They do.
    """
    if place.stages and fingerprint(*paths) != place.manifest("check")["inputs"]["files"]:
        raise InputError(
            f"{', '.join(map(str, paths))}: the files that were read are the same, but others beside them are not, and "
            "a run notes what it left unread. Give the paths as they were given to the run, nothing added or removed."
        )


def copied(paths: Sequence[Path], goal: Path) -> list[str]:
    """Copy sources with all that lies beside them into a folder, by the names the run knows them by; what to load."""
    folders = {(path if path.is_dir() else path.parent).absolute() for path in paths}
    above = Path(os.path.commonpath(folders))
    for path in paths:
        inside = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path, *path.parent.glob("*.toml")]
        for file in inside:
            to = goal / file.absolute().relative_to(above)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)
    return [path.absolute().relative_to(above).as_posix() for path in paths]
