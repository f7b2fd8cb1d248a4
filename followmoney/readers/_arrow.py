"""The memory of columns, shared with polars: pyarrow, which says nothing of its types."""

from __future__ import annotations

from types import ModuleType


def arrow() -> ModuleType:
    """The library, loaded when it is asked for."""
    import pyarrow as pa  # pyright: ignore[reportMissingTypeStubs]

    return pa
