"""A pattern in words, from the objects that run."""

from __future__ import annotations

import dataclasses
from inspect import cleandoc, getdoc
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from followmoney.patterns._pattern import Pattern


def describe(pattern: type[Pattern]) -> str:
    """Name, definition, thresholds with sources, example, look-alike, and what speaks against a finding."""
    against = [(getdoc(check) or "").splitlines()[0] for check in pattern.innocent]
    return "\n".join(
        [
            f"{pattern.of()} (AMLTRIX {pattern.amltrix})" if pattern.amltrix else pattern.of(),
            "",
            cleandoc(pattern.__doc__ or ""),
            "",
            "Thresholds",
            *(indent(line, "  ") for line in thresholds(pattern)),
            "",
            "Found in",
            indent(dedent(pattern.example).strip(), "  "),
            "",
            "Not found in",
            indent(dedent(pattern.counter_example).strip(), "  "),
            "",
            "What can speak against a finding, and is checked",
            *([f"  - {line}" for line in against] or ["  nothing"]),
        ]
    )


def thresholds(pattern: type[Pattern]) -> list[str]:
    """A line a threshold: name, default, meaning, unit and source."""
    return [
        f"{f.name} = {written(default(f))}: {f.metadata['help']} [{f.metadata['unit']}; {f.metadata['source']}]"
        for f in dataclasses.fields(pattern)
    ]


def default(field: dataclasses.Field[Any]) -> Any:  # noqa: ANN401
    """The value a threshold has unless given."""
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def written(value: Any) -> str:  # noqa: ANN401
    """A value as people write it."""
    if isinstance(value, dict):
        value = cast("dict[str, int]", value)
        return ", ".join(f"{k} {v:,}" for k, v in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value) or "none"
