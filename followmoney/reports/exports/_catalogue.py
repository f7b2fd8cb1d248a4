"""What an export is, and the catalogue of them: every module in this folder that offers one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger


class Export(Protocol):
    """A format of another tool: what is written, and how. A module offers one as `EXPORT`."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        ...

    @property
    def writes(self) -> str:
        """What it writes, in a few words."""
        ...

    @property
    def findings(self) -> bool:
        """Whether it is about findings; else about the whole ledger."""
        ...

    @property
    def folder(self) -> bool:
        """Whether it writes a folder of files; else one file."""
        ...

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """Write into `out`: a new file, or a new and empty folder."""
        ...


@cache
def catalogue() -> dict[str, Export]:
    """Every export by name: a file dropped into this folder is found."""
    here = Path(__file__).parent
    modules = sorted(p.stem for p in here.glob("*.py") if not p.stem.startswith("_"))
    offered = [getattr(import_module(f"{__package__}.{stem}"), "EXPORT", None) for stem in modules]
    exports: list[Export] = [export for export in offered if export is not None]
    return {export.name: export for export in exports}
