"""Columns of an outcome take memory where claim money moves."""

import mmap
import re
from pathlib import Path

import numpy as np
import pytest

from followmoney.tracing._sparse_column import zeros


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("size", [0, 7, 1 << 20])
def test_a_column_is_all_zeros_and_can_be_written(size, sparse):
    column = zeros(size, sparse=sparse)
    assert (column.dtype, column.shape) == (np.int64, (size,))
    assert not column.any()
    column[-1:] = 5
    assert column.sum() == 5 * (size > 0)


@pytest.mark.skipif(not hasattr(mmap, "MADV_NOHUGEPAGE"), reason="Linux only")
def test_an_entry_takes_a_small_page():
    column = zeros(1 << 22, sparse=True)
    address = column.__array_interface__["data"][0]
    column[:: 1 << 18] = 1
    places = re.split(r"^(?=[0-9a-f]+-)", Path("/proc/self/smaps").read_text(encoding="ascii"), flags=re.MULTILINE)
    spans = [(*(int(end, 16) for end in place.split()[0].split("-")), place) for place in places if place]
    its = next(place for begin, end, place in spans if begin <= address < end)
    assert int(re.search(r"Rss:\s+(\d+) kB", its)[1]) < 1024
    assert column.sum() == 16
