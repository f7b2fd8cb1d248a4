"""Why a file that nobody read was not read: damaged evidence is no readme."""

from __future__ import annotations

import gzip
import zipfile
from importlib.util import find_spec
from os import SEEK_END
from pathlib import Path
from typing import NamedTuple

from followmoney.errors import InputError
from followmoney.readers._cells import PARQUET, WORKBOOKS, header
from followmoney.readers._found import File
from followmoney.readers._json_records import SUFFIXES
from followmoney.readers._layout import Layout
from followmoney.readers._streams import BROKEN, HEAD, PACKED, head, locked, members
from followmoney.readers._xml import fault

_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office wraps a workbook in that has a password
_UNPACK = "Unpack it yourself and name the folder."
_AGAIN = "Get the file again."
_END = 4096  # bytes in which the last sign stands


class Why(NamedTuple):
    """Why nobody read a file."""

    told: str
    """What is the matter, said of the file: `is empty`."""
    then: str = ""
    """What to do about it."""

    @property
    def short(self) -> str:
        """The same in brackets after the file's name."""
        return self.told.removeprefix("is ") if self.told.startswith("is damaged") else self.told


UNKNOWN = Why("nobody knows its format")
_EMPTY = Why("is empty", _AGAIN)
_LOCKED = Why("has a password", _UNPACK)
_NESTED = Why("is an archive in an archive: those are not opened", _UNPACK)


def why(file: File) -> Why:
    """Why nobody read it: only its beginning is looked at, so that whatever lies in a folder costs little."""
    if file.nested:
        return _NESTED
    try:
        if not file.path.stat().st_size:
            return _EMPTY
        if file.damaged:
            return _damaged(file.damaged)
        return _packed(file) if file.suffix in PACKED else _plain(file)
    except OSError as error:
        damaged = isinstance(error, gzip.BadGzipFile)
        return _damaged(error) if damaged else Why(f"cannot be read: {error.strerror or error}", "Check your rights.")
    except (ValueError, IndexError, OverflowError, *BROKEN) as error:
        return _damaged(error)


def _damaged(error: object) -> Why:
    return Why(f"is damaged: {' '.join(str(error).split()) or 'it breaks off'}", _AGAIN)


def _packed(file: File) -> Why:
    if file.suffix == ".gz":
        with gzip.open(file.path) as stream:
            return _of_xml(file) if stream.read(HEAD) else _EMPTY
    with zipfile.ZipFile(file.path) as archive:
        inside = members(archive)
        if locked(inside):
            return _LOCKED
        if len(inside) == 1 and Path(inside[0].filename).suffix.lower() in PACKED:
            return Why("holds an archive: archives in archives are not opened", _UNPACK)
        if not inside or not inside[0].file_size:
            return _EMPTY
        with archive.open(inside[0]) as stream:
            stream.read(HEAD)
    return _of_xml(file)


def _plain(file: File) -> Why:
    if file.suffix in (*WORKBOOKS, PARQUET):
        return _workbook(file)
    return _of_json(file) if file.suffix in SUFFIXES else _of_xml(file)


def _of_json(file: File) -> Why:
    begins = head(file.path).lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    with file.path.open("rb") as stream:
        stream.seek(-min(_END, file.path.stat().st_size), SEEK_END)
        ends = stream.read().rstrip()[-1:]
    closing = {b"[": b"]", b"{": b"}"}.get(begins)
    return _damaged("it breaks off") if closing and ends != closing else UNKNOWN


def _workbook(file: File) -> Why:
    if file.suffix in _ZIPPED:
        with file.path.open("rb") as book:
            if book.read(len(_OLE)) == _OLE:
                return Why("has a password, or is an old workbook under a new name", "Save it as .xlsx without one.")
        with zipfile.ZipFile(file.path):
            pass
    if file.suffix in WORKBOOKS and find_spec("fastexcel") is None:
        return Why("is a workbook", "Reading it needs an extra: pip install followmoney[bank].")
    try:
        header(file.path, Layout())
    except InputError:
        return _damaged("no whole table can be read from it")
    return UNKNOWN


def _of_xml(file: File) -> Why:
    data = head(file.path)
    like = file.name.lower().removesuffix(".gz").endswith(".xml") or data.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml"
    wrong = fault(data) if like else ""
    return _damaged(wrong) if wrong else UNKNOWN
