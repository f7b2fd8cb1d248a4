"""The command line: a command a file; each parses, calls one public function and prints."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `followmoney` with these arguments (default: those of the process) and return the exit code."""
    from followmoney.cli._app import run

    return run(arguments)


__all__ = ["main"]
