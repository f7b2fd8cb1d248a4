"""Results are kept apart from the sources: never over them, among them, or around them."""

from __future__ import annotations

from pathlib import Path

from followmoney.errors import SettingsError


def apart(out: Path, *sources: Path) -> None:
    """Stop where `--out` is a source, lies inside one, or has one inside.

    Raises:
        SettingsError: It does; nothing was written.
    """
    goal = out.resolve()
    for source in sources:
        found = Path(source).resolve()
        if goal == found:
            raise SettingsError(f"--out {out} is the source {source} itself; name another folder.")
        if goal.is_relative_to(found):
            raise SettingsError(
                f"--out {out} lies inside {source}, where it would be read as a source; name a folder outside."
            )
        if found.is_relative_to(goal):
            raise SettingsError(f"--out {out} holds the source {source}; name another folder, apart from it.")
