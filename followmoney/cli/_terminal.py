"""What we print on: a terminal or a pipe, with or without colour; and text that cannot steer a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_WIDTH = 4_000  # characters: a table in a pipe is never cut to the width of a screen nobody looks at


def console(*, error: bool = False, width: int | None = None) -> Console:
    """A console on stdout or stderr: without one escape sequence when piped or when NO_COLOR is set."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    if not stream.isatty() and not os.environ.get("FORCE_COLOR"):
        return Console(file=stream, color_system=None, highlight=False, width=width)
    colour = None if os.environ.get("NO_COLOR") else "auto"
    return Console(file=stream, color_system=colour, highlight=False, width=width)


def pipe_width() -> int | None:
    """How wide a table may be: as it needs when piped, the screen on a terminal."""
    return None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _PIPE_WIDTH


def plain(text: str) -> str:
    """Text from a source, without control characters that could move the cursor or hide a line."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)
