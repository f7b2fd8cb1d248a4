"""Statements of banks as SWIFT messages MT940 (booked) and MT942 (the day so far)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from followmoney.ledger import Part, Reading, Source
from followmoney.readers._found import File
from followmoney.readers._mentions import Mentions
from followmoney.readers._mt940_library import ready
from followmoney.readers._mt940_rows import Rows
from followmoney.readers._mt940_text import encoding, file_is_utf16, statements
from followmoney.readers._parts import parts
from followmoney.readers._streams import head

_SUFFIXES = (".sta", ".mt940", ".mt942", ".940", ".942", ".swi", ".fin", ".out")
_TAG = re.compile(rb"(?m)^:(?:20|25P?|28C?|34F|60[FM]?|61|62[FM]?|64|86|NS):")
_FIRST = re.compile(rb"(?:^|\n|\{4:)\s*:20:")
_ACCOUNT = re.compile(rb"(?m)^:25P?:")


class Mt940:
    """MT940 and MT942, also wrapped in SWIFT blocks, one statement or many a file.

    A row is the line of the entry's field 61. A transaction is called by its account, day, amount and the bank's
    reference, so that overlapping statements name the same entry alike; entries that agree in all of that are counted.
    A statement in several pages (field 28C), also over several files, is one. What a report of the day (MT942) and a
    statement both have is taken from the statement. An unstructured field 86 is kept whole as the purpose. Cost: about
    6,000 entries a CPU-second; memory is that of the largest statement and of the accounts named. Source: SWIFT
    MT940/942; the fields are read by the library mt-940.
    """

    name = "mt940"
    reads = "bank statements as SWIFT messages MT940 and MT942 (.sta, .940, .mt940, .txt)"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """The fields it looks for."""
        return {"statement (MT940)": [":20:", ":25:", ":60F:", ":61:", ":62F:"]}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """Files that begin as such messages do, whatever they are called."""
        return [file for file in files if _is_message(file)]

    def read(self, files: Sequence[File]) -> Reading:
        """Read the files, statement by statement.

        Raises:
            InputError: The library is not installed (the extra `bank`).
        """
        ready()
        notes: list[str] = []
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        return Reading(sources, _parts(files, notes), notes=notes)


def _is_message(file: File) -> bool:
    if file.suffix in (".parquet", ".xlsx", ".toml", ".json", ".xml"):
        return False
    start = head(file.path)
    if file_is_utf16(start):
        start = start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    start = start.replace(b"\r", b"\n").removeprefix(b"\xef\xbb\xbf")
    if file.suffix in _SUFFIXES and _TAG.search(start):
        return True
    return bool(_FIRST.search(start) and _ACCOUNT.search(start))


def _parts(files: Sequence[File], notes: list[str]) -> Iterator[Part]:
    mentions = Mentions()
    rows = Rows(mentions)
    for file in files:
        code = encoding(file)
        if code == "utf-16":
            notes.append(f"{file.name} is UTF-16, as its first bytes say, and was read as that.")
        elif code != "utf-8":
            notes.append(f"{file.name} is not UTF-8 and was read as {code}, as its letters with accents suggest.")
        made = (row for statement in statements(file, code) for row in rows.of(file.name, statement))
        yield from parts(file.name, made, frozenset(["balances", "statements"]))
        rows.end_of_file()
    yield from rows.whole(notes)
    yield from rows.held_back()
    yield from mentions.parts()
    notes += rows.notes() + mentions.notes()


READER = Mt940()
