"""What a source format is, and the catalogue of them: every module or specification (TOML) in this folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from followmoney.ledger import Reading
from followmoney.readers._found import File


class Reader(Protocol):
    """A source format: which files it reads, and how. A module offers one as `READER`."""

    @property
    def name(self) -> str:
        """What it is called in `ledger.sources`."""
        ...

    @property
    def reads(self) -> str:
        """What it reads, in a few words, for people whose files were not recognised."""
        ...

    def columns(self) -> Mapping[str, Sequence[str]]:
        """The columns it looks for, by table: to say which known format an unknown file comes near to."""
        ...

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """The files it can read."""
        ...

    def read(self, files: Sequence[File]) -> Reading:
        """Read the files it claimed."""
        ...


@cache
def catalogue() -> dict[str, Reader]:
    """Every source format by name, modules first: a file dropped into this folder is found."""
    from followmoney.readers._specification import specification
    from followmoney.readers._specified import Specified

    here = Path(__file__).parent
    modules = sorted(p.stem for p in here.glob("*.py") if not p.stem.startswith("_"))
    offered = [getattr(import_module(f"followmoney.readers.{stem}"), "READER", None) for stem in modules]
    readers: list[Reader] = [reader for reader in offered if reader is not None]
    readers += [Specified(specification(path), known=True) for path in sorted(here.glob("*.toml"))]
    return {reader.name: reader for reader in readers}
