"""Turns a catalogue into what Python's own gettext reads: the bytes of a .mo file, made in memory, never kept."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from gettext import GNUTranslations

from followmoney.languages._po import Entry

_MAGIC, _HEAD = 0x950412DE, 28


def translations(found: Iterable[Entry]) -> GNUTranslations:
    """The catalogue as gettext has it; whatever is not translated is left out and stays as it is."""
    pairs = sorted((_key(e), "\0".join(e.told)) for e in found if any(e.told))
    keys, values = ([text.encode() for text in side] for side in zip(*pairs, strict=True))
    start = _HEAD + 16 * len(pairs)
    places: list[bytes] = []
    for part in (*keys, *values):
        places.append(struct.pack("<II", len(part), start))
        start += len(part) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), _HEAD, _HEAD + 8 * len(pairs), 0, 0)
    return GNUTranslations(io.BytesIO(head + b"".join(places) + b"".join(part + b"\0" for part in (*keys, *values))))


def _key(entry: Entry) -> str:
    return entry.one if entry.more is None else f"{entry.one}\0{entry.more}"
