"""A journal in its file: read with its chain checked, and only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.case.entry import START, Entry, line
from followmoney.errors import InputError, SettingsError

if TYPE_CHECKING:
    from followmoney.case.journal import Journal

_LARGEST = 50_000_000  # bytes


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a file; see `Journal.read`."""
    return entries(content(path), str(path))


def content(path: Path) -> bytes:
    """The bytes of a journal.

    Raises:
        InputError: It cannot be read, or is too large to be one.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path} is larger than {_LARGEST:,} bytes; that is no journal of a case.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read the journal {path}: {error.strerror}. Check the path.") from None


def entries(told: bytes, origin: str) -> tuple[Entry, ...]:
    """The entries in the bytes of a file, each exactly as it was written, and chained to the one before.

    Raises:
        InputError: They are not; it names the first line that is wrong.
    """
    found: list[Entry] = []
    before = START
    lines = told.split(b"\n")
    if lines.pop():
        raise InputError(f"{origin} is not whole: its last line has no end, so something was cut off or added.")
    for number, text in enumerate(lines, 1):
        entry = _one(text, f"{origin} line {number}")
        written = line(number, before, entry)
        if written.encode() != text:
            raise InputError(
                f"{origin} line {number} (entry {number}) is not as it was written, or an entry before it was removed, "
                "altered or put in: its hash does not follow from the line before. Take the journal from where it was "
                "kept safe."
            )
        before = str(json.loads(written)["hash"])
        found.append(entry)
    return tuple(found)


def _one(text: bytes, origin: str) -> Entry:
    try:
        told: dict[str, Any] = dict(json.loads(text.decode()))
        when = date.fromisoformat(told["when"])
        return Entry(told["kind"], tuple(told["about"]), told["why"], told["who"], when, told["source"])
    except SettingsError as error:
        raise InputError(f"{origin} is no entry of a journal: {error}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(
            f"{origin} is no entry of a journal: that is an object with number, before, kind, about, why, who, when (a "
            "day), source and hash, as followmoney note writes it."
        ) from None


def append(path: Path, journal: Journal) -> Path:
    """Write what is missing; see `Journal.save`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path) as handle:
        told = _whole(handle)
        there = entries(told, str(path))
        if there != journal.entries[: len(there)]:
            raise InputError(f"{path} holds other entries than this journal begins with; read it again, then add.")
        more = "".join(f"{text}\n" for text in journal.lines[len(there) :]).encode()
        written = 0
        try:
            while written < len(more):
                written += os.write(handle, more[written:])
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, len(told))  # whole or not at all
            raise
    return path


@contextmanager
def _alone(path: Path) -> Generator[int]:
    """The file, opened to add to, while nobody else does."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        except ImportError:  # Windows
            pass
        yield handle
    finally:
        os.close(handle)


def _whole(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    if size > _LARGEST:
        raise InputError(f"The file has {size:,} bytes; that is no journal of a case.")
    os.lseek(handle, 0, os.SEEK_SET)
    told = b""
    while part := os.read(handle, 1 << 20):
        told += part
    return told
