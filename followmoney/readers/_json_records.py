"""JSON from outside: one record after the other as text, from JSON Lines, an array, or records one after another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import polars as pl

from followmoney.errors import DamagedError, InputError
from followmoney.readers._arrow import arrow
from followmoney.readers._found import File
from followmoney.readers._streams import opened

SUFFIXES = (".json", ".jsonl", ".ndjson", ".ijson")
_CHUNK = 16 * 2**20
_LONGEST = 64 * 2**20
"""Bytes of one record; those of registers have a few thousand."""
_BATCH = 50_000
_PIECE = 256 * 2**10  # bytes that a processor has at hand
_SHORT = 16  # bytes of a line; no record is shorter
_BREAK = ord("\n")
_BETWEEN = re.compile(r"[\s,]*")
_NO_TEXT = "line|encoding"


def json_file(file: File) -> bool:
    """Whether its name, that of an archive aside, is one of JSON."""
    name = file.path.name.lower()
    return name.removesuffix(".gz").removesuffix(".zip").endswith(SUFFIXES)


def records(file: File) -> Iterator[pl.DataFrame]:
    """The records of a file in batches: `row` (the line of JSON Lines, else the record's number), `text`, `broken`.

    A line that is no UTF-8 is `broken`; whether a line is JSON is not looked at here. Empty lines are no records.

    Raises:
        InputError: A list that is cut off or broken (its records cannot be told apart from there on), or a record that
            goes on for 64 MB.
    """
    with opened(file.path, file.name) as stream:
        first = b""
        while not first.strip() and (more := stream.read(4096)):
            first = more
        start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
        whole = start[:1] == b"[" or re.match(rb"\{\s*[\r\n]", start) is not None
        skipped = first[: len(first) - len(start)].count(b"\n")
        yield from _listed(file, start, stream) if whole else _lines(file, start, stream, skipped)


def _lines(file: File, start: bytes, stream: BinaryIO, skipped: int) -> Iterator[pl.DataFrame]:
    rest, row = start, skipped
    while True:
        more = stream.read(_CHUNK)
        data, rest = rest + more, b""
        end = data.rfind(b"\n") if more else len(data)
        if end >= 0:
            rest = data[end + 1 :]
            frame = _texts(data, end).with_row_index("row", row + 1).with_columns(pl.col("row").cast(pl.Int64))
            row += len(frame)
            kept = frame.filter(pl.col("text").str.contains(r"\S") | pl.col("broken").is_not_null())
            del frame, data
            for at in range(0, len(kept), _BATCH):
                yield kept.slice(at, _BATCH)
        else:
            rest = data
        if not more:
            return
        if len(rest) > _LONGEST:
            raise InputError(f"{file.name}: line {row + 1} goes on for over 64 MB. No register writes such lines.")


def _texts(data: bytes, end: int) -> pl.DataFrame:
    """Lines up to there as `text`; those that are no UTF-8 with what cannot be read marked, and named in `broken`."""
    lines = _split(data, end)
    if lines is None:
        pairs = [_text(line) for line in data[:end].split(b"\n")]
        return pl.DataFrame(pairs, schema={"text": pl.String, "broken": pl.String}, orient="row")
    return pl.DataFrame({"text": lines, "broken": pl.repeat(None, len(lines), dtype=pl.String, eager=True)})


def _split(data: bytes, end: int) -> pl.Series | None:
    """The lines, standing where they were read; none where one is no UTF-8."""
    import numpy as np

    pa = arrow()
    pieces = [np.frombuffer(data, np.uint8, min(_PIECE, end - at), at) for at in range(0, end, _PIECE)]
    breaks = np.concatenate(
        [
            np.empty(0, np.int32),
            *((np.flatnonzero(p == _BREAK) + n * _PIECE).astype(np.int32) for n, p in enumerate(pieces)),
        ]
    )
    if len(breaks) * _SHORT > end:
        return _divided(data[:end])
    bounds = np.zeros(2 * len(breaks) + 2, np.int32)  # a line, what parts it from the next, that line
    bounds[1:-1:2], bounds[2::2], bounds[-1] = breaks, breaks + 1, end
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    lines: Any = pa.Array.from_buffers(pa.string(), len(bounds) - 1, buffers)
    try:
        lines.validate(full=True)
    except pa.ArrowInvalid:
        return None
    return pl.Series("text", lines).gather_every(2)


def _divided(data: bytes) -> pl.Series | None:
    """The same for short lines, of which there are many: it takes less memory then."""
    try:
        return pl.Series("text", [data.decode("utf-8")]).str.split("\n").explode()
    except UnicodeDecodeError:
        return None


def _text(line: bytes) -> tuple[str, str | None]:
    try:
        return line.decode("utf-8"), None
    except UnicodeDecodeError:
        return line.decode("utf-8", "backslashreplace"), _NO_TEXT


def _listed(file: File, start: bytes, stream: BinaryIO) -> Iterator[pl.DataFrame]:
    """Records of a list, or one after another, each over as many lines as it likes."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    row, found, text, ended = 0, list[str](), "", False
    array = start[:1] == b"["
    try:
        data, last = start, False
        while not last:
            more = stream.read(_CHUNK)
            last = not more
            text += decoder.decode(data, final=last)
            data = more
            if row == 0 and array and text:
                text, array = text[1:], False
            at, ended = _whole(text, found, last=last, file=file, row=row)
            text = text[at:]
            for place in range(0, len(found), _BATCH):
                some = found[place : place + _BATCH]
                frame = pl.DataFrame({"text": some}, schema={"text": pl.String}).with_row_index("row", row + 1)
                yield frame.with_columns(pl.col("row").cast(pl.Int64), broken=pl.lit(None, dtype=pl.String))
                row += len(some)
            found.clear()
            if len(text) > _LONGEST:
                raise _cut(file, row)
    except UnicodeDecodeError as error:
        said = f"is not UTF-8 after record {row:,}"
        raise DamagedError(
            f"{file.name} {said}: {error.reason}. Get the file again.", file.name, f"it {said}"
        ) from None
    if start[:1] == b"[" and not ended:
        raise _cut(file, row)


def _whole(text: str, found: list[str], *, last: bool, file: File, row: int) -> tuple[int, bool]:
    """Add the whole records in a piece of text; where the next begins, and whether the list is closed."""
    decoder, at = json.JSONDecoder(parse_int=str, parse_float=str), 0  # however long: the row is refused later
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if at >= len(text) or text[at] == "]":
            return at, at < len(text)
        try:
            _, end = decoder.raw_decode(text, at)
        except ValueError:
            if last:
                raise _cut(file, row + len(found)) from None
            return at, False
        except RecursionError:
            raise InputError(f"{file.name}: record {row + len(found) + 1:,} is nested absurdly deep.") from None
        if end == len(text) and not last:  # a number may go on
            return at, False
        found.append(text[at:end])
        at = end


def _cut(file: File, row: int) -> InputError:
    reason = f"it breaks off after record {row:,}"
    return DamagedError(f"{file.name} is not whole JSON: {reason}. Get the file again.", file.name, reason)
