"""The handling codes of a case as a line, in the language of the report."""

from __future__ import annotations

from collections.abc import Iterable

from followmoney.languages import say


def handled(codes: Iterable[str]) -> str:
    """The line that stands on top of everything that people read; "" without codes. Machines read `banner`."""
    told = " · ".join(codes)
    return say("Handling: {codes}", codes=told) if told else ""
