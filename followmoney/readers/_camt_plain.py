"""Entries that are plainly written, read from the text of a statement; XML proper sees the rest, and where they stood.

Nearly all entries are plain: no comments, sections or prefixes of their own, at most one attribute a tag. One that
matches the expression of another such entry is well-formed, and its texts are had at once. In its place the parser is
given an empty element, as long and with as many lines. Whatever is not plain, the parser reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from followmoney.readers._camt_shapes import DETAIL, ENTRY
from followmoney.readers._iso_plan import Plans, plans
from followmoney.readers._iso_shape import Found
from followmoney.readers._xml import Element

Entry = tuple[Found, list[Found]]
"""What is wanted of an entry, and of its details."""
_MARK = "followmoney-entry"
_CHUNK = 64 * 1024
_LONGEST = 64 * 1024  # bytes of an entry; a longer one is streamed, detail by detail
_TAIL = 128  # bytes kept back, in which a tag or something odd may begin
_KNOWN = 64  # ways in which a bank builds its entries
_APART = frozenset({"Ntry", "Bal", "Stmt", "Rpt", "Ntfctn"})
_START = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>?]*\?>)?\s*(?=<[^!?])")
_OTHERWISE = re.compile(rb"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_OPEN = re.compile(rb"<((?:[A-Za-z_][A-Za-z0-9_.-]{0,60}:)?)Ntry>")
_REFERENCE = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_ODD = (b"<!", b"<?", b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf", _MARK.encode())
"""Comments, sections, document types, instructions; what must not stand in a text; what is no letter; our own mark."""


class Plain:
    """A stream in which plain entries are empty elements; from the first odd byte on it is as it was."""

    def __init__(self) -> None:
        self._stream: BinaryIO = BytesIO()
        self._rest = b""
        self._begun = self._odd = False
        self._open, self._close = b"", b""
        self._number = 0
        self._taken: dict[str, Entry] = {}
        self._known: list[Plans] = []

    def over(self, stream: BinaryIO) -> Plain:
        """Itself, reading this stream."""
        self._stream = stream
        return self

    def take(self, element: Element) -> Entry | None:
        """The entry that stood where this element stands; None where the element is as it was written."""
        number = element.get(_MARK) if self._taken else None
        return None if number is None else self._taken.pop(number, None)

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end."""
        while not self._odd:
            more = self._stream.read(_CHUNK)
            data, self._rest = self._rest + more, b""
            self._odd = not more or self._is_odd(data)
            given = data if self._odd else b"".join(self._given(data))
            if given:
                return given
        return self._stream.read(size)

    def _is_odd(self, data: bytes) -> bool:
        start = None
        if not self._begun:
            self._begun, start = True, _START.match(data)
            if start is None or _OTHERWISE.search(start[0]):
                return True
        body = data[start.end() :] if start else data
        return len(body.translate(None, _CONTROLS)) != len(body) or any(odd in body for odd in _ODD)

    def _given(self, data: bytes) -> Iterator[bytes]:
        """The bytes with empty elements in place of plain entries; what may go on in the next piece is kept back."""
        if not self._open:
            first = _OPEN.search(data)
            if first:
                self._open, self._close = first[0], b"</" + first[0][1:]
        at = 0
        while self._open and (start := data.find(self._open, at)) >= 0:
            end = data.find(self._close, start, start + _LONGEST)
            if end < 0 and len(data) - start < _LONGEST:
                yield data[at:start]
                self._rest = data[start:]
                return
            end = start + len(self._open) if end < 0 else end + len(self._close)
            entry = self._entry(data[start:end])
            yield data[at:start]
            yield data[start:end] if entry is None else self._empty(data[start:end], entry)
            at = end
        keep = max(at, len(data) - _TAIL)
        yield data[at:keep]
        self._rest = data[keep:]

    def _entry(self, data: bytes) -> Entry | None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "&" in text and _REFERENCE.search(text):
            return None
        for at, one in enumerate(self._known):
            found = one.of(text)
            if found is not None:
                if at:  # the next is likely built like the one before
                    self._known.insert(0, self._known.pop(at))
                return found
        if len(self._known) < _KNOWN and (made := plans(text, ENTRY, DETAIL, "TxDtls", _APART)):
            self._known.insert(0, made)
            return made.of(text)
        return None

    def _empty(self, data: bytes, entry: Entry) -> bytes:
        self._number += 1
        number = str(self._number)
        self._taken[number] = entry
        head = f'{self._open[:-1].decode()} {_MARK}="{number}"'.encode()
        lines = b"\n" * data.count(b"\n")
        wide = len(data) - data.rfind(b"\n") - 1 - 2 - (0 if lines else len(head))
        return head + lines + b" " * wide + b"/>"
