"""Bytes of a text file → its lines, a few million at a time; a byte that is no text is marked, never fatal."""

from __future__ import annotations

import codecs
import io
from collections.abc import Generator, Iterator
from pathlib import Path

from followmoney.errors import InputError
from followmoney.readers._streams import opened

MARK = "\ufdd0"
"""Stands before a byte that the encoding does not know; Unicode sets this character aside for such uses."""
CHUNK = 32 * 2**20
"""Bytes read at a time."""


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    shown = "".join(f"\\x{byte:02x}" for byte in error.object[error.start : error.end])
    return MARK + shown, error.end


codecs.register_error("followmoney.marked", _marked)


def chunks(path: Path, encoding: str, size: int = CHUNK) -> Iterator[str]:
    """The text of a file (packed or not) in pieces, line ends made alike."""
    name = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(name)("followmoney.marked"), translate=True)
    with opened(path, path.name) as file:
        try:
            while data := file.read(size):
                yield decoder.decode(data)
            yield decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise InputError(f"{path} is not {encoding}: {error}. Say another encoding, such as 'utf-16-le'.") from None


def whole_lines(path: Path, encoding: str, size: int = CHUNK) -> Generator[tuple[list[str], bool], list[str], None]:
    """Lists of whole lines, and whether the list is the last; lines not yet used are put back by `send`."""
    rest: list[str] = [""]
    for text in chunks(path, encoding, size):
        lines = text.split("\n")
        rest[-1] += lines[0]
        rest += lines[1:]
        if len(rest) > 1:  # the last piece is no whole line yet
            back = yield rest[:-1], False
            rest = [*back, rest[-1]]
    if rest[-1] == "":
        rest.pop()
    yield rest, True
