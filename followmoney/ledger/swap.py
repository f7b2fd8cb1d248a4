"""Put a finished folder in the place of an older one: at every moment one of the two stands there whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path


def swap(new: Path, folder: Path) -> None:
    """Rename `new` to `folder`; an older one is removed only when the new one stands, and comes back if that fails."""
    if not folder.exists():
        new.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent)) / "old"
    folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
