"""What we print on: a terminal or a pipe, with or without colour; and text that cannot steer a terminal."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_WIDTH = 4_000  # characters: a table in a pipe is never cut to the width of a screen nobody looks at

_LINES = {ord("\n"): "\N{SYMBOL FOR LINE FEED}", ord("\t"): "\N{SYMBOL FOR HORIZONTAL TABULATION}"}


def on_terminal(*, error: bool = False) -> bool:
    """Whether a person looks at stdout (or stderr), rather than a program or a file."""
    return (sys.stderr if error else sys.stdout).isatty()


def console(*, error: bool = False, wide: bool = False) -> Console:
    """A console on stdout or stderr: without one escape sequence when piped or when NO_COLOR is set.

    `wide` takes as much room as it needs where nobody looks at a screen.
    """
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    terminal = on_terminal(error=error)
    plain_only = bool(os.environ.get("NO_COLOR")) or not (terminal or os.environ.get("FORCE_COLOR"))
    width = _PIPE_WIDTH if wide and not terminal and not os.environ.get("COLUMNS") else None
    return Console(
        file=stream,
        color_system=None if plain_only else "auto",
        force_terminal=terminal or None,
        highlight=False,
        width=width,
    )


def writable() -> None:
    """Let stdout and stderr show, as an escape, whatever their encoding has no letter for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def one_line(text: str) -> str:
    """The same on one line: what would begin another is seen as a sign for it."""
    return plain(text).translate(_LINES)


def plain(text: str) -> str:
    """Text from a source, without control characters that could move the cursor or hide a line."""
    if text.isprintable():  # nearly always
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)
