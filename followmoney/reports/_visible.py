"""Text whose invisible characters are seen: none can hide a word, or turn what stands beside it around."""

from __future__ import annotations

_PICTURES, _DELETE = 0x2400, "\N{SYMBOL FOR DELETE}"
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NOTHING = (0xAD, 0x180E, 0x200B, *range(0x2060, 0x2065), 0xFEFF, *range(0xE0000, 0xE0080))
"""Characters that show nothing and make two names look alike; not the joiners, which scripts and signs need."""
_SEEN = (
    {code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\t\n"}
    | {0x7F: _DELETE}
    | dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")
    | dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
    | {code: f"[U+{code:04X}]" for code in (*_TURNING, *_NOTHING)}
)


_NEWLINE = "\N{SYMBOL FOR NEWLINE}"
_LINES = {0x09: chr(_PICTURES + 0x09), 0x0A: chr(_PICTURES + 0x0A), 0x2028: _NEWLINE, 0x2029: _NEWLINE}


def visible(text: str) -> str:
    """The text with a sign for every control character, the number of what shows nothing or changes the direction."""
    return text.translate(_SEEN)


def in_line(text: str) -> str:
    """The same for text within a line: also what would begin another line is seen."""
    return visible(text).translate(_LINES)
