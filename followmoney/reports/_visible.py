"""Text whose invisible characters are seen: none can hide a word, or turn what stands beside it around."""

from __future__ import annotations

_PICTURES, _DELETE = 0x2400, "\N{SYMBOL FOR DELETE}"
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SEEN = (
    {code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\t\n"}
    | {0x7F: _DELETE}
    | dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")
    | dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
    | {code: f"[U+{code:04X}]" for code in _TURNING}
)


def visible(text: str) -> str:
    """The text with a sign for every control character, and the name of every one that changes the direction."""
    return text.translate(_SEEN)
