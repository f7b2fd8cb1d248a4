"""The shape that is wanted of a record, as the tables by which it is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

TEXT, RECORD, LIST = 0, 1, 2
"""Kinds of what is wanted."""
_MOST = 60
"""Members of a record that are told apart."""


@dataclass(frozen=True)
class Place:
    """A value of the shape: where it is in the tables, whose rows it is in, and what is in it."""

    number: int
    kind: int
    rows: int
    name: str = ""
    parts: list[Place] = field(default_factory=list["Place"])


@dataclass(frozen=True)
class Plan:
    """The shape as a tree and as the tables of the kernel; see `scanned`."""

    root: Place
    places: list[Place]
    lists: int
    table: NDArray[np.int64]
    members: NDArray[np.int64]
    names: NDArray[np.uint8]


def plan(shape: pl.Struct, keys: Mapping[str, str]) -> Plan | None:
    """The plan of a shape of texts, records and lists; none where the kernel cannot tell its members apart."""
    making = _Making(dict(keys))
    root = making.place(shape, 0)
    return making.plan(root)


class _Making:
    def __init__(self, keys: dict[str, str]) -> None:
        self.places: list[Place] = []
        self.lists, self.fits = 0, True
        self._keys = keys

    def place(self, dtype: pl.DataType, rows: int, name: str = "") -> Place:
        kind = RECORD if isinstance(dtype, pl.Struct) else LIST if isinstance(dtype, pl.List) else TEXT
        here = Place(len(self.places), kind, rows, name)
        self.places.append(here)
        if isinstance(dtype, pl.Struct):
            here.parts.extend(self.place(_dtype(one.dtype), rows, one.name) for one in dtype.fields)
            self.fits &= len(here.parts) <= _MOST and all(part.name for part in here.parts)
        elif isinstance(dtype, pl.List):
            self.lists += 1
            here.parts.append(self.place(_dtype(dtype.inner), self.lists))
        else:
            self.fits &= dtype == pl.String
        member = self._keys.get(name)
        texts = [part.name for part in here.parts if part.kind == TEXT and kind == RECORD]
        self.fits &= member is None or member in texts
        return here

    def plan(self, root: Place) -> Plan | None:
        if not self.fits:
            return None
        members = [part for place in self.places if place.kind == RECORD for part in place.parts]
        names = [member.name.encode() for member in members]
        begins = np.cumsum([0, *map(len, names)])
        table, first = list[tuple[int, ...]](), 0
        for place in self.places:
            parts = place.parts if place.kind == RECORD else []
            rows = place.parts[0].rows if place.kind == LIST else -1
            table.append((place.kind, self._inner(place), rows, first, _lengths(parts)))
            first += len(parts)
        table.append((-1, -1, -1, first, 0))
        told = [(_mark(name), at, member.number) for name, at, member in zip(names, begins, members, strict=False)]
        every = np.frombuffer(b"".join(names) or b" ", np.uint8)
        return Plan(root, self.places, self.lists, np.array(table, np.int64), np.array(told, np.int64), every)

    def _inner(self, place: Place) -> int:
        if place.kind == LIST:
            return place.parts[0].number
        member = self._keys.get(place.name) if place.name else None
        return next((part.number for part in place.parts if part.name == member), -1)


def _dtype(dtype: object) -> pl.DataType:
    return dtype if isinstance(dtype, pl.DataType) else pl.String()


def _lengths(parts: list[Place]) -> int:
    """Lengths of names as bits of 64, of which the last is a sign."""
    bits = 0
    for part in parts:
        bits |= 1 << (len(part.name.encode()) & 63)
    return bits - 2**64 if bits >= 2**63 else bits


def _mark(name: bytes) -> int:
    """By which most names differ: length, first and last byte."""
    return len(name) << 16 | name[0] << 8 | name[-1]
