"""The newest result of each stage of a run, by name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from followmoney.cli._private import private
from followmoney.cli._stages import PART, whole
from followmoney.errors import InputError

STAGES = ("check", "detect", "cluster", "trace", "case", "report")
LATEST = "latest.json"
SETTINGS = "settings.toml"
"""The settings of the newest run, every one of them: what its other stages are asked with."""


def latest(run: Path) -> dict[str, str]:
    """Folder of the newest result of each stage, below the folder of the run; empty if it is no such folder."""
    try:
        found: Any = json.loads((run / LATEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        if not (run / LATEST).is_file():
            return {}
        found = None
    if _good(run, found):
        return dict(found)
    if any(run.glob("check-*")):
        raise InputError(f"{run / LATEST} is not as a run left it; start the run again, into another folder.")
    return {}  # a file of somebody else's that happens to have this name


def result(run: Path, name: str) -> Path | None:
    """Folder of the newest result of a stage, checked against its hashes; None if there is none.

    Raises:
        InputError: Something in it was changed since it was written.
    """
    stages = latest(run)
    if name not in stages:
        return None
    folder = run / stages[name]
    if not whole(folder):
        raise InputError(f"{folder} is not as the run left it (a SHA-256 differs); start the run again.")
    return folder


def _good(run: Path, found: Any) -> bool:  # noqa: ANN401
    """Whether it names results within the folder of the run, and nothing else."""
    if not isinstance(found, dict):
        return False
    stages: dict[Any, Any] = found  # pyright: ignore[reportUnknownVariableType]
    return all(
        name in STAGES
        and isinstance(folder, str)
        and re.fullmatch(rf"{name}-[0-9a-f]{{12}}", folder) is not None
        and not (run / folder).is_symlink()
        for name, folder in stages.items()
    )


def settings_of(path: Path) -> Path | None:
    """The settings a run was made with, if the path is the folder of a run."""
    return path / SETTINGS if latest(path) and (path / SETTINGS).is_file() else None


def keep_settings(run: Path, text: str) -> None:
    """Write down the settings of a run, whole or not at all."""
    _put(run / SETTINGS, text)


def note(run: Path, stages: Mapping[str, str]) -> None:
    """Write down the newest results, whole or not at all."""
    _put(run / LATEST, json.dumps(dict(stages), indent=1, sort_keys=True) + "\n")


def _put(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}{PART}")
    try:
        with private():
            part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
