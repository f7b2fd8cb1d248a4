"""Exact 64-bit arithmetic and a memory hint, for the compiled sweeps."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir  # pyright: ignore[reportMissingTypeStubs]
from numba import njit, types
from numba.extending import intrinsic

BARE: dict[str, Any] = {"_nrt": False}
"""For kernels that allocate nothing: they need not count who refers to their arrays, which costs more than they do."""

EXACT = 1 << 51  # below this a quotient guessed in double precision is at most one or two off, and can be put right


@intrinsic
def prefetch(_context: Any, array: Any, row: Any) -> Any:  # noqa: ANN401, ARG001
    """Ask the processor to bring a row of a two-dimensional array near: the sweep will need it in a few steps."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:  # noqa: ANN401
        made = context.make_array(signature.args[0])(context, builder, values[0])
        step = builder.extract_value(made.strides, 0)
        at = builder.gep(builder.bitcast(made.data, ir.IntType(8).as_pointer()), [builder.mul(values[1], step)])
        word = ir.IntType(32)
        hint = builder.module.declare_intrinsic(
            "llvm.prefetch", [at.type], ir.FunctionType(ir.VoidType(), [at.type, word, word, word])
        )
        builder.call(hint, [at, word(1), word(3), word(1)])  # for writing, keep near, data
        return context.get_dummy_value()

    return types.void(array, types.int64), code


@njit(cache=True, nogil=True)
def long_division(part: int, times: int, whole: int) -> tuple[int, int]:
    """`muldiv` bit by bit, for the rare amounts of 2^51 and more."""
    one, zero = np.uint64(1), np.uint64(0)
    add, of, bits = np.uint64(part), np.uint64(whole), np.uint64(times)
    quotient, rest = zero, zero
    for step in range(63):
        bit = (bits >> np.uint64(62 - step)) & one
        quotient += quotient
        rest += rest
        if rest >= of:
            rest -= of
            quotient += one
        if bit:
            rest += add
            if rest >= of:
                rest -= of
                quotient += one
    return np.int64(quotient), np.int64(rest)  # pyright: ignore[reportReturnType] - 64-bit to numba


@njit(cache=True, nogil=True, inline="always")
def muldiv(part: int, times: int, whole: int) -> tuple[int, int]:
    """Quotient and remainder of part × times / whole, exact for 0 ≤ part ≤ whole and any 64-bit amounts."""
    if whole >= EXACT or times >= EXACT:
        return long_division(part, times, whole)
    quotient = np.int64(np.float64(part) * np.float64(times) / np.float64(whole))
    rest = part * times - quotient * whole  # wraps; the true remainder is small, so it comes out right
    while rest < 0:
        quotient -= 1
        rest += whole
    while rest >= whole:
        quotient += 1
        rest -= whole
    return quotient, rest  # pyright: ignore[reportReturnType]
