"""Progress on stderr, only on a terminal: what is being done, and for how long."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from followmoney.cli._terminal import console


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Show one line while the block runs, then remove it; into a pipe not one byte is written."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console(error=True), transient=True) as progress:
        progress.add_task(what, total=None)
        yield


def tell(sentence: str) -> None:
    """A sentence for the person at the terminal; a script that reads our output never sees it."""
    if sys.stderr.isatty():
        print(sentence, file=sys.stderr)
