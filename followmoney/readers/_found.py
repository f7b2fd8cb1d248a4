"""Files to be read: where they are, and what rows will call them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from followmoney.errors import InputError, expect


@dataclass(frozen=True, order=True)
class File:
    """A file to be read."""

    name: str
    """Its path below the folder that was loaded; rows and sources call it so."""
    path: Path
    given: bool = False
    """Named by the caller, not found in a folder."""
    nested: bool = False
    """An archive in an archive: it is not opened."""
    damaged: str = ""
    """What is wrong with it, where it turned out not to be whole while it was read."""

    @property
    def suffix(self) -> str:
        """What its name ends with, in lower case: `.csv`."""
        return self.path.suffix.lower()

    def like(self, patterns: Sequence[str]) -> bool:
        """Whether its name, or its name without the folders, fits one of the patterns; no patterns fit every file."""
        names = (self.name, self.path.name)
        return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns for name in names)


_TAKES = "a folder, a file, a pattern, or a list of them"

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def given(source: Paths) -> list[Path]:
    """The paths a caller names: one, a pattern, or a list of either."""
    expect("load", source, (str, os.PathLike, Iterable), _TAKES)
    items = [source] if isinstance(source, str | os.PathLike) else list(source)
    for item in items:
        expect("load", item, (str, os.PathLike), _TAKES)
    if not items:
        raise InputError("Nothing to load: the list of files is empty. Name a folder, a file or a pattern.")
    return [path for item in items for path in _expanded(Path(item).expanduser())]


def files(paths: Sequence[Path]) -> list[File]:
    """Every file named, or below a folder named, by name; hidden files are left out."""
    paths = _alike(paths)
    root = _root(paths)
    found: dict[Path, File] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in inside:
            if not (path.is_dir() and _hidden(file, path)):
                name = _text(file.relative_to(root))
                found.setdefault(file.resolve(), File(name, file, not path.is_dir()))
    return sorted(found.values())


def no_files(paths: Sequence[Path]) -> list[str]:
    """What lies below the folders and is neither file nor folder: pipes, devices, links to a folder or to nothing."""
    paths = _alike(paths)
    root = _root(paths)
    found = [(one, path) for path in paths if path.is_dir() for one in path.rglob("*") if not _hidden(one, path)]
    strange = {one for one, _ in found if not one.is_file() and (one.is_symlink() or not one.is_dir())}
    return sorted(_text(one.relative_to(root)) for one in strange)


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _alike(paths: Sequence[Path]) -> Sequence[Path]:
    """All of them from the root of the disk, where some are."""
    return [path.absolute() for path in paths] if len({path.is_absolute() for path in paths}) > 1 else paths


def _text(path: Path) -> str:
    """The path as text: rows say in which file they stand, so its name has to be text."""
    name = path.as_posix()
    if not name.isprintable() and any("\ud800" <= c <= "\udfff" for c in name):
        shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        raise InputError(f"The name of the file {shown} is not text (UTF-8). Rename the file.")
    return name


def _root(paths: Sequence[Path]) -> Path:
    folders = [path if path.is_dir() else path.parent for path in paths]
    return Path(os.path.commonpath(folders)) if len(set(folders)) > 1 else folders[0]


def _expanded(path: Path) -> list[Path]:
    if path.exists():
        return [_readable(path)]
    if glob.has_magic(str(path)):
        found = sorted(Path(p) for p in glob.glob(str(path), recursive=True))  # noqa: PTH207
        if not found:
            raise InputError(f"No file fits the pattern {path}. Check it, or name the folder.")
        return [_readable(one) for one in found]
    raise InputError(_missing(path))


def _readable(path: Path) -> Path:
    """The path of a file or a folder; a pipe would be waited for without end.

    Raises:
        InputError: It is neither, or a link that leads nowhere.
    """
    if not path.exists():
        raise InputError(_missing(path))
    if not path.is_file() and not path.is_dir():
        raise InputError(f"{path} is not a file, but a pipe or a device. Name a file or a folder.")
    return path


def _missing(path: Path) -> str:
    """Where the path stops existing, and the nearest name there."""
    if path.is_symlink():
        return f"{path} is a link to {path.readlink()}, and no file is there. Name the file itself."
    parent = path.parent
    while not parent.exists():
        path, parent = parent, parent.parent
    names = sorted(p.name for p in parent.iterdir()) if parent.is_dir() else []
    near = get_close_matches(path.name, names, n=1, cutoff=0.5)
    hint = f" Did you mean {parent / near[0]}?" if near else f" {parent.absolute()} has no such file or folder."
    return f"{path} does not exist.{hint}"
