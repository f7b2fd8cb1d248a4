"""The text of an MT940 or MT942 file: its encoding, its statements, their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import count
from typing import NamedTuple

from followmoney.errors import InputError
from followmoney.readers._found import File
from followmoney.readers._streams import head, opened

_TAG = re.compile(r":(?P<tag>(?P<number>\d\d|NS)[A-Z]?):")
_KNOWN = frozenset(["13", "20", "21", "25", "28", "34", "60", "61", "62", "64", "65", "86", "90", "NS"])
_CLOCK = re.compile(r":[0-5]\d:[0-5]\d(?!\d)")  # a time that a line break cut: "...T16" and then ":26:37"
_END = re.compile(r"-(?:\}.*|XXX)?\s*|\{[1-5]:.*")
_STRIPPED = "\r\n\x00\x01\x03\x1a\ufeff"
_LONGEST = 1_000_000  # characters of one line
_MOST = 2_000_000  # lines of one statement
_LOW, _HIGH = re.compile(rb"[\x80-\xa5]"), re.compile(rb"[\xc0-\xff]")
_CHUNK = 1 << 20


class Field(NamedTuple):
    """One field: its tag (`61`, `60F`), its text, and the line it starts in."""

    tag: str
    text: str
    line: int


@dataclass
class Statement:
    """The fields from one `:20:` to the next."""

    fields: list[Field] = field(default_factory=list[Field])

    def of(self, *tags: str) -> list[Field]:
        """Its fields with one of these tags; `60` stands for 60F, 60M and 60."""
        return [one for one in self.fields if one.tag in tags or one.tag[:2] in tags]


def file_is_utf16(start: bytes) -> bool:
    """Whether the first bytes are the mark of UTF-16."""
    return start.startswith((b"\xff\xfe", b"\xfe\xff"))


def encoding(file: File) -> str:
    """How the bytes are to be read: UTF-16 if the first say so, UTF-8 if they are, else as those above 127 suggest.

    Letters with accents stand below 0xA6 in the old code page of Central Europe (852), above 0xC0 in Windows' (1252).
    """
    import codecs

    if file_is_utf16(head(file.path)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    low = high = 0
    text = True
    with opened(file.path, file.name) as stream:
        while chunk := stream.read(_CHUNK):
            low, high = low + len(_LOW.findall(chunk)), high + len(_HIGH.findall(chunk))
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                text = False
    return "utf-8" if text else "cp852" if low > high else "cp1252"


def statements(file: File, code: str) -> Iterator[Statement]:
    """The statements of a file one by one; memory is that of the largest.

    Raises:
        InputError: A line or a statement is longer than any statement is.
    """
    current, closed = Statement(), False
    for one in _fields(file, code):
        kind = one.tag[:2]
        if current.fields and (kind == "20" or (closed and kind in ("25", "28", "60"))):
            yield current
            current, closed = Statement(), False
        current.fields.append(one)
        closed |= kind == "62"
        _check(len(current.fields), file)
    if current.fields:
        yield current


def _fields(file: File, code: str) -> Iterator[Field]:
    text, start, tag = list[str](), 0, ""
    for number, line in _lines(file, code):
        found = _field(line, tag)
        if found is None and not _END.fullmatch(line):
            if tag:
                text.append(line)
                _check(len(text), file)
            continue
        if tag:
            yield Field(tag, "\n".join(text), start)
        tag = found["tag"] if found is not None and found["number"] in _KNOWN else ""
        text, start = [line[found.end() :] if found is not None else ""], number
    if tag:
        yield Field(tag, "\n".join(text), start)


def _field(line: str, inside: str) -> re.Match[str] | None:
    """The tag that a line begins with; in a field 86 only one that can follow it, not a time that was cut."""
    found = _TAG.match(line)
    if found and inside == "86" and (found["number"] not in _KNOWN or _CLOCK.match(line)):
        return None
    return found


def _lines(file: File, code: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without what a message carries around its fields."""
    colon = ""
    with opened(file.path, file.name) as stream:
        wrapped = TextIOWrapper(stream, encoding=code, errors="replace", newline=None)
        for number in count(1):
            line = wrapped.readline(_LONGEST)
            if not line:
                return
            if len(line) >= _LONGEST:
                raise InputError(
                    f"{file.name} has no line breaks where a bank statement (MT940) has them (line {number:,})."
                )
            front, block, rest = line.partition("{4:")  # {1:...}{2:...}{4: and then the first field
            line = colon + (rest if block and front.startswith("{") else line).strip(_STRIPPED).rstrip()
            colon = line if line == ":" else ""  # a tag that a line break cut
            if not colon:
                yield number, line


def _check(lines: int, file: File) -> None:
    if lines > _MOST:
        raise InputError(f"{file.name} has a statement of more than {_MOST:,} lines, as no bank sends. Check the file.")
