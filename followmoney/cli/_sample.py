"""Where the sample case is: in the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

import followmoney
from followmoney.errors import InputError


def sample() -> Path:
    """The folder of the sample case."""
    package = Path(followmoney.__file__).parent
    for folder in (package / "_sample" / "harbour", package.parent / "sample_data" / "harbour"):
        if folder.is_dir():
            return folder
    raise InputError(
        "The sample case is not in this installation; install followmoney again, or take it from the repository."
    )
