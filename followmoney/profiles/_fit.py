"""Which kernel a job is worth: compiled, or plain with everything it calls."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import ParamSpec, TypeVar

from followmoney.graph import _kernels

P = ParamSpec("P")
R = TypeVar("R")


def fit(kernel: Callable[P, R], size: int) -> Callable[P, R]:
    """The compiled kernel; for a small job plain Python, and what it calls too, or compiling that would cost more."""
    if _kernels.fit(kernel, size) is kernel:
        return kernel
    plain: Callable[P, R] = _plain(kernel, {})
    return plain


def _plain(kernel: object, scopes: dict[int, dict[str, object]]) -> FunctionType:
    """The plain function with names that mean plain functions; `scopes`: the names of each module met so far."""
    function: FunctionType = vars(kernel)["py_func"]
    names = function.__globals__
    if id(names) not in scopes:
        scope = scopes[id(names)] = dict(names)
        scope.update({name: _plain(value, scopes) for name, value in names.items() if hasattr(value, "py_func")})
    return FunctionType(function.__code__, scopes[id(names)], function.__name__, function.__defaults__)
