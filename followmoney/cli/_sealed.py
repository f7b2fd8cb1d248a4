"""What a folder to be sealed, verified or replayed holds: a run or a report alone, as it is or in a bag."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.cli._latest import LATEST, SETTINGS, latest
from followmoney.cli._open import LEDGER
from followmoney.cli._stages import MANIFEST
from followmoney.errors import InputError
from followmoney.reports._folder import FILES

if TYPE_CHECKING:
    import polars as pl

SOURCES, SPECIFICATION, REPLAY = "sources", "specification", "replay.json"
"""In the payload of a bag: copies of the sources and of the import specification, and which of them to load."""


@dataclass(frozen=True)
class Held:
    """Where the results are, and what they are."""

    given: Path
    data: Path
    """The folder of the run or report: of a bag its payload."""
    stages: Mapping[str, str]
    """Folder of each stage; empty: a report alone."""

    @property
    def bag(self) -> bool:
        """Whether they are sealed."""
        return self.given != self.data

    def manifest(self, stage: str) -> dict[str, Any]:
        """The manifest of a stage."""
        return dict(json.loads((self.data / self.stages[stage] / MANIFEST).read_text(encoding="utf-8")))

    @property
    def ledger(self) -> Path:
        """The saved ledger of a run."""
        return self.data / self.stages["check"] / LEDGER

    def sources(self) -> pl.DataFrame:
        """The files that were read: source, sha256, size and more."""
        import polars as pl

        from followmoney.custody.pack import manifest

        if self.stages:
            return pl.read_parquet(self.data / self.stages["check"] / "sources.parquet")
        schema = {"source": pl.String, "sha256": pl.String, "size": pl.Int64}
        return pl.DataFrame(manifest(self.data)["run"]["inputs"], schema=schema, strict=False)

    def names(self) -> list[str]:
        """Every file of it: of a run the newest result of each stage, the notes of the run and the report."""
        from followmoney.custody.files import files

        there = files(self.data)
        folders = set(self.stages.values())
        notes = {LATEST, SETTINGS} if self.stages else set[str]()
        return [name for name in there if name in FILES | notes or name.partition("/")[0] in folders]


def held(folder: Path) -> Held:
    """What a folder holds.

    Raises:
        InputError: Neither a run nor a report.
    """
    from followmoney.custody.bag import DATA, is_bag
    from followmoney.reports._folder import MANIFEST as REPORTED

    data = folder / DATA if is_bag(folder) else folder
    stages = latest(data)
    if not stages and not (data / REPORTED).is_file():
        raise InputError(f"{folder} holds neither a run nor a report; give the folder of one, or a sealed one.")
    return Held(folder, data, stages)
