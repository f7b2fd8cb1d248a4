"""The newest result of each stage of a run, by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

LATEST = "latest.json"
SETTINGS = "settings.toml"
"""The settings of the newest run, every one of them: what its other stages are asked with."""


def latest(run: Path) -> dict[str, str]:
    """Folder of the newest result of each stage, below the folder of the run; empty if it is no such folder."""
    try:
        return dict(json.loads((run / LATEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def settings_of(path: Path) -> Path | None:
    """The settings a run was made with, if the path is the folder of a run."""
    return path / SETTINGS if latest(path) and (path / SETTINGS).is_file() else None


def keep_settings(run: Path, text: str) -> None:
    """Write down the settings of a run, whole or not at all."""
    part = run / f".{SETTINGS}.part"
    part.write_text(text, encoding="utf-8")
    part.chmod(0o600)
    part.replace(run / SETTINGS)


def note(run: Path, stages: Mapping[str, str]) -> None:
    """Write down the newest results, whole or not at all."""
    part = run / f".{LATEST}.part"
    part.write_text(json.dumps(dict(stages), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(run / LATEST)
