"""Records that are plainly written → columns, by a compiled pass over their bytes; see `_kernel_json`."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.readers._json_plan import LIST, RECORD, Place, Plan

_IN_VIEW = 12
"""Bytes of a text that Arrow keeps in the view itself."""


def plain(texts: pl.Series, plan: Plan) -> tuple[pl.Series, NDArray[np.bool_]]:
    """The records that are plain, in order, and which of the texts they are; no text is null."""
    from followmoney.readers._kernel_json import scanned

    data, begins, ends = _bytes(texts)
    counts, which = np.zeros(plan.lists + 1, np.int64), np.zeros(len(texts), np.bool_)
    kinds, inner, within, first, marks, name_at, leads = plan.tables
    log = scanned(data, begins, ends, kinds, inner, within, first, marks, plan.names, name_at, leads, counts, which)
    return _Columns(plan, data, counts, log).series(), which


def _bytes(texts: pl.Series) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """The bytes the texts stand in, and where: those they were read from, where that is one piece."""
    views: Any = texts.to_arrow(compat_level=pl.CompatLevel.newest())
    _, places, *pieces = views.buffers()
    told = np.frombuffer(places, np.int32).reshape(-1, 4)[views.offset : views.offset + len(texts)]
    if len(pieces) == 1 and (told[:, 0] > _IN_VIEW).all():
        begins = told[:, 3].astype(np.int64)
        return np.frombuffer(pieces[0], np.uint8), begins, begins + told[:, 0]
    whole: Any = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, content = whole.buffers()
    bounds = np.frombuffer(offsets, np.int64)[whole.offset : whole.offset + len(texts) + 1]
    return np.frombuffer(content, np.uint8), bounds[:-1].copy(), bounds[1:].copy()


class _Columns:
    """Columns of Arrow, made of the values found."""

    def __init__(
        self, plan: Plan, data: NDArray[np.uint8], counts: NDArray[np.int64], log: NDArray[np.int32]
    ) -> None:
        from followmoney.readers._kernel_json_texts import spread

        self._plan, self._data, self._counts = plan, data, counts
        base = np.cumsum([0, *(counts[place.rows] for place in plan.places)])
        self._begins, self._sizes = np.empty(base[-1], np.int32), np.full(base[-1], -1, np.int32)
        spread(log, base, self._begins, self._sizes)
        self._base = base

    def series(self) -> pl.Series:
        found = pl.from_arrow(self._array(self._plan.root))
        assert isinstance(found, pl.Series)
        return found.alias("value")

    def _array(self, place: Place) -> Any:
        import pyarrow as pa

        span = slice(self._base[place.number], self._base[place.number + 1])
        sizes = self._sizes[span]
        if place.kind == RECORD:
            parts = [self._array(part) for part in place.parts]
            return pa.StructArray.from_arrays(parts, [p.name for p in place.parts], mask=pa.array(sizes < 0))
        if place.kind == LIST:
            offsets = np.concatenate(([0], np.cumsum(np.maximum(sizes, 0), dtype=np.int64)))
            return pa.LargeListArray.from_arrays(offsets, self._array(place.parts[0]), mask=pa.array(sizes < 0))
        return self._texts(self._begins[span], sizes)

    def _texts(self, begins: NDArray[np.int32], sizes: NDArray[np.int32]) -> Any:
        import pyarrow as pa

        from followmoney.readers._kernel_json_texts import ODD, SHORT, viewed

        if not len(sizes) or sizes.max() < 0:
            return pa.nulls(len(sizes), pa.string_view())
        views = np.zeros(len(sizes) * 16, np.uint8)
        into = np.empty(int((sizes[sizes > SHORT] & (ODD - 1)).sum()), np.uint8)
        used = viewed(self._data, begins, sizes, views, into)
        there = np.packbits(sizes >= 0, bitorder="little")
        buffers = [pa.py_buffer(there), pa.py_buffer(views), pa.py_buffer(into[:used])]
        return pa.Array.from_buffers(pa.string_view(), len(sizes), buffers)
