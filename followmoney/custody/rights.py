"""Case files are for their owner only: files 0600, folders 0700."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from followmoney.custody.check import Check, check

_OTHERS = 0o077


def rights(folder: Path) -> list[Check]:
    """Whether nobody but the owner can read or write anything in a folder; none where a system has no such rights."""
    if os.name != "posix":
        return []
    found = [folder, *sorted(folder.rglob("*"))]
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in found if not path.is_symlink()}
    open_ = [f"{path} has rights {mode:04o}" for path, mode in modes.items() if mode & _OTHERS]
    what = "Only the owner can read the files (chmod -R go= FOLDER takes the rights of others away)."
    return [check("rights", what, len(modes), open_)]
