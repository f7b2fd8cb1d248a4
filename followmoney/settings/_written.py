"""A setting as TOML writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from followmoney.settings._assertions import table
from followmoney.tracing.assertions import Assertion


def written(value: Any) -> str:  # noqa: ANN401
    """The value as TOML writes it; tables in one line."""
    if isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "[" + ", ".join(written(v) for v in value) + "]"  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, Assertion):
        return _table(list(table(value).items()))
    if isinstance(value, Mapping):
        return _table(sorted(value.items()))  # pyright: ignore[reportUnknownArgumentType]
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(pairs: list[tuple[str, Any]]) -> str:
    cells = [f"{k if k.isalnum() and k.isascii() else written(k)} = {written(v)}" for k, v in pairs]
    return "{ " + ", ".join(cells) + " }"
