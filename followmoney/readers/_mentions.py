"""Accounts and parties that many rows name: kept once, completed by what later rows say, given out at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from followmoney.ledger import Part
from followmoney.ledger._differing import differing
from followmoney.readers._parts import Made, parts
from followmoney.schema import key

_key = cache(key)


class Mentions:
    """Rows of several tables, one an identifier (or one a content, where the table has none).

    Where two mentions differ, the first on the account's own statement is kept, else the first in document order, and
    the difference is counted: the row stands for
    who is meant, and the rows that mention it keep what they say themselves.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[str, object], tuple[str, dict[str, Any]]] = {}
        self._own: set[tuple[str, object]] = set()
        self.differing: dict[tuple[str, str], set[str]] = {}
        """Columns that mentions of one identifier disagree about, by table, and the identifiers."""

    def add(self, source: str, table: str, row: Mapping[str, Any], *, own: bool = False) -> None:
        """One mention, with its `row`; empty columns of the first are filled by a later one.

        Args:
            source: The file.
            table: The table.
            row: What is said.
            own: The account's own statement says so.
        """
        name = _key(table)
        said = {c: v for c, v in row.items() if v is not None}
        mark = said[name] if name else tuple(sorted((c, str(v)) for c, v in said.items() if c != "row"))
        known = self._rows.setdefault((table, mark), (source, said))[1]
        first = own and (table, mark) not in self._own
        if first:
            self._own.add((table, mark))
        for column, value in said.items():
            if isinstance(value, list):  # things said together: the transactions that paid for an asset
                together: list[str] = [*known.get(column, []), *value]
                known[column] = sorted(set(together))
            elif known.setdefault(column, value) != value and column != "row":
                self.differing.setdefault((table, column), set()).add(str(mark))
                if first:
                    known[column] = value

    def named(self, table: str, ending: str) -> list[str]:
        """Identifiers of a table that end so."""
        return [str(mark) for name, mark in self._rows if name == table and str(mark).endswith(ending)]

    def parts(self) -> Iterator[Part]:
        """All of them, by the file that mentioned each first."""
        by_source: dict[tuple[str, bool], list[Made]] = {}
        for (table, mark), (source, row) in self._rows.items():
            by_source.setdefault((source, (table, mark) in self._own), []).append((table, row))
        for (source, own), made in by_source.items():
            yield from parts(source, made, frozenset(table for table, _ in made), own=own)

    def notes(self) -> list[str]:
        """What mentions disagree about, in sentences."""
        return [differing(table, column, ids) for (table, column), ids in sorted(self.differing.items())]
