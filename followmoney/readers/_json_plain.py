"""Records that are plainly written → columns, by a compiled pass over their bytes; see `_kernel_json`."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.readers._arrow import arrow
from followmoney.readers._json_plan import LIST, RECORD, Place, Plan

_IN_VIEW = 12
"""Bytes of a text that Arrow keeps in the view itself."""


def plain(texts: pl.Series, plan: Plan) -> tuple[pl.Series, NDArray[np.bool_]]:
    """The records that are plain, in order, and which of the texts they are; no text is null."""
    from followmoney.readers._kernel_json import scanned

    data, spans = _bytes(texts)
    words = data[: len(data) // 8 * 8].view(np.uint64)
    counts, which = np.zeros(plan.lists + 1, np.int64), np.zeros(len(texts), np.bool_)
    found = scanned(data, words, spans, plan.table, plan.members, plan.names, counts, which)
    return _Columns(plan, counts, *found).series(), which


def _bytes(texts: pl.Series) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The bytes the texts stand in, and where: those they were read from, where that is one piece."""
    views: Any = cast("Any", texts).to_arrow(compat_level=pl.CompatLevel.newest())
    _, places, *pieces = views.buffers()
    told = np.frombuffer(places, np.int32).reshape(-1, 4)[views.offset : views.offset + len(texts)]
    if len(pieces) == 1 and (told[:, 0] > _IN_VIEW).all():
        begins = told[:, 3].astype(np.int64)
        return np.frombuffer(pieces[0], np.uint8), np.column_stack((begins, begins + told[:, 0]))
    whole: Any = cast("Any", texts).to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, content = whole.buffers()
    bounds = np.frombuffer(offsets, np.int64)[whole.offset : whole.offset + len(texts) + 1]
    return np.frombuffer(content, np.uint8), np.column_stack((bounds[:-1], bounds[1:]))


class _Columns:
    """Columns of Arrow, made of the values found."""

    def __init__(
        self, plan: Plan, counts: NDArray[np.int64], log: NDArray[np.uint64], texts: NDArray[np.uint64]
    ) -> None:
        from followmoney.readers._kernel_json import spread

        base = np.cumsum([0, *(counts[place.rows] for place in plan.places)])
        self._views, self._there = np.zeros((base[-1], 2), np.uint64), np.zeros(base[-1], np.bool_)
        spread(log, base, self._views, self._there)
        self._plan, self._base, self._texts = plan, base, arrow().py_buffer(texts)

    def series(self) -> pl.Series:
        return pl.Series("value", cast("Any", self._array(self._plan.root)))

    def _array(self, place: Place) -> object:
        pa = arrow()
        span = slice(self._base[place.number], self._base[place.number + 1])
        there, views = self._there[span], self._views[span]
        if place.kind == RECORD:
            parts = [self._array(part) for part in place.parts]
            return pa.StructArray.from_arrays(parts, [p.name for p in place.parts], mask=pa.array(~there))
        if place.kind == LIST:
            offsets = np.concatenate(([0], np.cumsum(views[:, 0], dtype=np.int64)))
            return pa.LargeListArray.from_arrays(offsets, self._array(place.parts[0]), mask=pa.array(~there))
        if not there.any():
            return pa.nulls(len(there), pa.string_view())
        bits = np.packbits(there, bitorder="little")
        return pa.Array.from_buffers(
            pa.string_view(), len(there), [pa.py_buffer(bits), pa.py_buffer(views), self._texts]
        )
