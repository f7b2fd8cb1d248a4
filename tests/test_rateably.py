"""Funds shared by the kernel are those shared one by one."""

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from followmoney.tracing import _rateably
from followmoney.tracing._rateably import one_by_one, rateably


@pytest.mark.parametrize("largest", [12, 1 << 49, 1 << 60])
@examples(60)
@given(data=st.data())
def test_the_kernel_shares_as_fractions_do(largest, data):
    claimants = data.draw(st.integers(1, 4))
    money = st.integers(0, largest)
    rows = data.draw(st.lists(st.tuples(*[money] * claimants, money, money), min_size=1, max_size=6))
    *ours, other, spent = np.array(rows, np.int64).T
    owed = sum(ours)
    whole = np.maximum(owed + other - spent // 2, 0)  # what paid off a debt does not count, and may be claim money
    balance = np.maximum(whole, owed) - spent
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_rateably, "_MANY", 0)
        fast = rateably(ours, whole, balance)
    assert [part.tolist() for part in fast] == [part.tolist() for part in one_by_one(ours, whole, balance)]
