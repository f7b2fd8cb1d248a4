"""Archives (.zip) of several files: each is read as a file of its own, called `archive!member`."""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from followmoney.errors import InputError
from followmoney.readers._found import File
from followmoney.readers._streams import BROKEN, PACKED, locked, members, too_large, unpacks_to, with_password

_MOST = 10_000  # files in an archive
_STEP = 2**20
_LONGEST = 200  # letters of a file's name


@contextmanager
def unpacked(found: Sequence[File]) -> Generator[list[File]]:
    """The files, with those in archives of several in place of the archive, unpacked for as long as they are read.

    An archive of one file stays: readers unpack it as they read. An archive in an archive is not opened, and what lies
    there only for the system that packed it (hidden files) is left out. One with a password, or broken, is nobody's: it
    is noted as not read.

    Raises:
        InputError: An archive that holds over 10,000 files or far more than it weighs, or was named by the caller and
            has a password or breaks off.
    """
    with TemporaryDirectory(prefix="followmoney-") as folder:
        yield [one for number, file in enumerate(found) for one in _opened(file, Path(folder) / str(number))]


def _opened(file: File, folder: Path) -> list[File]:
    if file.suffix != ".zip":
        return [file]
    try:
        with zipfile.ZipFile(file.path) as archive:
            inside = members(archive)
            if len(inside) == 1:
                return [file]
            if locked(inside):
                return _locked(file)
            return list(_members(file, archive, [item for item in inside if not _hidden(item)], folder))
    except (OSError, ValueError, IndexError, OverflowError, *BROKEN) as error:
        if folder.exists() and file.given:
            raise InputError(f"{file.name} is damaged: {error}. Get the file again.") from None
        return [replace(file, damaged=str(error)) if folder.exists() else file]


def _locked(file: File) -> list[File]:
    if file.given:
        raise with_password(file.name)
    return [file]


def _members(file: File, archive: zipfile.ZipFile, inside: Sequence[zipfile.ZipInfo], folder: Path) -> Iterator[File]:
    if len(inside) > _MOST:
        raise InputError(f"{file.name} holds {len(inside):,} files; at most {_MOST:,} are read. Unpack it yourself.")
    folder.mkdir()
    left = unpacks_to(file.path)
    names: set[str] = set()
    for number, item in enumerate(sorted(inside, key=lambda item: (item.filename, item.header_offset))):
        place = folder / str(number)
        place.mkdir()
        path = place / _name(item)
        nested = path.suffix.lower() in PACKED
        with path.open("wb") as goal, archive.open(item) as stream:
            while not nested and (data := stream.read(_STEP)):
                left -= len(data)
                if left < 0:
                    raise too_large(file.name)
                goal.write(data)
        name = f"{file.name}!{item.filename}"
        name = name if name not in names else f"{name} ({number})"  # two of one name: both are read
        names.add(name)
        yield File(name, path, file.given, nested)


def _name(item: zipfile.ZipInfo) -> str:
    """A name that may stand on this disk; where the member's may not, any."""
    name = PurePosixPath(item.filename.replace("\\", "/")).name
    return name if name.isprintable() and 0 < len(name) < _LONGEST and name != ".." else "member"


def _hidden(item: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(item.filename).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts)
