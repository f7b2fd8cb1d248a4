"""What every format of a report is written from: the case, its question, and the chapters, made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.reports import _decided, _declaration, _manifest, _method
from followmoney.reports._blocks import Cell, Section
from followmoney.reports._chapters import chapters
from followmoney.reports._cover import cover
from followmoney.reports._long import Long, long
from followmoney.reports._shortened import cells, shortened

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.reports._statement.template import Template


@dataclass(frozen=True, eq=False)
class Pack:
    """A case as it is reported."""

    case: Case
    given: Mapping[str, Any]
    """Inputs, question, settings, versions."""
    template: Template | None = None
    """Of the statement; None: ours."""

    @cached_property
    def fingerprint(self) -> str:
        """Stands for all of `given`."""
        return _manifest.fingerprint(self.given)

    @cached_property
    def cover(self) -> Sequence[tuple[str, Sequence[Cell]]]:
        """The head of the report."""
        head = [*_decided.cover(self.case), *cover(self.case, self.fingerprint)]
        return [(term, cells(those, self.long)) for term, those in head]

    @cached_property
    def long(self) -> Long:
        """Names that are too long to be shown."""
        return long(self.case)

    @cached_property
    def _chapters(self) -> Sequence[Section]:
        return shortened(chapters(self.case), self.long)

    def sections(self, folder: Path) -> Sequence[Section]:
        """Every chapter; the last ones say how it was made and name the files that are in the folder now."""
        outputs = _manifest.hashes(folder)
        return [
            *self._chapters,
            _method.method(self.given["settings"], self.given["versions"]),
            _method.glossary(),
            _declaration.exhibits(self.case, outputs),
            _method.checking(self.fingerprint),
            _declaration.declaration(),
        ]
