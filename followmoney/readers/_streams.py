"""Bytes of a file, unpacked where it is packed, with a limit: an archive can hold far more than it weighs."""

from __future__ import annotations

import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, BinaryIO, cast

from followmoney.errors import DamagedError, InputError

_RATIO = 400  # registers as XML or JSON pack to a twentieth or so; a bomb packs to a thousandth
_FREE = 64 * 1024 * 1024  # bytes that may come out whatever the ratio
PACKED = (".zip", ".gz")
"""What files that are packed end with."""
_ENCRYPTED = 0x1
HEAD = 64 * 1024
"""How much of a file is looked at to tell what it is."""


BROKEN = (
    EOFError, zlib.error, lzma.LZMAError, struct.error, zipfile.BadZipFile,
    NotImplementedError, RuntimeError,  # of zipfile: a way of packing that it does not know, or a password
)  # fmt: skip
"""What is raised where a packed file is read and is broken."""


class _Limited(BufferedReader):
    """Reads on until far more has come out than went in."""

    def __init__(self, raw: BinaryIO, most: int, name: str) -> None:
        super().__init__(cast("BufferedReader", raw))  # type: ignore[arg-type]
        self._left, self._name = most, name

    def read(self, size: int | None = -1, /) -> bytes:
        """Bytes as asked for; an error once the limit is passed."""
        size = self._left + 1 if size is None or size < 0 else size
        data = super().read(size)
        self._left -= len(data)
        if self._left < 0:
            raise too_large(self._name)
        return data

    def readline(self, size: int | None = -1, /) -> bytes:
        """A line; an error once the limit is passed."""
        line = super().readline(size)
        self._left -= len(line)
        if self._left < 0:
            return self.read(1)
        return line


def unpacks_to(path: Path) -> int:
    """How many bytes may come out of a packed file."""
    return max(_FREE, _RATIO * path.stat().st_size)


def too_large(name: str) -> InputError:
    """The error where more comes out."""
    return InputError(
        f"{name} unpacks to more than {_RATIO} times its size, as no honest archive does. "
        "If it is right, unpack it yourself and name the files."
    )


@contextmanager
def opened(path: Path, name: str) -> Generator[BinaryIO]:
    """The bytes of a file; of the one file in a .zip; unpacked from .gz.

    Raises:
        InputError: It cannot be read, the archive is broken or holds several files, or far more than it weighs.
    """
    try:
        with path.open("rb") as file:
            most = unpacks_to(path)
            if path.suffix.lower() == ".gz":
                yield cast("BinaryIO", _Limited(cast("BinaryIO", gzip.GzipFile(fileobj=file)), most, name))
            elif path.suffix.lower() == ".zip":
                with _member(file, name) as inside:
                    yield cast("BinaryIO", _Limited(cast("BinaryIO", inside), most, name))
            else:
                yield file
    except gzip.BadGzipFile as error:
        raise _damaged(name, error) from None
    except OSError as error:
        raise InputError(f"Cannot read {name}: {error.strerror or error}. Check the file and your rights.") from None
    except BROKEN as error:
        raise _damaged(name, error) from None


def _damaged(name: str, error: Exception) -> DamagedError:
    return DamagedError(f"{name} is damaged: {error}. Get the file again.", name, str(error))


def head(path: Path) -> bytes:
    """The first bytes of a file, unpacked; none where they cannot be had."""
    try:
        with opened(path, path.name) as file:
            return file.read(HEAD)
    except InputError:
        return b""


def _member(file: BinaryIO, name: str) -> IO[bytes]:
    """The one file in a .zip."""
    try:
        archive = zipfile.ZipFile(file)
        inside = members(archive)
        if locked(inside):
            raise with_password(name)
        if len(inside) == 1:
            return archive.open(inside[0])
    except (ValueError, IndexError, OverflowError) as error:  # of zipfile: numbers in it that make no sense
        raise zipfile.BadZipFile(str(error)) from None
    raise InputError(f"{name} holds {len(inside):,} files, and one is expected. Unpack it and name the folder.")


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in an archive, folders aside; a name may be empty."""
    return [item for item in archive.infolist() if not item.filename.endswith("/")]


def locked(inside: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether any of them needs a password."""
    return any(item.flag_bits & _ENCRYPTED for item in inside)


def with_password(name: str) -> InputError:
    """The error where one does."""
    return InputError(f"{name} has a password. Unpack it yourself and name the folder.")
