"""Progress on stderr, only on a terminal: what is being done, and for how long."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from followmoney.cli import _terminal
from followmoney.cli._terminal import console


@contextmanager
def doing(what: str) -> Generator[None]:
    """Show one line while the block runs, then remove it; into a pipe not one byte is written."""
    if not _terminal.on_terminal(error=True):
        yield
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console(error=True), transient=True) as progress:
        progress.add_task(what, total=None)
        yield
