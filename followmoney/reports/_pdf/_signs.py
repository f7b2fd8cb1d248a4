"""Text that the font of the pages can show: whatever it lacks is written in Latin letters, and seen to be."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from followmoney.languages import mark
from followmoney.reports._visible import in_line

OPEN = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
CLOSE = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
"""What stands around signs that the font lacks."""
LACKS = mark(
    "Between {start} and {end} stand signs that the font of these pages lacks, in Latin letters or by their "
    "numbers; report.html and the tables have them as they are."
)
_FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))  # signs without a meaning of their own


def folder() -> Path:
    """Where the fonts lie that matplotlib brings."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def signs(text: str) -> str:
    """A line of text without any sign that the font lacks or that cannot be seen."""
    seen = in_line(text)
    return seen if seen.isascii() else _lacking().sub(_latin, seen)


def _latin(found: re.Match[str]) -> str:
    from anyascii import anyascii

    latin = "".join(c for c in anyascii(found[0]) if c.isprintable()).strip()
    return f"{OPEN}{latin or ' '.join(f'U+{ord(c):04X}' for c in found[0])}{CLOSE}"


@cache
def _lacking() -> re.Pattern[str]:
    """Runs of signs that the regular or the bold font has no picture for."""
    from matplotlib.ft2font import FT2Font

    regular, bold = (FT2Font(str(folder() / name)).get_charmap() for name in _FACES)
    known = {code for code in regular if code in bold and not any(code in own for own in _PRIVATE)} | {0x0A, 0x20}
    return re.compile(f"[^{''.join(_ranges(sorted(known)))}]+")


def _ranges(codes: list[int]) -> list[str]:
    """Code points as ranges of a regular expression."""
    found: list[str] = []
    start = last = codes[0]
    for code in [*codes[1:], -1]:
        if code != last + 1:
            found.append(f"\\U{start:08X}-\\U{last:08X}")
            start = code
        last = code
    return found
