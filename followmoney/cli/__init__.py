"""The command line: a command a file; each parses, calls one public function and prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `followmoney` with these arguments (default: those of the process) and return the exit code."""
    try:
        from followmoney.cli._app import run
    except KeyboardInterrupt:  # so early that nothing was begun
        sys.stderr.write("followmoney: interrupted.\n")
        return 130
    return run(arguments)


__all__ = ["main"]
