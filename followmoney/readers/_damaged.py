"""A file of a folder that turns out not to be whole while it is read stops nothing: it is left out, and said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from followmoney.errors import DamagedError, InputError
from followmoney.readers._found import File
from followmoney.readers._streams import PACKED, opened
from followmoney.readers._xml import wrong

_STEP = 2**20


def without(found: Sequence[File], error: DamagedError, named: Collection[Path], *, look: bool) -> list[File]:
    """The files, with the one that is not whole marked; and all such as can be seen to be so, where it has to `look`.

    All are looked through the first time, so that few readings begin anew.

    Raises:
        DamagedError: The caller named the file, or nobody knows which it is.
    """
    asked = {path.absolute() for path in named}
    this = _of(found, error)
    if this is None or this.damaged or this.path.absolute() in asked:
        raise error
    marked = {this: error.reason}
    if look:
        others = [file for file in found if file != this and file.path.absolute() not in asked]
        marked |= {file: reason for file in others if (reason := _wrong(file))}
    return [replace(file, damaged=file.damaged or marked.get(file, "")) for file in found]


def _of(found: Sequence[File], error: DamagedError) -> File | None:
    by_path = isinstance(error.source, Path)
    return next((file for file in found if (file.path if by_path else file.name) == error.source), None)


def _wrong(file: File) -> str:
    """What is wrong with an XML or a packed file, read to its end; empty where nothing is."""
    name = file.path.name.lower().removesuffix(".gz").removesuffix(".zip")
    if file.damaged or file.nested or not (name.endswith(".xml") or file.suffix in PACKED):
        return file.damaged
    try:
        with opened(file.path, file.name) as stream:
            if name.endswith(".xml"):
                return wrong(stream)
            while stream.read(_STEP):
                pass
    except DamagedError as error:
        return error.reason
    except InputError:  # told when it is read, or as not read
        return ""
    return ""
